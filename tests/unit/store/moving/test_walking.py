"""Two sides are walked whole, page by page, and what differs is found: as comparing all rows at once finds it."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store.moving import walking
from bot.store.moving.sides import Source
from bot.store.moving.tables import Column, Key, Kind, Table
from bot.store.moving.walking import Difference, Stretch, difference, pages, walked
from bot.store.sql.session import Row

PAIRS = Table("pairs", (Column("a", Kind.TEXT), Column("n", Kind.INTEGER), Column("word", Kind.TEXT)), ("n", "a"))
KEYLESS = Table("loose", (Column("n", Kind.INTEGER),), ())


class Rows:
    """A side that has its rows in memory, and tells how many were asked for at once."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = sorted(rows, key=PAIRS.key_of)

    def page(self, table: Table, after: Key | None, limit: int) -> list[Row]:
        behind = [row for row in self._rows if after is None or table.key_of(row) > after]
        return behind[:limit]


def side(rows: list[Row]) -> Source:
    return cast(Source, Rows(rows))


_KEYS = st.tuples(st.text("aá\uffff\U0001f600", max_size=2), st.integers(-3, 3))
_SIDES = st.dictionaries(_KEYS, st.sampled_from("xy"), max_size=30)


@given(ours=_SIDES, theirs=_SIDES, size=st.integers(1, 7))
def test_what_differs_is_what_comparing_all_at_once_finds(
    ours: dict[tuple[str, int], str], theirs: dict[tuple[str, int], str], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "ROWS_AT_ONCE", size)
        rows, others = ([(*key, word) for key, word in each.items()] for each in (ours, theirs))
        found = [difference(PAIRS, stretch) for stretch in walked(side(rows), side(others), PAIRS)]
        stretches = list(walked(side(rows), side(others), PAIRS))
    assert sorted(row for one in found for row in one.added) == sorted(
        (*key, word) for key, word in ours.items() if key not in theirs
    )
    assert sorted(row for one in found for row in one.changed) == sorted(
        (*key, word) for key, word in ours.items() if key in theirs and theirs[key] != word
    )
    assert sorted(key for one in found for key in one.removed) == sorted((n, a) for a, n in theirs.keys() - ours.keys())
    assert all(len(one.ours) <= size and len(one.theirs) <= size for one in stretches)
    ends = [PAIRS.key_of(max(one.ours + one.theirs, key=PAIRS.key_of)) for one in stretches]
    assert ends == sorted(ends)


@given(rows=_SIDES, size=st.integers(1, 7))
def test_pages_are_all_rows_in_the_order_of_the_key(rows: dict[tuple[str, int], str], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "ROWS_AT_ONCE", size)
        found = list(pages(side([(*key, word) for key, word in rows.items()]), PAIRS))
    assert [row for page in found for row in page] == sorted(
        ((*key, word) for key, word in rows.items()), key=PAIRS.key_of
    )


def test_a_table_without_a_key_is_added_whole_once_it_is_other() -> None:
    assert difference(KEYLESS, Stretch([(1,)], [(1,)])) == Difference([], [], [])
    assert difference(KEYLESS, Stretch([(1,), (1,)], [(2,)])) == Difference([(1,), (1,)], [], [])


def test_a_large_table_without_a_key_is_refused() -> None:
    class Large:
        def count(self, _: Table) -> int:
            return 10_001

    with pytest.raises(StoreError, match="table loose has no primary key and too many rows to be copied"):
        list(pages(cast(Source, Large()), KEYLESS))
