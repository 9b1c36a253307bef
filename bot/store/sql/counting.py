"""Counting as it happens, in roll-ups: sums that figures are read from, each as small as its questions allow.

Totals are kept by the day, so that they are exact for any period. What is broken down by places or procedures is kept
for buckets of half a month: they begin on the 1st or the 15th, so whole months, quarters and years, and report months
that start on the 15th, are sums of buckets; for any other first or last day the days at the ends are read from rows.
Most questions are about no channel and no origin: without these two the roll-ups are a third as large.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.ratings.periods import VIETNAM
from bot.store.sql.session import Counter, Transaction

_MIDDLE = 15
DIMENSIONS = ("agency", "commune", "code", "channel", "origin")
"""What can be asked for: each roll-up knows some of them."""
KINDS = ("scale", "filing", "mark", "is_helped")
"""What every roll-up tells apart."""
SUMS = ("n1", "n2", "n3", "n4", "n5", "asked", "answered")


@dataclass(frozen=True, slots=True)
class Rollup:
    """A table of sums. `time`: `day`, or `bucket` for half months. `knows`: in the order of its key."""

    table: str
    time: str
    knows: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.time, *self.knows, *KINDS)


ROLLUPS = (
    Rollup("rating_totals", "day", ("channel", "origin")),
    Rollup("agency_totals", "bucket", ("agency",)),
    Rollup("commune_counts", "bucket", ("commune", "channel", "origin")),
    Rollup("agency_counts", "bucket", ("agency", "channel", "origin")),
    Rollup("code_totals", "bucket", ("code",)),
    Rollup("agency_commune_totals", "bucket", ("agency", "commune")),
    Rollup("agency_code_totals", "bucket", ("agency", "code")),
    Rollup("code_counts", "bucket", ("code", "channel", "origin")),
    Rollup("commune_code_totals", "bucket", ("commune", "code")),
    Rollup("rating_counts", "bucket", ("code", "agency", "commune", "channel", "origin")),
)
"""The smaller ones first; the last knows everything."""


def rollup_for(asked: Collection[str]) -> Rollup:
    """The smallest that knows these dimensions."""
    return next(rollup for rollup in ROLLUPS if set(asked) <= set(rollup.knows))


_ROLLUPS = tuple((rollup, Counter(rollup.table, rollup.keys, SUMS)) for rollup in ROLLUPS)
_EVENTS = Counter("event_counts", ("hour", "channel", "status"), ("n",))
_CODES = Counter("code_use", ("bucket", "code"), ("n",))


def bucket_of(day: date) -> date:
    """The first day of the bucket that a day lies in."""
    return day.replace(day=1 if day.day < _MIDDLE else _MIDDLE)


def next_bucket(first: date) -> date:
    """The first day of the bucket behind the one that begins on `first`."""
    return first.replace(day=_MIDDLE) if first.day == 1 else (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def count_rating(database: Transaction, day: str, dimensions: tuple[Any, ...], level: int, change: int) -> None:
    """`change`: 1 for a rating that counts from now on, -1 for one that does so no more. `day` in Vietnam.

    `dimensions`: agency, commune, code, channel, origin, scale, filing, mark, is_helped.
    """
    _count(database, day, dimensions, (*(change if n == level else 0 for n in range(1, 6)), 0, 0))


def count_asking(database: Transaction, day: str, place: tuple[str, ...], asked: int, answered: int) -> None:
    """`place`: agency, commune, code, channel, origin."""
    _count(database, day, (*place, "", "", "", 0), (0, 0, 0, 0, 0, asked, answered))


def _count(database: Transaction, day: str, dimensions: tuple[Any, ...], counts: tuple[int, ...]) -> None:
    values = dict(zip(DIMENSIONS, dimensions, strict=False))
    kinds = dimensions[len(DIMENSIONS) :]
    times = {"day": day, "bucket": bucket_of(date.fromisoformat(day)).isoformat()}
    for rollup, counter in _ROLLUPS:
        known = (values[name] for name in rollup.knows)
        database.add(counter, (times[rollup.time], *known, *kinds), counts)


def count_event(database: Transaction, at: datetime, channel: str, status: str) -> None:
    database.add(_EVENTS, (f"{at.astimezone(VIETNAM):%Y-%m-%dT%H}", channel, status), (1,))


def count_codes(database: Transaction, at: datetime, codes: Sequence[str]) -> None:
    """An answer about one procedure counts for it; one that offers several to choose from, for none."""
    if len(codes) == 1:
        database.add(_CODES, (bucket_of(at.astimezone(VIETNAM).date()).isoformat(), codes[0]), (1,))
