"""Whether anybody works on a store while it is copied."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.errors import StoreError
from bot.store.moving.copying import telling
from bot.store.moving.opening import opened
from bot.store.moving.sides import Source
from bot.store.opening import file_of

_LONGEST_STILL_SECONDS = 5.0
"""Two beats of a process and more: whoever has been killed stands still for longer."""
_LOOK_SECONDS = 0.25
_BEATS = "select id, beats, label from processes"


def users(address: str, still_seconds: float = _LONGEST_STILL_SECONDS) -> tuple[str, ...]:
    """Who works on the store just now, in words; nobody where there is no store. Raises StoreError.

    Of a file anybody who has it open; on a server processes that serve, for which it looks for `still_seconds` at most.
    """
    file = file_of(address)
    if file is None:
        return _beating(address, still_seconds)
    from bot.store.sqlite.sole_use import SoleUse

    sole = SoleUse(file)
    try:
        return () if not file.exists() or sole.take() else ("another process has the file open",)
    finally:
        sole.free()


@contextmanager
def kept_from_others(address: str) -> Iterator[None]:
    """Nobody works on the target meanwhile; a file nobody can even open. Raises StoreError where somebody does."""
    file = file_of(address)
    if file is None:
        found = users(address)
        if found:
            raise StoreError(f"the target is being used ({', '.join(found)}): stop that first")
        yield
        return
    from bot.store.sqlite.sole_use import SoleUse

    file.parent.mkdir(parents=True, exist_ok=True)
    sole = SoleUse(file)
    try:
        if not sole.take():
            raise StoreError("the target is being used (another process has the file open): stop that first")
        yield
    finally:
        sole.free()


def newest_of(side: Source) -> dict[str, int]:
    """The highest number in each table that has numbers. Raises StoreError."""
    with telling(side):
        return {table.name: side.highest_there(table) for table in side.tables if table.numbered}


def newer_rows(address: str, newest: Mapping[str, int]) -> tuple[str, ...]:
    """What has been added since `newest` was told, in words: somebody came and went. Raises StoreError."""
    with opened(address) as side:
        now = newest_of(side)
    grown = sorted(name for name, number in now.items() if number != newest.get(name))
    return (f"rows were added to {', '.join(grown)}",) if grown else ()


def _beating(address: str, still_seconds: float) -> tuple[str, ...]:
    """Processes of which a beat is seen."""
    with opened(address) as side, telling(side):
        if not side.has("processes"):
            return ()
        first = {name: beats for name, beats, _ in side.look(_BEATS)}
        end = time.monotonic() + still_seconds
        while first and time.monotonic() < end:
            rows = side.look(_BEATS)
            living = tuple(sorted(label for name, beats, label in rows if first.get(name) != beats))
            if living:
                return living
            if not rows:
                break
            time.sleep(_LOOK_SECONDS)
    return ()
