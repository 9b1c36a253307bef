"""`python -m bot catalog aliases`: the words that the search is taught while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click

from bot.cli.support import catalogue_of, open_store, operator, settings_of_process, told
from bot.dialogue.personal_data import masker_of
from bot.errors import MotCuaError
from bot.operations.aliases import Preview, School, as_csv
from bot.operations.times import in_vietnam, now
from bot.store.learning import Learning, TaughtAlias
from bot.store.staff import Act
from bot.texts import LANGUAGES, load_texts

_REFUSED = {
    "empty": "there is no word in it",
    "too_long": "it is too long",
    "characters": "it holds characters or blanks that an alias may not have",
    "unknown_code": "there is no procedure with this code in the catalogue",
    "replaced_code": "another procedure has taken the place of this one; `catalog show` names it",
    "shipped": "the catalogue's files have these words already",
    "taught": "these words have been taught already",
    "private": "it holds a number that says who somebody is",
    "danger": "these words are a call for help",
    "without_effect": "the search would still not offer the procedure for these words",
}
reason_option = click.option("--reason", default="", help="Why; kept in the log of changes.")


@click.group()
def aliases() -> None:
    """Words that people use for a procedure, taught while the assistant runs; processes follow within seconds."""


@aliases.command("list")
def list_() -> None:
    """Every alias that was taught, with its procedure, who taught it and when."""
    with told():
        for alias in asyncio.run(_aliases()):
            click.echo(f"{alias.code}  {alias.phrase}  ({alias.by}, {in_vietnam(alias.at)})")


@aliases.command()
@click.argument("phrase")
@click.argument("code")
@reason_option
def add(phrase: str, code: str, reason: str) -> None:
    """Let PHRASE lead to the procedure with this CODE, if it may."""
    with told():
        seen = asyncio.run(_add(phrase, code, reason))
        if seen.fault is not None:
            raise MotCuaError(f"{seen.phrase!r} is not taken: {_REFUSED[seen.fault]}")
        after = seen.after or seen.before
        click.echo(f"{seen.phrase!r}: before {_said(seen.before.status, seen.before.codes)}")
        click.echo(f"{seen.phrase!r}: from now on {_said(after.status, after.codes)}")
        if seen.takes_from is not None:
            click.echo(f"{seen.takes_from} answered these words until now")


@aliases.command()
@click.argument("phrase")
@reason_option
def remove(phrase: str, reason: str) -> None:
    """Take PHRASE, as `list` writes it, away again."""
    with told():
        gone = asyncio.run(_remove(phrase, reason))
        if gone is None:
            raise MotCuaError(f"{phrase!r} has not been taught; `list` names what has")
        click.echo(f"{gone.phrase!r} leads to {gone.code} no longer")


@aliases.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def export(output: Path | None) -> None:
    """What was taught, as an alias file of a catalogue (CSV)."""
    with told():
        written = as_csv(asyncio.run(_aliases()))
        if output is None:
            click.echo(written, nl=False)
            return
        try:
            output.write_text(written, encoding="utf-8", newline="\n")
        except OSError as error:
            raise MotCuaError(f"{output} cannot be written: {error.strerror}") from None
        click.echo(f"{output}: {len(written.splitlines()) - 1} aliases")


def _said(status: str, codes: tuple[str, ...]) -> str:
    return f"{status} {', '.join(codes)}".rstrip()


def _act(action: str, reason: str) -> Act:
    return Act(now(), operator(), action, reason)


@asynccontextmanager
async def _learning() -> AsyncIterator[Learning]:
    async with open_store(settings_of_process()) as store:
        yield store.office.learning


async def _aliases() -> tuple[TaughtAlias, ...]:
    async with _learning() as learning:
        return await learning.aliases()


async def _add(phrase: str, code: str, reason: str) -> Preview:
    masker = masker_of(load_texts(language) for language in LANGUAGES)
    settings = settings_of_process()
    async with open_store(settings) as store:
        school = School(store.office.learning, await catalogue_of(settings, store.office), masker)
        return await school.teach(phrase, code, _act("alias_add", reason))


async def _remove(phrase: str, reason: str) -> TaughtAlias | None:
    async with _learning() as learning:
        return await learning.unteach(phrase, _act("alias_remove", reason))
