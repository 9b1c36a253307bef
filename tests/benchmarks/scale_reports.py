"""How long the figures take that staff read, over what is stored."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.catalog.load import load_catalogue
from bot.operations.figures.desk import FigureDesk
from bot.operations.figures.model import By
from bot.ratings.periods import custom_period, previous, report_month_of, report_months_to
from bot.settings import SHIPPED_CATALOGUE
from bot.store.opening import open_store
from bot.texts import load_texts
from tests.benchmarks.scale_database import Storage
from tests.benchmarks.scale_history import History

_RUNS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """`first`: milliseconds of the first time, `usual`: of the middle one of some more."""

    storage: str
    events: int
    name: str
    first: float
    usual: float


def ask_all(storage: Storage, history: History) -> list[Asked]:
    return asyncio.run(_ask_all(storage, history))


async def _ask_all(storage: Storage, history: History) -> list[Asked]:
    store = await open_store(storage.address)
    try:
        desk = FigureDesk(store.office.figures, load_catalogue(SHIPPED_CATALOGUE), load_texts())
        found = []
        for name, ask in _questions(desk, history):
            times = [await _timed(ask) for _ in range(_RUNS)]
            found.append(Asked(storage.name, history.events, name, times[0], statistics.median(times[1:])))
        return found
    finally:
        await store.close()


def _questions(desk: FigureDesk, history: History) -> Sequence[tuple[str, Callable[[], Awaitable[object]]]]:
    month = previous(report_month_of(history.last))
    months = report_months_to(history.last, 12)
    year = custom_period(months[0].first, months[-1].last)
    days = custom_period(history.last - timedelta(days=49), history.last - timedelta(days=13))
    return (
        ("overview of a month", lambda: desk.overview(month)),
        ("a month's agencies", lambda: desk.breakdown(By.AGENCY, month)),
        ("a year's agencies", lambda: desk.breakdown(By.AGENCY, year)),
        ("37 arbitrary days' agencies", lambda: desk.breakdown(By.AGENCY, days)),
        ("trend over 12 months", lambda: desk.overview(month, is_brief=True)),
        ("what happened in chats, a month", lambda: desk.use(month)),
    )


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await ask()
    return (time.perf_counter() - start) * 1000
