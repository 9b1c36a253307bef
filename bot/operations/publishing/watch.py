"""Every process follows what is published, taught and said by editors: it looks each second, and swaps all at once."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue, read_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.router import log_fault
from bot.dialogue.turn import Searches
from bot.errors import CatalogueError, StoreError
from bot.operations.background import in_background
from bot.ratings.periods import day_of
from bot.search.engine import SearchEngine
from bot.store.publications import Publication, Publications

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0
_SHIPPED = 0
"""In the place of a publication's number."""


class Replaceable(Protocol):
    """An assistant whose catalogue and search can be replaced."""

    def take(self, guide: Guide, engine: Searches) -> None: ...


class Layer(Protocol):
    """What is laid over the files of a catalogue: words that are taught, what editors say. May raise StoreError."""

    async def version(self) -> int:
        """A number that changes with every change; read every second."""
        ...

    async def over(self, catalogue: Catalogue) -> Catalogue:
        """The same files' catalogue with it."""
        ...


Follower = Callable[[Guide], None]
"""Prepares what it needs of a catalogue before that is served. Runs in a thread; what it raises is logged."""


class Trouble(StrEnum):
    """Why something else is served than what is in force."""

    STORE = "store"
    """The store cannot be read."""
    FILES = "files"
    """The files of the publication are not whole, or cannot be served."""


@dataclass(frozen=True, slots=True)
class _Files:
    """A catalogue as its files have it. `publication`: None: as shipped."""

    base: Catalogue
    publication: Publication | None

    @property
    def number(self) -> int:
        return _SHIPPED if self.publication is None else self.publication.number


class CatalogueWatch:
    """Keeps an assistant up to date: with the catalogue in force today, and with what is laid over it.

    What cannot be read or served changes nothing: what is served goes on, and it is tried again.
    """

    def __init__(
        self, shipped: Path, publications: Publications, layers: Sequence[Layer], clock: Callable[[], datetime]
    ) -> None:
        """`shipped`: the folder that is served where nothing was published. `layers`: the lowest first."""
        self._shipped = shipped
        self._publications = publications
        self._layers = tuple(layers)
        self._clock = clock
        self._files: _Files | None = None
        self._marks: tuple[int, ...] | None = None
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

    async def at_first(self) -> tuple[Guide, SearchEngine]:
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
        return await in_background(_build, self._files.base)

    async def look(self, assistant: Replaceable) -> None:
        """Have the assistant take over what holds now, if that has changed. Raises StoreError."""
        async with self._looking:
            made = await self._made()
            if made is None:
                return
            for follower in self.followers:
                await in_background(_prepared, follower, made[0])
            assistant.take(*made)
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

    async def _made(self) -> tuple[Guide, SearchEngine] | None:
        """What holds now, built; None where nothing has changed. Raises StoreError."""
        files = await self._in_force()
        # What is laid over it may be out of reach: at the beginning the files alone are better than those shipped.
        self._files = self._files or files
        # Read before what they count: what changes in between is seen the next time.
        marks = (files.number, *[await layer.version() for layer in self._layers])
        if marks == self._marks:
            return None
        catalogue = files.base
        for layer in self._layers:
            catalogue = await layer.over(catalogue)
        made = await in_background(_build, catalogue)
        self._files, self._marks = files, marks
        return made

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


def _build(catalogue: Catalogue) -> tuple[Guide, SearchEngine]:
    return Guide.of(catalogue), SearchEngine(catalogue)


def _prepared(follower: Follower, guide: Guide) -> None:
    try:
        follower(guide)
    except Exception as error:  # noqa: BLE001 - it is made when it is asked for
        log_fault("follower", error)
