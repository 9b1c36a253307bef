"""A store with ratings of December's report month: most are satisfied, those of one department are not."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.operations.figures.desk import FigureDesk
from bot.ratings.model import Subject, Survey
from bot.ratings.periods import report_month
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.unit.shipped import shipped_catalogue
from tests.unit.store.ratings_samples import NOW, asking, rating, record

DECEMBER = report_month(2026, 12)
BEFORE = datetime(2026, 11, 2, 8, tzinfo=UTC)
TEXTS = load_texts()
BIRTH = Subject("1.001193", "", "H27.100", "H27.100")
"""At a commune."""
LAND = Subject("1.012756", "", "H27.05", "H27.100")
"""At the department of agriculture and environment."""
_PEOPLE = count()


def desk_of(store: SqliteStore) -> FigureDesk:
    return FigureDesk(store.office.figures, shipped_catalogue(), TEXTS)


async def rate(store: SqliteStore, subject: Subject, satisfied: int, others: int = 0, at: datetime = NOW) -> None:
    """So many ratings of people who filed online, each a day after they were asked."""
    for level in (3,) * satisfied + (1,) * others:
        period = "2026-12" if at is NOW else "2026-11"
        given = rating(f"p{next(_PEOPLE)}", level, subject=subject, at=at, period=period)
        asked = asking(given.person, subject=subject, at=at, period=period, is_answered=True)
        await store.record(record(Survey(asked, given), given.person, at))


async def filled(path: Path) -> SqliteStore:
    store = await SqliteStore.open(path)
    await rate(store, BIRTH, 198, 2)
    await rate(store, LAND, 24, 16)
    await rate(store, BIRTH, 80, 20, BEFORE)
    for number in range(60):
        await store.record(record(Survey(asking(f"silent {number}", subject=BIRTH)), f"silent {number}"))
    return store
