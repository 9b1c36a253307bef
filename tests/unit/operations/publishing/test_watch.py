"""A process follows what is published and laid over it, and goes on with what it has where that cannot be had."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog.editorial import Notice, Pin, Scope
from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue, read_catalogue, version_of
from bot.catalog.schema import ADDED_LATER
from bot.dialogue.turn import Searches
from bot.errors import CatalogueError, StoreError
from bot.operations.aliases import TaughtWords, answer_of
from bot.operations.publishing.watch import CatalogueWatch, Trouble
from bot.operations.workshop import Workshop
from bot.search.engine import SearchEngine
from bot.store.learning import TaughtAlias
from bot.store.no_office import no_office
from bot.store.office import Office
from bot.store.publications import Publication, Publications
from bot.store.sql.publications import SqlPublications
from bot.store.sqlite.store import SqliteStore
from tests.log import Log
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
BIRTH = "1.900001"
NEW, NEWER = "Tách thửa đất", "Hợp thửa đất"


@dataclass
class Stage:
    """An assistant as the watch sees it."""

    guide: Guide
    engine: Searches
    taken: int = 0

    def take(self, guide: Guide, engine: Searches) -> None:
        self.guide, self.engine, self.taken = guide, engine, self.taken + 1

    def title(self) -> str:
        return self.guide.catalogue.procedures[LAND].title


@dataclass
class Clock:
    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


class Words(TaughtWords):
    """Cannot be read while `fault` is set."""

    fault: Exception | None = None

    async def version(self) -> int:
        if self.fault is not None:
            raise self.fault
        return await super().version()


@pytest.fixture
def publications(store: SqliteStore) -> Publications:
    return store.office.publications


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def words(store: SqliteStore) -> Words:
    return Words(store.office.learning)


@pytest.fixture
def watch(store: SqliteStore, words: Words, clock: Clock) -> CatalogueWatch:
    return watch_on(store.office, words, clock)


def watch_on(office: Office, words: Words | None = None, clock: Clock | None = None) -> CatalogueWatch:
    taught = words or Words(office.learning)
    return CatalogueWatch(SECOND_PROVINCE, office.publications, taught, office.editorial, clock or Clock())


async def begun(watch: CatalogueWatch) -> Stage:
    return Stage(*await watch.at_first())


def spoil(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    with database:
        database.execute(statement)
    database.close()


async def test_before_anything_is_published_what_is_shipped_is_served(watch: CatalogueWatch) -> None:
    stage = await begun(watch)
    await watch.look(stage)
    assert (stage.title(), stage.taken, watch.publication, watch.trouble) == (TITLE, 0, None, None)
    assert watch.base == load_catalogue(SECOND_PROVINCE)


async def test_what_is_published_is_taken_up_once_and_rolled_back(
    publications: Publications, watch: CatalogueWatch
) -> None:
    stage = await begun(watch)
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await watch.look(stage)
    await watch.look(stage)
    assert (stage.title(), stage.taken, watch.base.version) == (NEW, 1, version_of(renamed(NEW)))
    assert watch.publication == publication(renamed(NEW), number=1)
    await publications.publish(publication(SHIPPED), SHIPPED, 1, ACT)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (TITLE, 2)


async def test_a_process_begins_with_what_is_in_force(publications: Publications, watch: CatalogueWatch) -> None:
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    stage = await begun(watch)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (NEW, 0)


async def test_what_an_older_release_published_is_served_by_this_one(
    publications: Publications, watch: CatalogueWatch
) -> None:
    older = {path: content for path, content in renamed(NEW).items() if path not in ADDED_LATER}
    await publications.publish(publication(older), older, 0, ACT)
    stage = await begun(watch)
    assert (stage.title(), watch.trouble, watch.base.version) == (NEW, None, version_of(older))


async def test_a_new_day_brings_into_force_what_waits_for_it(
    publications: Publications, watch: CatalogueWatch, clock: Clock
) -> None:
    stage = await begun(watch)
    await publications.publish(publication(renamed(NEW), TODAY + DAY), renamed(NEW), 0, ACT)
    # Midnight in Vietnam.
    clock.at = NOW.replace(hour=16, minute=59)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (TITLE, 0)
    clock.at += timedelta(minutes=1)
    await watch.look(stage)
    assert (stage.title(), stage.taken) == (NEW, 1)


async def test_words_and_what_editors_say_lie_over_whatever_is_served(
    store: SqliteStore, publications: Publications, watch: CatalogueWatch
) -> None:
    learning, pinned = store.office.learning, Pin("trái cây đầu mùa", BIRTH)
    stage = await begun(watch)
    seen: list[tuple[tuple[str, ...], str | None]] = []

    async def look() -> None:
        await watch.look(stage)
        seen.append((answer_of(stage.engine, "trái cây đầu mùa").codes[:1], stage.title()))

    await learning.teach(TaughtAlias("trái cây đầu mùa", LAND, "chi.lan", NOW), ACT)
    await look()
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await look()
    number = await store.office.editorial.add(pinned, ACT)
    await look()
    await publications.publish(publication(renamed(NEWER)), renamed(NEWER), 1, ACT)
    await look()
    await store.office.editorial.remove(number, ACT)
    await look()
    await look()
    assert seen == [((LAND,), TITLE), ((LAND,), NEW), ((BIRTH,), NEW), ((BIRTH,), NEWER), *[((LAND,), NEWER)] * 2]
    assert (stage.taken, watch.base) == (5, read_catalogue(renamed(NEWER)))


async def test_what_editors_say_costs_no_index(store: SqliteStore, watch: CatalogueWatch) -> None:
    stage = await begun(watch)
    guide, engine = stage.guide, stage.engine
    notice = Notice(Scope.ALL, "", "Cổng bảo trì tối nay.", TODAY, TODAY)
    await store.office.editorial.add(notice, ACT)
    await watch.look(stage)
    assert (stage.engine, stage.guide.online, stage.guide.catalogue.editorial.notices) == (
        engine,
        guide.online,
        (notice,),
    )
    assert stage.engine is engine


class Title:
    """Follows the title of one procedure."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seen: list[tuple[object, str | None]] = []

    @staticmethod
    def make(guide: Guide) -> object:
        return guide.catalogue.procedures[LAND].title

    def wants(self, guide: Guide) -> bool:
        return [made for made, _ in self.seen[-1:]] != [guide.catalogue.procedures[LAND].title]

    def get_ready(self, made: object) -> None:
        self.seen.append((made, self.stage.title()))


