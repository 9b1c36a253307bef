"""Every process follows what is published, taught and said by editors: it looks each second, and swaps all at once."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue, read_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.router import log_fault
from bot.dialogue.turn import Searches
from bot.errors import CatalogueError, StoreError
from bot.operations.aliases import TaughtWords
from bot.operations.background import in_background
from bot.operations.editorial.serving import guide_with, pinned, said_beside
from bot.operations.links.nightly import without_gone_pages
from bot.operations.replaceable import Replaceable
from bot.ratings.periods import day_of
from bot.search.engine import SearchEngine
from bot.store.editorial import EditorialBook, KeptItem
from bot.store.publications import Publication, Publications

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0
_SHIPPED = 0
"""In the place of a publication's number."""


Follower = Callable[[Guide], None]
"""Prepares what it needs of a catalogue before that is served. Runs in a thread; what it raises is logged."""


class Trouble(StrEnum):
    """Why something else is served than what is in force."""

    STORE = "store"
    """The store cannot be read."""
    FILES = "files"
    """The files of the publication are not whole, or cannot be served."""


class _Marks(NamedTuple):
    """By which it is seen that something has changed: the publication's number, and those of what lies over it."""

    number: int
    taught: int
    said: int


@dataclass(frozen=True, slots=True)
class _Indexed:
    """What the index was built for, which what editors say does not change: the words of files and staff."""

    catalogue: Catalogue
    guide: Guide
    engine: SearchEngine


@dataclass(frozen=True, slots=True)
class _Files:
    """A catalogue as its files have it. `publication`: None: as shipped."""

    base: Catalogue
    publication: Publication | None

    @property
    def number(self) -> int:
        return _SHIPPED if self.publication is None else self.publication.number


class CatalogueWatch:
    """Keeps an assistant up to date: with the catalogue in force today, words that are taught, and what editors say.

    What cannot be read or served changes nothing: what is served goes on, and it is tried again.
    """

    def __init__(
        self,
        shipped: Path,
        publications: Publications,
        taught: TaughtWords,
        editorial: EditorialBook,
        clock: Callable[[], datetime],
    ) -> None:
        """`shipped`: the folder that is served where nothing was published."""
        self._shipped = shipped
        self._publications = publications
        self._taught = taught
        self._editorial = editorial
        self._clock = clock
        self._files: _Files | None = None
        self._marks: _Marks | None = None
        self._indexed: _Indexed | None = None
        self._unservable: str | None = None
        """A version that was read whole and cannot be served: reading it again would not help."""
        self._looking = asyncio.Lock()
        self.followers: list[Follower] = []
        self.trouble: Trouble | None = None

    @property
    def base(self) -> Catalogue:
        """What is served, as its files have it."""
        return self._begun.base

    @property
    def publication(self) -> Publication | None:
        """What is served; None: as shipped."""
        return self._begun.publication

    async def at_first(self) -> tuple[Guide, Searches]:
        """What to begin with: what is in force, or what is shipped where that cannot be had.

        Raises CatalogueError where what is shipped is needed and cannot be served.
        """
        try:
            made = await self._made()
        except StoreError as error:
            _log.error("publications_not_read: %s", error)
            self.trouble = Trouble.STORE
            made = None
        if made is not None:
            return made
        # What cannot be read now is looked for again in a second.
        if self._files is None:
            self._files = _Files(await in_background(load_catalogue, self._shipped), None)
        indexed = await in_background(_index, self._files.base)
        return indexed.guide, indexed.engine

    async def look(self, assistant: Replaceable) -> None:
        """Have the assistant take over what holds now, if that has changed. Raises StoreError."""
        async with self._looking:
            made = await self._made()
            if made is None:
                return
            for follower in self.followers:
                await in_background(_prepared, follower, made[0])
            guide, engine = made
            # What was found out about the portal's pages meanwhile holds for every catalogue.
            if gone := assistant.guide.catalogue.gone_pages:
                guide = without_gone_pages(guide, gone)
            assistant.take(guide, engine)
            # As when the process starts: what has been built stays, and need not be looked at again.
            gc.freeze()

    async def watch(self, assistant: Replaceable) -> None:
        """Look every second, until cancelled. While the store cannot be read, everything stays as it was."""
        was_readable = True
        while True:
            try:
                await self.look(assistant)
                was_readable = True
            except StoreError as error:
                if was_readable:
                    _log.error("publications_not_read: %s", error)
                was_readable = False
                self.trouble = self.trouble or Trouble.STORE
            except Exception as error:  # noqa: BLE001 - whatever breaks, what is published later is still taken over
                if was_readable:
                    log_fault("publications", error)
                was_readable = False
            await asyncio.sleep(_LOOK_SECONDS)

    @property
    def _begun(self) -> _Files:
        if self._files is None:
            raise RuntimeError("nothing is served yet: at_first comes first")
        return self._files

    async def _made(self) -> tuple[Guide, Searches] | None:
        """What holds now, built; None where nothing has changed. Raises StoreError."""
        files = await self._in_force()
        # What lies over it may be out of reach: at the beginning the files alone are better than those shipped.
        self._files = self._files or files
        # Read before what they count: what changes in between is seen the next time.
        marks = _Marks(files.number, await self._taught.version(), await self._editorial.version())
        was, indexed = self._marks, self._indexed
        if marks == was:
            return None
        items = await self._editorial.items()
        if was is None or indexed is None or (marks.number, marks.taught) != (was.number, was.taught):
            indexed = await in_background(_index, await self._taught.over(files.base), items)
        else:
            catalogue = said_beside(indexed.catalogue, items)
            guide = await in_background(guide_with, indexed.guide, catalogue)
            indexed = replace(indexed, guide=guide)
        self._files, self._marks, self._indexed = files, marks, indexed
        return indexed.guide, pinned(indexed.engine, indexed.guide.catalogue)

    async def _in_force(self) -> _Files:
        """The files in force today; where they cannot be had, those that are served. Raises StoreError."""
        publication = await self._publications.in_force(day_of(self._clock()))
        was = self._files
        if was is not None and was.number == (_SHIPPED if publication is None else publication.number):
            self.trouble = None
            return was
        try:
            files = await self._read(publication)
        except (StoreError, CatalogueError) as error:
            if publication is None:
                raise
            if self.trouble is not Trouble.FILES:
                _log.error("publication_not_served: %d: %s", publication.number, error)
            self.trouble = Trouble.FILES
            return was or _Files(await in_background(load_catalogue, self._shipped), None)
        self.trouble = None
        return files

    async def _read(self, publication: Publication | None) -> _Files:
        if publication is None:
            return _Files(await in_background(load_catalogue, self._shipped), None)
        if publication.version == self._unservable:
            raise StoreError("it cannot be served by this release")
        contents = await self._publications.contents(publication.version)
        if contents is None:
            raise StoreError("its files are gone")
        try:
            return _Files(await in_background(read_catalogue, contents), publication)
        except CatalogueError:
            self._unservable = publication.version
            raise


def _index(catalogue: Catalogue, items: Iterable[KeptItem] = ()) -> _Indexed:
    return _Indexed(catalogue, Guide.of(said_beside(catalogue, items)), SearchEngine(catalogue))


def _prepared(follower: Follower, guide: Guide) -> None:
    try:
        follower(guide)
    except Exception as error:  # noqa: BLE001 - it is made when it is asked for
        log_fault("follower", error)
