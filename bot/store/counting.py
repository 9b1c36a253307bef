"""Counting as it happens, in roll-ups: sums that figures are read from, each as small as its questions allow.

Totals are kept by the day, so that they are exact for any period. What is broken down by places or procedures is kept
for buckets of half a month: they begin on the 1st or the 15th, so whole months, quarters and years, and report months
that start on the 15th, are sums of buckets; for any other first or last day the days at the ends are read from rows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from bot.ratings.periods import VIETNAM, day_of

_MIDDLE = 15
PLACES = ("agency", "commune", "code")
"""The dimensions that make a count large: each roll-up has those that it needs."""
KINDS = ("channel", "origin", "scale", "filing", "mark", "is_helped")
"""The dimensions that every roll-up has."""
SUMS = ("n1", "n2", "n3", "n4", "n5", "asked", "answered")


@dataclass(frozen=True, slots=True)
class Rollup:
    """A table of sums. `time`: `day`, or `bucket` for half months."""

    table: str
    time: str
    places: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.time, *self.places, *KINDS)


ROLLUPS = (
    Rollup("rating_totals", "day", ()),
    Rollup("agency_counts", "bucket", ("agency",)),
    Rollup("commune_counts", "bucket", ("commune",)),
    Rollup("code_counts", "bucket", ("code",)),
    Rollup("rating_counts", "bucket", ("agency", "code", "commune")),
)
"""The smaller ones first."""


def rollup_for(places: Collection[str]) -> Rollup:
    """The smallest that knows these places."""
    return next(rollup for rollup in ROLLUPS if set(places) <= set(rollup.places))


def _upsert(rollup: Rollup) -> str:
    return (
        f"insert into {rollup.table} ({', '.join((*rollup.keys, *SUMS))}) "  # noqa: S608 - our own names
        f"values ({', '.join('?' * (len(rollup.keys) + len(SUMS)))}) "
        f"on conflict ({', '.join(rollup.keys)}) do update set {', '.join(f'{n} = {n} + excluded.{n}' for n in SUMS)}"
    )


_ADD = tuple((rollup, _upsert(rollup)) for rollup in ROLLUPS)
_ADD_EVENT = """
    insert into event_counts (hour, channel, status, n) values (?, ?, ?, 1)
    on conflict (hour, channel, status) do update set n = n + 1
"""


def bucket_of(day: date) -> date:
    """The first day of the bucket that a day lies in."""
    return day.replace(day=1 if day.day < _MIDDLE else _MIDDLE)


def next_bucket(first: date) -> date:
    """The first day of the bucket behind the one that begins on `first`."""
    return first.replace(day=_MIDDLE) if first.day == 1 else (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def count_rating(database: Database, day: str, dimensions: tuple[object, ...], level: int, change: int) -> None:
    """`change`: 1 for a rating that counts from now on, -1 for one that does so no more. `day` in Vietnam.

    `dimensions`: agency, commune, code, channel, origin, scale, filing, mark, is_helped.
    """
    _count(database, day, dimensions, (*(change if n == level else 0 for n in range(1, 6)), 0, 0))


def count_asking(database: Database, day: str, place: tuple[object, ...], asked: int, answered: int) -> None:
    """`place`: agency, commune, code, channel, origin."""
    _count(database, day, (*place, "", "", "", 0), (0, 0, 0, 0, 0, asked, answered))


def _count(database: Database, day: str, dimensions: tuple[object, ...], counts: tuple[int, ...]) -> None:
    places, kinds = dict(zip(PLACES, dimensions, strict=False)), dimensions[len(PLACES) :]
    times = {"day": day, "bucket": bucket_of(date.fromisoformat(day)).isoformat()}
    for rollup, statement in _ADD:
        own = (places[name] for name in rollup.places)
        database.execute(statement, [times[rollup.time], *own, *kinds, *counts])


def count_event(database: Database, at: datetime, channel: str, status: str) -> None:
    database.execute(_ADD_EVENT, [f"{at.astimezone(VIETNAM):%Y-%m-%dT%H}", channel, status])


def day_text(at: datetime) -> str:
    """The day in Vietnam, as it is kept."""
    return day_of(at).isoformat()
