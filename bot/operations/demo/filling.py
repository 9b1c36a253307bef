"""Filling an empty store with a made-up year, to show and to measure; it is marked, and never mixed with real data."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from bot.catalog.model import Catalogue
from bot.errors import StoreError
from bot.operations.demo.events import happened
from bot.operations.demo.province import people, province_of, timeline
from bot.operations.demo.ratings import ASKINGS_A_RATING, Material, Words, months
from bot.ratings.periods import USUAL_START, day_of
from bot.store.sqlite.demonstration import (
    ASKING_COLUMNS,
    EVENT_COLUMNS,
    EVENT_COUNT_COLUMNS,
    OBSTACLE_COLUMNS,
    RATING_COLUMNS,
    Holding,
    drafting,
    holding,
)
from bot.store.sqlite.store import SqliteStore
from bot.texts import Texts

_RATINGS_A_PERSON = 2.2
_FEWEST_PEOPLE = 50
_REAL = "{} holds real conversations, events or ratings: a demonstration needs a store of its own"
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Demo:
    """What is made: so many ratings that count, so many events, over so many report months up to yesterday."""

    ratings: int
    events: int
    months: int = 12
    seed: int = 1
    period_start: int = USUAL_START

    @property
    def rows(self) -> int:
        """About how many rows are written; what progress adds up to."""
        return self.ratings + round(self.ratings * ASKINGS_A_RATING) + self.events


def words_of(texts: Texts) -> Words:
    good = ("demo.comment.good", "demo.comment.thanks", "demo.comment.easy")
    bad = ("demo.comment.slow", "demo.comment.sign_in", "demo.comment.late", "demo.comment.files")
    obstacles = ("demo.obstacle.phone", "demo.obstacle.unsure")
    return Words(*(tuple(texts.get(text_id) for text_id in ids) for ids in (good, bad, obstacles)))


def check_free(path: Path) -> Holding:
    """What the store holds now. Raises StoreError where that is real data."""
    found = holding(path)
    if found is Holding.REAL:
        raise StoreError(_REAL.format(path))
    return found


async def _prepare(path: Path) -> None:
    """Make the file where it is missing, and bring its tables up to date."""
    await (await SqliteStore.open(path)).close()


def fill(path: Path, demo: Demo, catalogue: Catalogue, texts: Texts, now: datetime, progress: Progress) -> None:
    """Put the made-up year in place of what the store held. Raises StoreError; then the store is as it was.

    `progress` is told how many more rows of `Demo.rows` are written.
    """
    check_free(path)
    asyncio.run(_prepare(path))
    random = np.random.default_rng(demo.seed)
    line = timeline(day_of(now) - timedelta(days=1), demo.months, demo.period_start, random)
    persons = people(demo.seed, max(_FEWEST_PEOPLE, round(demo.ratings / _RATINGS_A_PERSON)))
    material = Material(province_of(catalogue, random), line, persons, words_of(texts), catalogue.version)
    with drafting(path) as draft:
        for month in months(random, material, demo.ratings):
            draft.add("ratings", RATING_COLUMNS, month.ratings)
            draft.add("askings", ASKING_COLUMNS, month.askings)
            draft.add("obstacles", OBSTACLE_COLUMNS, month.obstacles)
            progress(sum(bool(row[RATING_COLUMNS.split(", ").index("is_last")]) for row in month.ratings))
            progress(len(month.askings))
        for day in happened(random, material, demo.events):
            draft.add("events", EVENT_COLUMNS, day.events)
            draft.add("event_counts", EVENT_COUNT_COLUMNS, day.counts)
            progress(len(day.events))
        for _ in draft.finish(demo.seed, now):
            progress(0)