class Broken(Title):
    @staticmethod
    def make(guide: Guide) -> object:
        raise ValueError(guide.catalogue.version)


@pytest.mark.parametrize("has_workshop", [False, True])
async def test_followers_are_ready_before_anything_is_served(
    publications: Publications, watch: CatalogueWatch, caplog: pytest.LogCaptureFixture, log: Log, *, has_workshop: bool
) -> None:
    watch.workshop = Workshop() if has_workshop else None
    stage = await begun(watch)
    broken, title = Broken(stage), Title(stage)
    watch.followers += [broken, title]
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    caplog.clear()
    await watch.look(stage)
    assert (broken.seen, title.seen, stage.title()) == ([], [(NEW, TITLE)], NEW)
    assert [(line["level"], line["event"]) for line in log.lines()] == [("error", "follower_failed")]
    if watch.workshop is not None:
        await watch.workshop.close()


async def test_what_another_process_has_built_is_one_catalogue_and_answers_alike(
    store: SqliteStore, publications: Publications, watch: CatalogueWatch
) -> None:
    watch.workshop = Workshop()
    stage = await begun(watch)
    await store.office.learning.teach(TaughtAlias("trái cây đầu mùa", LAND, "chi.lan", NOW), ACT)
    await watch.look(stage)
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await watch.look(stage)
    await watch.workshop.close()
    assert isinstance(stage.engine, SearchEngine)
    assert stage.engine._catalogue.procedures is stage.guide.catalogue.procedures is watch.base.procedures
    assert watch.base == read_catalogue(renamed(NEW))
    assert (stage.title(), answer_of(stage.engine, "trái cây đầu mùa").codes[:1], stage.taken) == (NEW, (LAND,), 2)


async def test_what_cannot_be_served_is_found_out_elsewhere_too(
    publications: Publications, watch: CatalogueWatch
) -> None:
    watch.workshop = Workshop()
    wrong = changed(SHIPPED, "labels.csv", "1.900001", "9.999999")
    stage = await begun(watch)
    await publications.publish(publication(wrong), wrong, 0, ACT)
    for _ in range(2):
        await watch.look(stage)
    await watch.workshop.close()
    assert (stage.title(), stage.taken, watch.trouble) == (TITLE, 0, Trouble.FILES)


