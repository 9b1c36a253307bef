"""The files of catalogues: of the one in force today, of any that was published, and of the one that is shipped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.catalog.folder import Contents, read_contents
from bot.catalog.load import load_catalogue, read_catalogue
from bot.catalog.model import Catalogue
from bot.catalog.report import Report
from bot.errors import CatalogueError, Problem, StoreError
from bot.operations.background import in_background
from bot.store.publications import Publication, Publications


def contents_of(folder: Path) -> Contents:
    """The files of the catalogue in `folder`. Raises CatalogueError where one cannot be read, or there is none."""
    if not folder.is_dir():
        raise CatalogueError([Problem(str(folder), 0, 0, "no such folder", "the folder of a catalogue")])
    report = Report()
    contents = read_contents(folder, report)
    if problems := report.problems():
        raise CatalogueError(problems)
    return contents


async def served(publications: Publications, shipped: Path, day: date) -> Contents:
    """The files in force on `day`: as shipped where nothing was ever published. Raises as `files_of` does."""
    return await files_of(await publications.in_force(day), publications, shipped)


async def files_of(publication: Publication | None, publications: Publications, shipped: Path) -> Contents:
    """`publication`: None: as shipped. Raises StoreError, and CatalogueError where shipped files cannot be read."""
    if publication is None:
        return await in_background(contents_of, shipped)
    kept = await publications.contents(publication.version)
    if kept is None:
        raise StoreError(f"the files of publication {publication.number} are gone")
    return kept


async def held_before(
    publications: Publications, publication: Publication, day: date
) -> AsyncIterator[tuple[Publication, Contents]]:
    """What would be in force on `day` without `publication`, and so on, the newest first, as far as files are whole.

    No catalogue comes twice. Raises StoreError where it is not known what was published.
    """
    tried = {publication.version}
    for one in await publications.listed():
        is_older = one.number < publication.number and one.since <= day and not one.withdrawn
        if is_older and one.version not in tried:
            tried.add(one.version)
            contents = None
            with suppress(StoreError):
                contents = await publications.contents(one.version)
            if contents is not None:
                yield one, contents


async def read_instead(
    publications: Publications, publication: Publication, shipped: Path, day: date
) -> tuple[Publication | None, Catalogue]:
    """What a process that starts serves where `publication` is in force and cannot be served; None: what is shipped.

    Raises CatalogueError where that cannot be served either.
    """
    with suppress(StoreError):
        async for one, contents in held_before(publications, publication, day):
            with suppress(CatalogueError):
                return one, await in_background(read_catalogue, contents)
    return None, await in_background(load_catalogue, shipped)


def not_served(publication: Publication, error: Exception, instead: Publication | None) -> tuple[str, str]:
    """What is wrong, and what to do. `instead`: what is served; None: what is shipped."""
    number, what = (0, "what is shipped") if instead is None else (instead.number, f"publication {instead.number}")
    wrong = f"publication {publication.number} is in force and cannot be served, {what} is served instead: {error}"
    mend = f"`python -m bot catalog rollback {number} --reason …` puts {what} in force; or publish again."
    return wrong, f"{mend} Until then processes that run go on with what they have."


async def numbered(publications: Publications, number: int) -> Publication | None:
    """None where nothing was published as `number`. Raises StoreError."""
    return next((one for one in await publications.listed() if one.number == number), None)
