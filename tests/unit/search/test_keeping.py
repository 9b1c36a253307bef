"""Results that are remembered keep no object alive."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.search.engine import SearchEngine
from bot.search.keeping import remembered

SECOND = load_catalogue(Path(__file__).resolve().parents[2] / "fixtures" / "second_province")


class Doubler:
    def __init__(self) -> None:
        self.asked: list[int] = []
        self.double = remembered(self._double, 2)

    def _double(self, number: int) -> int:
        self.asked.append(number)
        return 2 * number


def test_what_was_found_is_not_looked_for_again() -> None:
    doubler = Doubler()
    assert ([doubler.double(n) for n in (1, 1, 2, 3, 1)], doubler.asked) == ([2, 2, 4, 6, 2], [1, 2, 3, 1])


def test_without_its_object_there_is_nothing_to_ask() -> None:
    double = Doubler().double
    with pytest.raises(ReferenceError):
        double(1)


def test_a_search_that_is_replaced_is_freed_at_once() -> None:
    """The collector does not look at what was frozen: what refers to itself in circles would stay for ever."""
    gc.disable()
    try:
        engine = SearchEngine(SECOND)
        engine.search("khai sinh cho con")
        index, whole = weakref.ref(engine.index), weakref.ref(engine)
        del engine
        assert (index(), whole()) == (None, None)
    finally:
        gc.enable()


def test_a_search_is_freed_part_by_part() -> None:
    gc.disable()
    try:
        engine = SearchEngine(SECOND)
        parts = list(engine.parts)
        whole, kept = weakref.ref(engine), [weakref.ref(part) for part in parts]
        del engine
        assert whole() is None
        while parts:
            parts.pop()
            assert [part() is not None for part in kept] == [at < len(parts) for at in range(len(kept))]
    finally:
        gc.enable()
