"""Taking up what editors say: in a running assistant, over a real store, without building an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.catalog.editorial import Editorial, Hiding, Item, Notice, Pin, Scope
from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.dialogue.turn import Searches
from bot.operations.aliases import Answer, TaughtWords, answer_of
from bot.operations.editorial.serving import guide_with, pinned
from bot.operations.publishing.watch import CatalogueWatch
from bot.search.pins import PinnedSearch
from bot.store.learning import TaughtAlias
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from tests.log import Log
from tests.unit.handlers.example import TableEngine
from tests.unit.store.samples import NOW

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "second_province"
SECOND = load_catalogue(FOLDER)
DAY = date(2026, 11, 22)
BIRTH, LAND = "1.900001", "1.900003"
ACT = Act(NOW, "chi.lan", "editorial_add")
PIN = Pin("trái cây đầu mùa", LAND)
HIDING = Hiding(BIRTH, "Danh mục mới ghi khác.", DAY)
NOTICE = Notice(Scope.ALL, "", "Cổng tạm nghỉ tối nay.", DAY, DAY)
GONE = Notice(Scope.PROCEDURE, "9.999999", "Cổng tạm nghỉ.", DAY, DAY)
NOTHING, FOUND = Answer("not_found", ()), Answer("answered", (LAND,))


class Stage:
    """An assistant as the watch sees it."""

    def __init__(self, guide: Guide, engine: Searches) -> None:
        self.guide, self.engine, self.taken = guide, engine, 0

    def take(self, guide: Guide, engine: Searches) -> None:
        self.guide, self.engine, self.taken = guide, engine, self.taken + 1

    @property
    def said(self) -> Editorial:
        return self.guide.catalogue.editorial


def watch_of(store: SqliteStore) -> CatalogueWatch:
    office = store.office
    return CatalogueWatch(FOLDER, office.publications, TaughtWords(office.learning), office.editorial, lambda: NOW)


async def begun(watch: CatalogueWatch) -> Stage:
    return Stage(*await watch.at_first())


async def test_what_is_said_is_taken_up_and_what_is_taken_back_let_go(store: SqliteStore) -> None:
    book, watch = store.office.editorial, watch_of(store)
    stage = await begun(watch)
    first = stage.engine
    for item in (PIN, NOTICE):
        await book.add(item, ACT)
    await watch.look(stage)
    await watch.look(stage)
    assert (stage.said, stage.taken) == (Editorial(pins=(PIN,), notices=(NOTICE,)), 1)
    assert answer_of(stage.engine, PIN.phrase) == FOUND
    await book.remove(1, ACT)
    await watch.look(stage)
    assert (stage.said, answer_of(stage.engine, PIN.phrase)) == (Editorial(notices=(NOTICE,)), NOTHING)
    assert stage.engine is first


async def test_no_index_is_built_for_it(store: SqliteStore) -> None:
    watch = watch_of(store)
    stage = await begun(watch)
    first = stage.engine
    for item in (PIN, HIDING, NOTICE):
        await store.office.editorial.add(item, ACT)
    await watch.look(stage)
    assert isinstance(stage.engine, PinnedSearch)
    assert stage.engine.engine is first


async def test_words_that_are_taught_and_what_is_said_hold_beside_each_other(store: SqliteStore) -> None:
    watch = watch_of(store)
    stage = await begun(watch)
    await store.office.editorial.add(PIN, ACT)
    await watch.look(stage)
    await store.office.learning.teach(TaughtAlias("cái giấy ra đời", BIRTH, "chi.lan", NOW), ACT)
    await watch.look(stage)
    phrases = (PIN.phrase, "cái giấy ra đời")
    assert [answer_of(stage.engine, phrase).codes[:1] for phrase in phrases] == [(LAND,), (BIRTH,)]
    assert stage.said == Editorial(pins=(PIN,))


async def test_another_process_begins_with_it(store: SqliteStore) -> None:
    for item in (PIN, HIDING):
        await store.office.editorial.add(item, ACT)
    stage = await begun(watch_of(store))
    assert stage.guide.catalogue == replace(SECOND, editorial=Editorial(pins=(PIN,), hidings=(HIDING,)))
    assert answer_of(stage.engine, PIN.phrase) == FOUND


async def test_what_does_not_fit_is_left_out_and_told(store: SqliteStore, log: Log) -> None:
    for item in (NOTICE, GONE):
        await store.office.editorial.add(item, ACT)
    stage = await begun(watch_of(store))
    assert stage.said == Editorial(notices=(NOTICE,))
    assert log.lines() == [
        {"level": "warning", "event": "editorial_left_out", "numbers": [2], "catalogue": SECOND.version}
    ]


@pytest.mark.parametrize(("item", "is_new"), [(NOTICE, False), (PIN, False), (HIDING, True)])
async def test_lists_are_made_anew_only_for_what_is_hidden(store: SqliteStore, item: Item, *, is_new: bool) -> None:
    watch = watch_of(store)
    stage = await begun(watch)
    await watch.look(stage)
    before = stage.guide.online
    await store.office.editorial.add(item, ACT)
    await watch.look(stage)
    assert (stage.guide.online is not before) is is_new
    assert [row.procedure.code for row in stage.guide.online.rows if row.is_hidden] == [BIRTH] * is_new


def test_the_guide_of_a_catalogue_that_says_something_else() -> None:
    guide = Guide.of(SECOND)
    told = replace(SECOND, editorial=Editorial(notices=(NOTICE,)))
    assert guide_with(guide, told) == replace(guide, catalogue=told)


def test_an_engine_that_is_not_ours_has_no_pins() -> None:
    engine = TableEngine()
    assert pinned(engine, replace(SECOND, editorial=Editorial(pins=(PIN,)))) is engine
