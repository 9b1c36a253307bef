"""Which catalogue is served: the one in force today, or the one that is shipped where none was ever published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.catalog.folder import Contents, read_contents
from bot.catalog.report import Report
from bot.errors import CatalogueError, Problem, StoreError
from bot.store.publications import Publication, Publications


@dataclass(frozen=True, slots=True)
class Served:
    """`publication`: None: as shipped."""

    contents: Contents
    publication: Publication | None

    @property
    def number(self) -> int:
        """What the next publication is made on."""
        return 0 if self.publication is None else self.publication.number


def contents_of(folder: Path) -> Contents:
    """The files of the catalogue in `folder`. Raises CatalogueError where one cannot be read, or there is none."""
    if not folder.is_dir():
        raise CatalogueError([Problem(str(folder), 0, 0, "no such folder", "the folder of a catalogue")])
    report = Report()
    contents = read_contents(folder, report)
    if problems := report.problems():
        raise CatalogueError(problems)
    return contents


async def served(publications: Publications, shipped: Path, day: date) -> Served:
    """The files in force on `day`. Raises StoreError, and CatalogueError where shipped files cannot be read."""
    publication = await publications.in_force(day)
    if publication is None:
        return Served(contents_of(shipped), None)
    return Served(await _kept(publications, publication), publication)


async def published(publications: Publications, number: int) -> Contents | None:
    """The files of what was published as `number`; None where nothing was. Raises StoreError."""
    found = next((one for one in await publications.listed() if one.number == number), None)
    return None if found is None else await _kept(publications, found)


async def _kept(publications: Publications, publication: Publication) -> Contents:
    kept = await publications.contents(publication.version)
    if kept is None:
        raise StoreError(f"the files of publication {publication.number} are gone")
    return kept