@pytest.mark.parametrize("is_later", [False, True])
async def test_broken_files_are_told_and_what_was_served_goes_on(
    store_file: Path,
    publications: Publications,
    watch: CatalogueWatch,
    caplog: pytest.LogCaptureFixture,
    log: Log,
    *,
    is_later: bool,
) -> None:
    if is_later:
        await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
        stage = await begun(watch)
    number = await publications.publish(publication(renamed(NEWER)), renamed(NEWER), int(is_later), ACT)
    spoil(store_file, "update publication_blobs set deflated = x'00'")
    if not is_later:
        stage = await begun(watch)
    caplog.clear()
    for _ in range(3):
        await watch.look(stage)
    assert (stage.title(), stage.taken, watch.trouble) == (NEW if is_later else TITLE, 0, Trouble.FILES)
    assert log.events() == (["publication_not_served"] if is_later else [])
    assert not isinstance(number, str)
    await publications.publish(publication(renamed(NEWER)), renamed(NEWER), number.number, ACT)
    await watch.look(stage)
    assert (stage.title(), stage.taken, watch.trouble) == (NEWER, 1, None)


WRONG = changed(SHIPPED, "labels.csv", "1.900001", "9.999999")
WRONG_TOO = changed(WRONG, "labels.csv", "9.999999", "9.999998")


def lose(path: Path, contents: Mapping[str, bytes]) -> None:
    """The files of this catalogue that are not as shipped are gone from the store."""
    hashes = {hashlib.sha256(contents[name]).hexdigest() for name in contents if contents[name] != SHIPPED[name]}
    for one in hashes:
        spoil(path, f"delete from publication_blobs where sha256 = '{one}'")  # noqa: S608 - our own


@pytest.mark.parametrize(
    ("published", "lost", "served", "told"),
    [
        ([renamed(NEW), renamed(NEWER)], [renamed(NEWER)], NEW, [(2, "publication 1")]),
        ([renamed(NEW), renamed(NEWER)], [renamed(NEWER), renamed(NEW)], TITLE, [(2, "what is shipped")]),
        ([renamed(NEW), WRONG], [], NEW, [(2, "publication 1")]),
        ([renamed(NEW), WRONG, WRONG_TOO], [], NEW, [(3, "publication 2"), (2, "publication 1")]),
        ([renamed(NEW), WRONG, renamed(NEWER)], [renamed(NEWER)], NEW, [(3, "publication 2"), (2, "publication 1")]),
        # What was gone back to is the very catalogue that is broken.
        ([renamed(NEW), WRONG, renamed(NEW)], [renamed(NEW)], TITLE, [(3, "publication 2"), (2, "what is shipped")]),
        ([WRONG], [], TITLE, [(1, "what is shipped")]),
    ],
    ids=["files gone", "all gone", "unfit", "two unfit", "gone and unfit", "rolled back", "only one"],
)
async def test_a_process_begins_with_the_newest_before_it_that_can_be_served(
    store_file: Path,
    publications: Publications,
    watch: CatalogueWatch,
    log: Log,
    published: list[dict[str, bytes]],
    lost: list[dict[str, bytes]],
    served: str,
    told: list[tuple[int, str]],
) -> None:
    for number, contents in enumerate(published):
        await publications.publish(publication(contents), contents, number, ACT)
    for contents in lost:
        lose(store_file, contents)
    stage = await begun(watch)
    for _ in range(3):
        await watch.look(stage)
    assert (stage.title(), stage.taken, watch.trouble) == (served, 0, Trouble.FILES)
    assert log.events() == ["publication_not_served"] * len(told)
    assert [str(line["error"]).partition(": ")[0] for line in log.lines()] == [
        f"publication {number} is in force and cannot be served, {instead} is served instead"
        for number, instead in told
    ]
    last = len(published)
    await publications.publish(publication(renamed(NEWER)), renamed(NEWER), last, ACT)
    await watch.look(stage)
    assert (stage.title(), stage.taken, watch.trouble) == (NEWER, 1, None)


