"""What editors say, in a real database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bot.catalog.editorial import Benefit, Hiding, Item, Notice, PartialReason, Pin, Scope
from bot.catalog.editorial_record import as_record
from bot.errors import StoreError
from bot.store.editorial import EditorialBook, KeptItem
from bot.store.sql.store import SqlStore
from bot.store.staff import Act, Entry
from tests.unit.store.engines import Place
from tests.unit.store.looking import change
from tests.unit.store.samples import NOW

DAY = date(2026, 11, 22)
ACT = Act(NOW, "chi.lan", "editorial_add", "nhiều người hỏi")
AWAY = Act(NOW, "anh.ba", "editorial_remove", "đã xong")
ITEMS: tuple[Item, ...] = (
    Pin("cái giấy ra đời", "1.900001"),
    Hiding("1.900002", "Danh mục mới ghi khác.", DAY, "H99.100"),
    Notice(Scope.ALL, "", "Cổng tạm nghỉ tối nay.", DAY, DAY),
    Benefit("1.900001", "Giảm một nửa lệ phí.", "Nghị quyết 12", DAY, DAY),
    PartialReason("1.900003", "Phải đo đất.", "Quyết định 34"),
)


@pytest.fixture
def book(store: SqlStore) -> EditorialBook:
    return store.office.editorial


def kept(number: int, item: Item) -> KeptItem:
    return KeptItem(number, item, ACT.actor, NOW, ACT.reason)


async def test_every_kind_is_kept_in_the_order_in_which_it_came(book: EditorialBook) -> None:
    assert await book.items() == ()
    assert [await book.add(item, ACT) for item in ITEMS] == [1, 2, 3, 4, 5]
    assert await book.items() == tuple(kept(number, item) for number, item in enumerate(ITEMS, start=1))


async def test_a_number_is_never_given_again(book: EditorialBook, store: SqlStore, place: Place) -> None:
    for item in ITEMS[:2]:
        await book.add(item, ACT)
    assert await book.remove(2, AWAY) == kept(2, ITEMS[1])
    assert await book.remove(2, AWAY) is None
    await store.close()
    again = await place.open()
    assert await again.office.editorial.add(ITEMS[2], ACT) == 3
    assert await again.office.editorial.items() == (kept(1, ITEMS[0]), kept(3, ITEMS[2]))
    await again.close()


async def test_the_log_has_what_was_said_and_what_was_taken_back(book: EditorialBook, store: SqlStore) -> None:
    number = await book.add(ITEMS[1], ACT)
    await book.remove(number, AWAY)
    await book.remove(99, AWAY)
    assert [replace(entry, number=0) for entry in await store.office.staff.entries(9)] == [
        Entry(AWAY, "editorial:1", as_record(ITEMS[1]), {}),
        Entry(ACT, "editorial:1", {}, as_record(ITEMS[1])),
    ]


async def test_the_version_grows_with_every_change_and_with_nothing_else(book: EditorialBook) -> None:
    versions = [await book.version()]
    number = await book.add(ITEMS[0], ACT)
    versions.append(await book.version())
    await book.remove(99, AWAY)
    versions.append(await book.version())
    await book.remove(number, AWAY)
    versions.append(await book.version())
    assert [after > before for before, after in pairwise(versions)] == [True, False, True]


async def test_the_version_grows_where_the_file_has_no_triggers(book: EditorialBook, store: SqlStore) -> None:
    for name in ("insert", "update", "delete"):
        await change(store, f"drop trigger if exists editorial_{name} /*! on editorial_items */")
    versions = [await book.version()]
    number = await book.add(ITEMS[0], ACT)
    versions.append(await book.version())
    await book.remove(number, AWAY)
    versions.append(await book.version())
    assert versions == [0, 1, 2]


async def test_of_two_who_take_it_back_at_once_one_does(book: EditorialBook) -> None:
    await book.add(ITEMS[0], ACT)
    gone = await asyncio.gather(*(book.remove(1, AWAY) for _ in range(2)))
    assert [one is None for one in gone] == [False, True]


async def test_a_change_without_its_line_in_the_log_is_none(book: EditorialBook, store: SqlStore) -> None:
    await change(store, "drop table staff_log")
    with pytest.raises(StoreError):
        await book.add(ITEMS[0], ACT)
    assert (await book.items(), await book.version()) == ((), 0)


async def test_a_row_that_is_none_of_ours_is_told(book: EditorialBook, store: SqlStore) -> None:
    await book.add(ITEMS[0], ACT)
    await change(store, "update editorial_items set item = '{}'")
    with pytest.raises(StoreError, match="item 1 of the editors cannot be read"):
        await book.items()
