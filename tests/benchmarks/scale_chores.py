"""How long what is done once a day, or once for one person, takes over what is stored."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import psycopg

from bot.store.interface import Cutoffs, Store
from bot.store.opening import open_store
from bot.store.sql.forgetting import A_BITE
from tests.benchmarks.scale_database import OneFile, Storage

_OPENINGS, _PEOPLE = 3, 5
_RATERS = f"select person from ratings where person <> '' order by id desc limit {_PEOPLE}"  # noqa: S608 - our own number
_FIRST_DAY = "select min(at) from events"
_NOBODY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Chores:
    """Milliseconds. `opening`: until the first question is answered; `erasing`: of one person, the slowest of some.

    `forgetting`: of what is a day too old, `rows` of it, all in all; `nothing`: where nothing is too old.
    """

    storage: str
    events: int
    opening: float
    erasing: float
    nothing: float
    forgetting: float
    rows: int

    @property
    def a_bite(self) -> float:
        """Milliseconds for which others wait at most once: what is forgotten in one transaction."""
        return self.forgetting / max(1, -(-self.rows // A_BITE))


def do_all(storage: Storage, events: int) -> Chores:
    """They change what is stored."""
    return asyncio.run(_do_all(storage, events))


async def _do_all(storage: Storage, events: int) -> Chores:
    people = [str(person) for (person,) in _asked(storage, _RATERS)] or ["nobody"]
    ((first,),) = _asked(storage, _FIRST_DAY)
    opening = min([await _opened(storage) for _ in range(_OPENINGS)])
    store = await open_store(storage.address)
    try:
        erasing = max([await _erased(store, person) for person in people])
        never = Cutoffs(*itertools.repeat(_NOBODY, 8))
        nothing, _ = await _forgotten(store, never)
        day = (_NOBODY if first is None else datetime.fromisoformat(first)) + timedelta(days=1)
        forgetting, rows = await _forgotten(store, replace(never, events=day, states=day))
    finally:
        await store.close()
    return Chores(storage.name, events, opening, erasing, nothing, forgetting, rows)


async def _opened(storage: Storage) -> float:
    start = time.perf_counter()
    store = await open_store(storage.address)
    await store.recent_helpfulness(1)
    took = time.perf_counter() - start
    await store.close()
    return took * 1000


async def _erased(store: Store, person: str) -> float:
    start = time.perf_counter()
    await store.erase(person, datetime.now(UTC))
    return (time.perf_counter() - start) * 1000


async def _forgotten(store: Store, before: Cutoffs) -> tuple[float, int]:
    start = time.perf_counter()
    rows = await store.forget(before)
    return (time.perf_counter() - start) * 1000, rows


def _asked(storage: Storage, question: str) -> Sequence[tuple[str | None, ...]]:
    if isinstance(storage, OneFile):
        with closing(sqlite3.connect(storage.path)) as file:
            return file.execute(question).fetchall()
    with psycopg.connect(storage.address) as server:
        return server.execute(question.encode()).fetchall()