async def test_what_waits_or_was_withdrawn_is_not_served_instead(
    store_file: Path, publications: Publications, watch: CatalogueWatch
) -> None:
    await publications.publish(publication(renamed(NEW), TODAY + DAY), renamed(NEW), 0, ACT)
    await publications.withdraw(1, ACT)
    await publications.publish(publication(renamed(NEWER)), renamed(NEWER), 0, ACT)
    lose(store_file, renamed(NEWER))
    assert (await begun(watch)).title() == TITLE


async def test_a_damaged_folder_hinders_nobody_while_something_published_can_be_served(
    store: SqliteStore, publications: Publications, tmp_path: Path, store_file: Path
) -> None:
    def watch_on_nothing() -> CatalogueWatch:
        office = store.office
        return CatalogueWatch(tmp_path / "no", office.publications, Words(office.learning), office.editorial, Clock())

    with pytest.raises(CatalogueError):
        await watch_on_nothing().at_first()
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await publications.publish(publication(renamed(NEWER)), renamed(NEWER), 1, ACT)
    lose(store_file, renamed(NEWER))
    assert (await begun(watch_on_nothing())).title() == NEW
    lose(store_file, renamed(NEW))
    with pytest.raises(CatalogueError):
        await watch_on_nothing().at_first()


async def test_what_this_release_cannot_serve_is_read_once(
    publications: Publications, watch: CatalogueWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = changed(SHIPPED, "labels.csv", "1.900001", "9.999999")
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


async def test_without_a_store_what_is_shipped_is_served(log: Log) -> None:
    watch = watch_on(no_office())
    stage = await begun(watch)
    assert (stage.title(), watch.publication, watch.trouble) == (TITLE, None, Trouble.STORE)
    assert log.lines() == [
        {"level": "error", "event": "publications_not_read", "error": "the store could not be opened"}
    ]
    with pytest.raises(StoreError):
        await watch.look(stage)


async def test_what_cannot_be_laid_over_it_at_first_is_laid_over_it_later(
    store: SqliteStore, publications: Publications, words: Words, watch: CatalogueWatch
) -> None:
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await store.office.learning.teach(TaughtAlias("trái cây đầu mùa", LAND, "chi.lan", NOW), ACT)
    words.fault = StoreError("locked")
    stage = await begun(watch)
    assert (watch.trouble, stage.title(), answer_of(stage.engine, "trái cây đầu mùa").codes) == (
        Trouble.STORE,
        NEW,
        (),
    )
    words.fault = None
    await watch.look(stage)
    assert (watch.trouble, stage.taken, answer_of(stage.engine, "trái cây đầu mùa").codes) == (None, 1, (LAND,))


async def test_without_a_catalogue_nothing_begins(store: SqliteStore, words: Words, tmp_path: Path) -> None:
    publications, editorial = store.office.publications, store.office.editorial
    watch = CatalogueWatch(tmp_path / "none", publications, words, editorial, Clock())
    with pytest.raises(CatalogueError):
        await watch.at_first()
    await publications.publish(publication(SHIPPED), SHIPPED, 0, ACT)
    assert (await begun(watch)).title() == TITLE


class Failing(SqlPublications):
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

    monkeypatch.setattr("bot.operations.following.asyncio.sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await watch.watch(stage)


@pytest.mark.parametrize("fault", [StoreError("disk full"), ValueError("khai sinh")])
async def test_while_it_cannot_be_read_everything_stays_and_is_told_once(
    store: SqliteStore,
    publications: Publications,
    words: Words,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    log: Log,
    fault: Exception,
) -> None:
    failing = Failing(store._readers, store._readers, store._writer)
    watch = CatalogueWatch(SECOND_PROVINCE, failing, words, store.office.editorial, Clock())
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
    assert [line["level"] for line in log.lines()] == ["error"] * 2
    assert "khai sinh" not in caplog.text


async def test_what_was_replaced_is_let_go(publications: Publications, watch: CatalogueWatch) -> None:
    stage = await begun(watch)
    # The collector never looks at them: it takes nothing but that nobody holds them.
    guide, engine = weakref.ref(stage.guide.part), weakref.ref(stage.engine)
    await publications.publish(publication(renamed(NEW)), renamed(NEW), 0, ACT)
    await watch.look(stage)
    # The thread that made them may hold them for another moment.
    async with asyncio.timeout(10):
        while guide() is not None or engine() is not None:
            await asyncio.sleep(0.01)
