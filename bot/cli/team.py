"""`python -m bot team`: the community teams that share links."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.cli.support import open_store, operator, settings_of_process, told
from bot.dialogue.personal_data import masker_of
from bot.errors import MotCuaError
from bot.operations.sharing.teams import MOST_NAME_CHARS, TeamRegister, Wrong
from bot.operations.times import in_vietnam, now
from bot.store.sharing import CommunityTeam
from bot.store.staff import Act
from bot.texts import LANGUAGES, load_texts

_REFUSED = {
    Wrong.NAME: f"give it a name of at most {MOST_NAME_CHARS} characters",
    Wrong.PRIVATE: "its name holds a number that says who somebody is",
    Wrong.COMMUNE: "there is no such commune, or the name may mean several; give its code (H99.101)",
}
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
reason_option = click.option("--reason", default="", help="Why; kept in the log of changes.")


@click.group()
def team() -> None:
    """Community teams: their links are counted for them. A team is the same under either of its official names."""


@team.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """Every team with its number and commune; those that are closed too."""
    with told():
        teams = asyncio.run(_teams())
        if as_json:
            click.echo(json.dumps([_as_json(one) for one in teams], ensure_ascii=False, indent=2))
            return
        for one in teams:
            closed = "" if one.is_active else "; closed"
            click.echo(f"{one.number}  {one.name}  ({one.commune}, since {in_vietnam(one.at)}{closed})")


@team.command()
@click.argument("name")
@click.argument("commune")
@reason_option
@json_option
def add(name: str, commune: str, reason: str, *, as_json: bool) -> None:
    """Add the team of this NAME in COMMUNE (code or name); one that there is stays as it is, and is opened again."""
    with told():
        added = asyncio.run(_add(name, commune, reason))
        if isinstance(added, Wrong):
            raise MotCuaError(f"{name!r} in {commune!r} is not taken: {_REFUSED[added]}")
        said = f"{added.number}  {added.name}  ({added.commune})"
        click.echo(json.dumps(_as_json(added), ensure_ascii=False) if as_json else said)


@team.command()
@click.argument("number", type=click.IntRange(min=1))
@reason_option
@json_option
def close(number: int, reason: str, *, as_json: bool) -> None:
    """Close the team with this NUMBER: its links go on, and are counted for its commune only."""
    _set_active(number, reason, is_active=False, as_json=as_json)


@team.command("open")
@click.argument("number", type=click.IntRange(min=1))
@reason_option
@json_option
def open_(number: int, reason: str, *, as_json: bool) -> None:
    """Open a team again that was closed."""
    _set_active(number, reason, is_active=True, as_json=as_json)


def _set_active(number: int, reason: str, *, is_active: bool, as_json: bool) -> None:
    with told():
        found = asyncio.run(_change(number, reason, is_active=is_active))
        if found is None:
            raise MotCuaError(f"there is no team {number}; `team list` names them")
        said = f"{found.number}  {found.name} is {'open' if is_active else 'closed'}"
        click.echo(json.dumps(_as_json(found), ensure_ascii=False) if as_json else said)


def _as_json(one: CommunityTeam) -> dict[str, object]:
    return {
        "number": one.number,
        "name": one.name,
        "commune": one.commune,
        "active": one.is_active,
        "since": one.at.isoformat(),
    }


@asynccontextmanager
async def _register() -> AsyncIterator[TeamRegister]:
    settings = settings_of_process()
    catalogue: Catalogue = load_catalogue(settings.catalog_dir)
    masker = masker_of(load_texts(language) for language in LANGUAGES)
    async with open_store(settings) as store:
        yield TeamRegister(store.office.sharing, catalogue, masker)


async def _teams() -> tuple[CommunityTeam, ...]:
    async with open_store(settings_of_process()) as store:
        return await store.office.sharing.teams()


async def _add(name: str, commune: str, reason: str) -> CommunityTeam | Wrong:
    async with _register() as register:
        return await register.add(name, commune, Act(now(), operator(), "team_add", reason))


async def _change(number: int, reason: str, *, is_active: bool) -> CommunityTeam | None:
    act = Act(now(), operator(), "team_open" if is_active else "team_close", reason)
    async with _register() as register:
        return await register.find(number) if await register.set_active(number, act, is_active=is_active) else None
