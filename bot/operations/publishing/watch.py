"""Every process follows what is published, taught and said by editors: it looks each second, and swaps all at once."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import structlog

from bot.catalog.guide import Guide
from bot.catalog.lexicon_model import Alias
from bot.catalog.model import Catalogue
from bot.dialogue.router import log_fault
from bot.dialogue.turn import Searches
from bot.errors import CatalogueError, StoreError
from bot.operations.aliases import TaughtWords
from bot.operations.background import in_background
from bot.operations.editorial.serving import guide_with, log_left_out, pinned, said_beside
from bot.operations.following import keep_looking
from bot.operations.jobs import Done, unheard
from bot.operations.links.nightly import without_gone_pages
from bot.operations.publishing.building import Files, Follower, Wanted, build
from bot.operations.publishing.served import held_before, not_served
from bot.operations.replaceable import Replaceable
from bot.operations.workshop import Workshop
from bot.ratings.periods import day_of
from bot.search.engine import SearchEngine
from bot.store.editorial import EditorialBook, KeptItem
from bot.store.publications import Publication, Publications

_log = structlog.get_logger(__name__)
_LOOK_SECONDS = 1.0
_PAUSE_SECONDS = 0.01
_SHIPPED = 0
"""In the place of a publication's number."""


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


class _Over(NamedTuple):
    """What lies over the files: words of staff, and what editors say."""

    taught: tuple[Alias, ...] = ()
    said: tuple[KeptItem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """What is to be served, perhaps not read yet. `publication`: None: as shipped."""

    publication: Publication | None
    files: Files

    @property
    def number(self) -> int:
        return _SHIPPED if self.publication is None else self.publication.number


@dataclass(frozen=True, slots=True)
class _Served:
    """What is served. `base`: as its files have it; `taught`: with the words of staff, which the index was built for.

    What editors say changes the guide alone.
    """

    publication: Publication | None
    base: Catalogue
    taught: Catalogue
    guide: Guide
    engine: SearchEngine

    @property
    def source(self) -> _Source:
        return _Source(self.publication, self.base)

    @property
    def taken(self) -> tuple[Guide, Searches]:
        return self.guide, pinned(self.engine, self.guide.catalogue)


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
        workshop: Workshop | None = None,
    ) -> None:
        """`shipped`: the folder that is served where nothing was published. `workshop`: None: a thread will do."""
        self._shipped = _Source(None, shipped)
        self._publications = publications
        self._taught = taught
        self._editorial = editorial
        self._clock = clock
        self.workshop = workshop
        self._marks: _Marks | None = None
        self._served: _Served | None = None
        self._unservable: set[str] = set()
        """Versions that were read whole and cannot be served: reading them again would not help."""
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
        """What to begin with: what is in force; where that cannot be served, the newest before it that can, else what
        is shipped.

        Raises CatalogueError where what is shipped is needed and cannot be served.
        """
        source, over, marks = self._shipped, _Over(), None
        try:
            source = await self._in_force()
            # What lies over it may be out of reach: then the files alone are better than those shipped.
            found = await self._marks_of(source)
            over, marks = await self._over(), found
        except StoreError as error:
            # What cannot be read now is looked for again in a second.
            _log.error("publications_not_read", error=str(error))
            self.trouble = Trouble.STORE
        while self._served is None:
            try:
                self._served = await self._built(source, over)
            except CatalogueError as error:
                if source.publication is None:
                    raise
                source = await self._instead(source.publication, error)
        self._marks = None if marks is None else marks._replace(number=source.number)
        return self._served.taken

    async def look(self, assistant: Replaceable) -> None:
        """Have the assistant take over what holds now, if that has changed. Raises StoreError."""
        async with self._looking:
            parts = list(self._begun.engine.parts)
            made = await self._made()
            if made is None:
                return
            guide, engine = made
            for follower in self.followers:
                if follower.wants(guide):
                    await in_background(_prepared, follower, guide)
            # What was found out about the portal's pages meanwhile holds for every catalogue.
            if gone := assistant.guide.catalogue.gone_pages:
                guide = without_gone_pages(guide, gone)
            assistant.take(guide, engine)
            # As when the process starts: what has been built stays, and need not be looked at again.
            gc.freeze()
            await asyncio.to_thread(_let_go, parts)

    async def watch(self, assistant: Replaceable, done: Done = unheard) -> None:
        """Look every second, until cancelled. While the store cannot be read, everything stays as it was."""

        async def look() -> None:
            try:
                await self.look(assistant)
            except StoreError:
                self.trouble = self.trouble or Trouble.STORE
                raise

        await keep_looking("publications", look, _LOOK_SECONDS, done)

    @property
    def _begun(self) -> _Served:
        if self._served is None:
            raise RuntimeError("nothing is served yet: at_first comes first")
        return self._served

    async def _made(self) -> tuple[Guide, Searches] | None:
        """What holds now, built; None where nothing has changed. Raises StoreError."""
        source = await self._in_force()
        marks, was, served = await self._marks_of(source), self._marks, self._begun
        if marks == was:
            return None
        over = await self._over()
        if was is not None and (marks.number, marks.taught) == (was.number, was.taught):
            catalogue = said_beside(served.taught, over.said)
            self._served = replace(served, guide=await in_background(guide_with, served.guide, catalogue))
        else:
            try:
                self._served = await self._built(source, over)
            except CatalogueError as error:
                if source.publication is None:
                    raise
                await self._instead(source.publication, error)
                return await self._made()
        self._marks = marks
        return self._served.taken

    async def _marks_of(self, source: _Source) -> _Marks:
        """Read before what they count: what changes in between is seen the next time. Raises StoreError."""
        return _Marks(source.number, await self._taught.version(), await self._editorial.version())

    async def _over(self) -> _Over:
        """Raises StoreError."""
        return _Over(await self._taught.aliases(), tuple(await self._editorial.items()))

    async def _built(self, source: _Source, over: _Over) -> _Served:
        """Raises CatalogueError where the files cannot be served."""
        followers = tuple(self.followers)
        items, makers = tuple(kept.item for kept in over.said), tuple(follower.make for follower in followers)
        wanted = Wanted(source.files, over.taught, items, makers)
        # Before anything is served nobody waits for an answer.
        apart = None if self._served is None else self.workshop
        built = await (in_background(build, wanted) if apart is None else apart.made(build, wanted))
        self._taught.note(built.unfit, built.base.version)
        log_left_out(over.said, built.unsaid, built.base.version)
        for follower, made in zip(followers, built.made, strict=True):
            if made is not None:
                follower.get_ready(made)
        return _Served(source.publication, built.base, built.taught, built.guide, built.engine)

    async def _in_force(self) -> _Source:
        """What is in force today; where its files cannot be had, what is served instead. Raises StoreError."""
        publication = await self._publications.in_force(day_of(self._clock()))
        number = _SHIPPED if publication is None else publication.number
        if self._served is not None and self._served.source.number == number:
            self.trouble = None
            return self._served.source
        if publication is None:
            self.trouble = None
            return self._shipped
        try:
            if publication.version in self._unservable:
                raise StoreError("it cannot be served by this release")
            contents = await self._publications.contents(publication.version)
            if contents is None:
                raise StoreError("its files are gone")
        except StoreError as error:
            return await self._instead(publication, error)
        self.trouble = None
        return _Source(publication, contents)

    async def _instead(self, publication: Publication, error: StoreError | CatalogueError) -> _Source:
        """What is served instead of a publication that cannot be: what was served until now; at first what was in force
        before, else what is shipped."""
        if isinstance(error, CatalogueError):
            self._unservable.add(publication.version)
        source = await self._before(publication) if self._served is None else self._served.source
        if self._served is None or self.trouble is not Trouble.FILES:
            wrong, mend = not_served(publication, error, source.publication)
            _log.error("publication_not_served", error=wrong, hint=mend)
        self.trouble = Trouble.FILES
        return source

    async def _before(self, publication: Publication) -> _Source:
        with suppress(StoreError):
            async for one, contents in held_before(self._publications, publication, day_of(self._clock())):
                return _Source(one, contents)
        return self._shipped


def _let_go(parts: list[object]) -> None:
    """Free what was replaced: all at once, everybody would wait for some 30 ms. What is served still loses nothing."""
    while parts:
        parts.pop()
        time.sleep(_PAUSE_SECONDS)


def _prepared(follower: Follower, guide: Guide) -> None:
    try:
        follower.get_ready(follower.make(guide))
    except Exception as error:  # noqa: BLE001 - it is made when it is asked for
        log_fault("follower", error)
