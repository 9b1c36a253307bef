from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.store.interface import Record, Unfound, Unmet
from bot.store.learning import Learning, TaughtAlias, UnfoundGroup
from bot.store.sql.store import SqlStore
from bot.store.staff import Act, Entry
from tests.unit.store.looking import change
from tests.unit.store.samples import NOW, event

DAY = timedelta(days=1)
TODAY = date(2026, 11, 21)
ALIAS = TaughtAlias("cái giấy ra đời", "1.900001", "chi.lan", NOW)
ACT = Act(NOW, "chi.lan", "alias.add", "nhiều người hỏi")


@pytest.fixture
def learning(store: SqlStore) -> Learning:
    return store.office.learning


async def test_searches_are_grouped_ranked_and_shown_as_written_last(store: SqlStore, learning: Learning) -> None:
    written = [
        (0, "Giấy Ra Đời", "giay ra doi", Unmet.NOT_FOUND),
        (1, "a giay ra doi", "giay ra doi", Unmet.NOT_FOUND),
        (1, "xin chữ ký", "xin chu ky", Unmet.UNHELPFUL),
        (2, "giấy ra đời", "giay ra doi", Unmet.UNHELPFUL),
        (3, "ngoài kỳ", "ngoai ky", Unmet.NOT_FOUND),
    ]
    for days, words, folded, why in written:
        await store.record(Record(event(), unfound=Unfound(NOW + days * DAY, words, folded, why)))
    last = TODAY + 2 * DAY
    ranked = (
        UnfoundGroup("giay ra doi", "giấy ra đời", 2, 1, last),
        UnfoundGroup("xin chu ky", "xin chữ ký", 0, 1, TODAY + DAY),
    )
    assert await learning.unfound(TODAY, last, 9) == ranked
    assert await learning.unfound(TODAY, last, 1) == ranked[:1]
    assert await learning.unfound(TODAY - DAY, TODAY - DAY, 9) == ()


async def test_an_alias_is_kept_until_it_is_taken_away(learning: Learning) -> None:
    later = replace(ALIAS, phrase="a", at=NOW + DAY)
    assert [await learning.teach(later, ACT), await learning.teach(ALIAS, ACT)] == [True, True]
    assert await learning.aliases() == (ALIAS, later)
    assert await learning.unteach(ALIAS.phrase, ACT) == ALIAS
    assert await learning.unteach(ALIAS.phrase, ACT) is None
    assert await learning.aliases() == (later,)


async def test_the_log_has_what_was_added_and_what_was_taken_away(store: SqlStore, learning: Learning) -> None:
    away = replace(ACT, action="alias.remove")
    await learning.teach(ALIAS, ACT)
    await learning.unteach(ALIAS.phrase, away)
    subject = "alias:cái giấy ra đời"
    assert [replace(entry, number=0) for entry in await store.office.staff.entries(9)] == [
        Entry(away, subject, {"code": "1.900001", "by": "chi.lan"}, {}),
        Entry(ACT, subject, {}, {"code": "1.900001"}),
    ]


async def test_a_phrase_is_taught_once(learning: Learning) -> None:
    assert await learning.teach(ALIAS, ACT)
    assert not await learning.teach(replace(ALIAS, code="1.900002"), ACT)
    assert await learning.aliases() == (ALIAS,)


async def test_on_its_last_day_the_words_of_what_was_not_found_are_shown(store: SqlStore, learning: Learning) -> None:
    for why, words in ((Unmet.UNHELPFUL, "giấy ra đời?"), (Unmet.NOT_FOUND, "Giấy ra đời")):
        await store.record(Record(event(), unfound=Unfound(NOW, words, "giay ra doi", why)))
    assert await learning.unfound(TODAY, TODAY, 9) == (UnfoundGroup("giay ra doi", "Giấy ra đời", 1, 1, TODAY),)


async def test_the_version_grows_with_every_change_and_with_nothing_else(learning: Learning) -> None:
    versions = [await learning.version()]
    await learning.teach(ALIAS, ACT)
    versions.append(await learning.version())
    await learning.teach(ALIAS, ACT)
    await learning.unteach("another", ACT)
    versions.append(await learning.version())
    await learning.unteach(ALIAS.phrase, ACT)
    versions.append(await learning.version())
    assert [after > before for before, after in pairwise(versions)] == [True, False, True]


async def test_the_version_grows_where_the_file_has_no_triggers(store: SqlStore, learning: Learning) -> None:
    for name in ("insert", "update", "delete"):
        await change(store, f"drop trigger if exists taught_{name} /*! on taught_aliases */")
    versions = [await learning.version()]
    await learning.teach(ALIAS, ACT)
    versions.append(await learning.version())
    await learning.unteach(ALIAS.phrase, ACT)
    versions.append(await learning.version())
    assert versions == [0, 1, 2]
