"""A copy that is broken off anywhere goes on where it was, and comes to the same."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.store.moving import walking
from bot.store.moving.copying import copy
from bot.store.moving.opening import check, opened_source, opened_target
from bot.store.moving.sides import Target
from tests.unit.store.moving.sides import ENGINES, Address, contents, fill, move

_MOST_ATTEMPTS = 500


class BrokenOff(BaseException):
    """As when the process is killed: nobody makes anything good again."""


class Breaking:
    """A target at which it ends: before the first commit of rows, or behind the second (what it is comes first)."""

    def __init__(self, target: Target, *, is_committed: bool) -> None:
        self._target = target
        self._is_committed = is_committed
        self.commits = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    def commit(self) -> None:
        self.commits += 1
        if self.commits == 2 and not self._is_committed:
            raise BrokenOff
        self._target.commit()
        if self.commits == 3:
            raise BrokenOff


def attempt(source: str, target: str, *, is_committed: bool) -> bool:
    """Whether it came to its end."""
    with opened_source(source) as ours, opened_target(target) as theirs:
        check(ours, theirs, is_replaced=False)
        breaking = Breaking(theirs, is_committed=is_committed)
        try:
            copy(ours, cast(Target, breaking))
        except BrokenOff:
            return False
    return True


@pytest.mark.parametrize("one", ENGINES)
@pytest.mark.parametrize("other", ENGINES)
async def test_broken_off_at_every_stretch_it_comes_to_the_same(new: Address, one: str, other: str) -> None:
    source, target, undisturbed = new(one), new(other), new(other)
    await fill(source, 0, 8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "ROWS_AT_ONCE", 7)
        attempts = 0
        # Once before the commit of a stretch, once behind it: each attempt copies two stretches more, or none.
        while not attempt(source, target, is_committed=True):
            attempts += 1
            assert attempts < _MOST_ATTEMPTS
            assert not attempt(source, target, is_committed=False)
    assert attempts > 10
    assert contents(target) == contents(source)
    assert [(moved.rows, moved.checksum) for moved in move(source, target)] == [
        (moved.rows, moved.checksum) for moved in move(source, undisturbed)
    ]
