"""`python -m bot catalog diff`: what is other in one catalogue than in another."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click

from bot.catalog.comparing import as_json as in_json
from bot.catalog.comparing import compare
from bot.catalog.model import Catalogue
from bot.cli.catalog.deciding import looked_at
from bot.cli.catalog.importing import json_option
from bot.cli.catalog.said import counted, difference_lines
from bot.cli.support import open_store, settings_of_process, told
from bot.errors import CatalogueError, MotCuaError
from bot.operations.imports import drafting
from bot.operations.imports.base import base_of, folder_base, served_base
from bot.operations.publishing.publish import PublishingDesk
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import Settings
from bot.store.interface import Store

_DRAFT = "draft:"


@click.command()
@click.argument("before")
@click.argument("after")
@json_option
def diff(before: str, after: str, *, as_json: bool) -> None:
    """What is other in AFTER than in BEFORE: `current`, `shipped`, `draft:3`, a publication's number, or a folder."""
    with told():
        old, new = asyncio.run(_both(before, after))
        difference = compare(old, new)
        if as_json:
            versions = {"before": old.version, "after": new.version}
            click.echo(json.dumps(versions | in_json(difference), ensure_ascii=False))
            return
        for line in difference_lines(difference, old, new):
            click.echo(line)
        click.echo(counted(difference.counts().items()) or "nothing is other in the lists", err=True)


async def _both(before: str, after: str) -> tuple[Catalogue, Catalogue]:
    settings = settings_of_process()
    async with open_store(settings) as store:
        return await _named(before, store, settings), await _named(after, store, settings)


async def _named(name: str, store: Store, settings: Settings) -> Catalogue:
    if name == "current":
        return (await served_base(store, settings.catalog_dir)).catalogue
    if name == "shipped":
        return (await folder_base(settings.catalog_dir)).catalogue
    if name.startswith(_DRAFT) and name.removeprefix(_DRAFT).isdecimal():
        return await _draft(int(name.removeprefix(_DRAFT)), store, settings)
    if name.isdecimal():
        desk = PublishingDesk(store.office.publications, store.office.drafts, settings.catalog_dir, now)
        contents = await desk.contents(int(name))
        if contents is None:
            raise MotCuaError(f"there is no publication {name}; `catalog versions` names those there are")
        return (await base_of(contents)).catalogue
    folder = Path(name)
    if not folder.is_dir():
        raise MotCuaError(f"{name!r} is no catalogue: it is current, shipped, draft:N, a publication or a folder")
    return (await folder_base(folder)).catalogue


async def _draft(number: int, store: Store, settings: Settings) -> Catalogue:
    base = await served_base(store, settings.catalog_dir)
    looked = await looked_at(store, number, base)
    seen = await drafting.preview(looked, base, drafting.issue_of_today(day_of(now())))
    if seen.catalogue is None:
        raise CatalogueError(seen.problems)
    return seen.catalogue
