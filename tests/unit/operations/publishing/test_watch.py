"""A process follows what is published and laid over it, and goes on with what it has where that cannot be had."""

from __future__ import annotations

import asyncio
import sqlite3
import weakref
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue, version_of
from bot.catalog.model import Catalogue
from bot.dialogue.turn import Searches
from bot.errors import CatalogueError, StoreError
from bot.operations.aliases import TaughtWords, answer_of
from bot.operations.publishing.watch import CatalogueWatch, Layer, Trouble
from bot.store.learning import TaughtAlias
from bot.store.no_office import no_office
from bot.store.publications import Publication, Publications
from bot.store.sqlite.publications import SqlitePublications
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.publishing.samples import (
    ACT,
    LAND,
    SECOND_PROVINCE,
    SHIPPED,
    TITLE,
    TODAY,
    changed,
    publication,
    renamed,
)
from tests.unit.store.samples import NOW

DAY = timedelta(days=1)
NEW, NEWER = "Tách thửa đất", "Hợp thửa đất"


@dataclass
class Stage:
    """An assistant as the watch sees it."""

    guide: Guide | None = None
    engine: Searches | None = None
    taken: int = 0

    def take(self, guide: Guide, engine: Searches) -> None:
        self.guide, self.engine, self.taken = guide, engine, self.taken + 1

    def title(self) -> str | None:
        return None if self.guide is None else self.guide.catalogue.procedures[LAND].title


@dataclass
class Clock:
    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Remarks:
    """A layer that a test changes by hand, or breaks."""

    number: int = 0
    broken: Exception | None = None
    seen: list[str] = field(default_factory=list)

    async def version(self) -> int:
        if self.broken is not None:
            raise self.broken
        return self.number

    async def over(self, catalogue: Catalogue) -> Catalogue:
        self.seen.append(catalogue.version)
        return replace(catalogue)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data.sqlite"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(path)
    yield opened
    await opened.close()


@pytest.fixture
def publications(store: SqliteStore) -> Publications:
    return store.office.publications


def watch_on(publications: Publications, *layers: Layer, clock: Clock | None = None) -> CatalogueWatch:
    return CatalogueWatch(SECOND_PROVINCE, publications, layers, clock or Clock())


async def begun(watch: CatalogueWatch) -> Stage:
    return Stage(*await watch.at_first())


