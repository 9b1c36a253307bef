"""A copy is the same on both engines, goes on where it was broken off, and writes only what differs."""

from __future__ import annotations

import pytest

from tests.unit.store.moving.sides import ENGINES, Address, contents, fill, move, written

PAIRS = [(one, other) for one in ENGINES for other in ENGINES]


@pytest.mark.parametrize(("one", "other"), PAIRS)
async def test_a_copy_holds_the_same_and_a_second_one_writes_nothing(new: Address, one: str, other: str) -> None:
    source, target = new(one), new(other)
    await fill(source)
    first = move(source, target)
    assert contents(target) == contents(source)
    assert written(first)["events"] == (80, 0, 0)
    second = move(source, target)
    assert written(second) == {}
    assert [(moved.table, moved.rows, moved.checksum) for moved in second] == [
        (moved.table, moved.rows, moved.checksum) for moved in first
    ]
