"""The files of catalogues: of the one in force today, of any that was published, and of the one that is shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.catalog.folder import Contents, read_contents
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


async def numbered(publications: Publications, number: int) -> Publication | None:
    """None where nothing was published as `number`. Raises StoreError."""
    return next((one for one in await publications.listed() if one.number == number), None)