def spoil(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    with database:
        database.execute(statement)
    database.close()


async def test_before_anything_is_published_what_is_shipped_is_served(publications: Publications) -> None:
    watch = watch_on(publications)
    stage = await begun(watch)
    await watch.look(stage)
    assert (stage.title(), stage.taken, watch.publication, watch.trouble) == (TITLE, 0, None, None)
    assert watch.base == load_catalogue(SECOND_PROVINCE)


async def test_what_is_published_is_taken_up_once_and_rolled_back(publications: Publications) -> None:
    watch = watch_on(publications)
    stage = await begun(watch)
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await watch.look(stage)
    await watch.look(stage)
    assert (stage.title(), stage.taken, watch.base.version) == (NEW, 1, version_of(renamed(NEW)))
    assert watch.publication == publication(renamed(NEW), number=1)
    await publications.publish(publication(SHIPPED), SHIPPED, 1, ACT)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (TITLE, 2)


async def test_a_process_begins_with_what_is_in_force(publications: Publications) -> None:
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    watch = watch_on(publications)
    stage = await begun(watch)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (NEW, 0)


async def test_a_new_day_brings_into_force_what_waits_for_it(publications: Publications) -> None:
    clock = Clock()
    watch = watch_on(publications, clock=clock)
    stage = await begun(watch)
    await publications.publish(publication(renamed(NEW), TODAY + DAY), renamed(NEW), 0, ACT)
    # Midnight in Vietnam.
    clock.at = NOW.replace(hour=16, minute=59)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (TITLE, 0)
    clock.at += timedelta(minutes=1)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (NEW, 1)


async def test_layers_lie_over_whatever_is_served(store: SqliteStore, publications: Publications) -> None:
    learning, remarks = store.office.learning, Remarks()
    words = TaughtWords(learning)
    watch = watch_on(publications, words, remarks)
    stage = await begun(watch)
    await learning.teach(TaughtAlias("trái cây đầu mùa", LAND, "chi.lan", NOW), ACT)
    await watch.look(stage)
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await watch.look(stage)
    assert stage.engine is not None
    assert (answer_of(stage.engine, "trái cây đầu mùa").codes, stage.title(), stage.taken) == ((LAND,), NEW, 2)
    assert watch.base.lexicon == load_catalogue(SECOND_PROVINCE).lexicon
    remarks.number = 7
    await watch.look(stage)
    await watch.look(stage)
    shipped, new = version_of(SHIPPED), version_of(renamed(NEW))
    assert (stage.taken, remarks.seen) == (3, [shipped, shipped, new, new])


async def test_followers_are_ready_before_anything_is_served(publications: Publications) -> None:
    watch = watch_on(publications)
    stage = await begun(watch)
    ready: list[tuple[str, str | None]] = []

    def fails(guide: Guide) -> None:
        raise ValueError(guide.catalogue.version)

    watch.followers += [fails, lambda guide: ready.append((guide.catalogue.procedures[LAND].title, stage.title()))]
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await watch.look(stage)
    assert (ready, stage.title()) == ([(NEW, TITLE)], NEW)


@pytest.mark.parametrize("is_later", [False, True])
async def test_broken_files_are_told_and_what_was_served_goes_on(
    path: Path, publications: Publications, caplog: pytest.LogCaptureFixture, *, is_later: bool
) -> None:
    if is_later:
        await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
        watch = watch_on(publications)
        stage = await begun(watch)
    number = await publications.publish(publication(renamed(NEWER)), renamed(NEWER), int(is_later), ACT)
    spoil(path, "update publication_blobs set deflated = x'00'")
    if not is_later:
        watch = watch_on(publications)
        stage = await begun(watch)
    caplog.clear()
    for _ in range(3):
        await watch.look(stage)
    assert (stage.title(), stage.taken, watch.trouble) == (NEW if is_later else TITLE, 0, Trouble.FILES)
    told = [record.getMessage() for record in caplog.records]
    assert [line.partition(": ")[0] for line in told] == (["publication_not_served"] if is_later else [])
    assert not isinstance(number, str)
    await publications.publish(publication(renamed(NEWER)), renamed(NEWER), number.number, ACT)
    await watch.look(stage)
    assert (stage.title(), stage.taken, watch.trouble) == (NEWER, 1, None)


async def test_what_this_release_cannot_serve_is_read_once(
    publications: Publications, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, wrong = watch_on(publications), changed(SHIPPED, "labels.csv", "1.900001", "9.999999")
    stage = await begun(watch)
    await publications.publish(publication(wrong), wrong, 0, ACT)
    reads: list[str] = []
    contents = publications.contents

    async def counted(version: str) -> object:
        reads.append(version)
        return await contents(version)

    monkeypatch.setattr(publications, "contents", counted)
    for _ in range(3):
        await watch.look(stage)
    assert (stage.title(), watch.trouble, len(reads)) == (TITLE, Trouble.FILES, 1)


async def test_without_a_store_what_is_shipped_is_served(caplog: pytest.LogCaptureFixture) -> None:
    watch = watch_on(no_office().publications)
    stage = await begun(watch)
    assert (stage.title(), watch.publication, watch.trouble) == (TITLE, None, Trouble.STORE)
    assert [r.getMessage() for r in caplog.records] == ["publications_not_read: the store could not be opened"]
    with pytest.raises(StoreError):
        await watch.look(stage)


async def test_what_cannot_be_laid_over_it_at_first_is_laid_over_it_later(publications: Publications) -> None:
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    remarks = Remarks(broken=StoreError("locked"))
    watch = watch_on(publications, remarks)
    stage = await begun(watch)
    assert (watch.trouble, stage.title(), remarks.seen) == (Trouble.STORE, NEW, [])
    remarks.broken = None
    await watch.look(stage)
    assert (watch.trouble, stage.taken, remarks.seen) == (None, 1, [version_of(renamed(NEW))])


async def test_without_a_catalogue_nothing_begins(publications: Publications, tmp_path: Path) -> None:
    watch = CatalogueWatch(tmp_path / "none", publications, (), Clock())
    with pytest.raises(CatalogueError):
        await watch.at_first()
    await publications.publish(publication(SHIPPED), SHIPPED, 0, ACT)
    assert (await begun(watch)).title() == TITLE


class Failing(SqlitePublications):
    """Cannot be read while `fault` is set."""

    fault: Exception | None = None

    async def in_force(self, day: date) -> Publication | None:
        if self.fault is not None:
            raise self.fault
        return await super().in_force(day)


async def watched(
    monkeypatch: pytest.MonkeyPatch, watch: CatalogueWatch, stage: Stage, *between: Callable[[], None]
) -> None:
    """Watch, and do one thing after each look."""
    left = list(between)

    async def sleep(seconds: float) -> None:
        if not left:
            raise asyncio.CancelledError
        left.pop(0)()

    monkeypatch.setattr("bot.operations.publishing.watch.asyncio.sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await watch.watch(stage)


@pytest.mark.parametrize("fault", [StoreError("disk full"), ValueError("khai sinh")])
async def test_while_it_cannot_be_read_everything_stays_and_is_told_once(
    store: SqliteStore,
    publications: Publications,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    failing = Failing(store._readers, store._readers, store._writer)
    watch = watch_on(failing)
    stage = await begun(watch)
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    failing.fault = fault
    seen: list[str | None] = []

    def fails() -> None:
        seen.append(stage.title())
        failing.fault = fault

    def works() -> None:
        seen.append(stage.title())
        failing.fault = None

    await watched(monkeypatch, watch, stage, fails, works, fails, fails)
    assert (seen, stage.title()) == ([TITLE, TITLE, NEW, NEW], NEW)
    assert [r.levelname for r in caplog.records] == ["ERROR"] * 2
    assert "khai sinh" not in caplog.text


async def test_what_was_replaced_is_let_go(publications: Publications) -> None:
    watch = watch_on(publications)
    stage = await begun(watch)
    assert stage.guide is not None
    assert stage.engine is not None
    # The collector never looks at them: it takes nothing but that nobody holds them.
    guide, engine = weakref.ref(stage.guide.part), weakref.ref(stage.engine)
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await watch.look(stage)
    assert (guide(), engine()) == (None, None)
