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

from sqlite_utils import Database

from bot.ratings.periods import VIETNAM

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

_ADD_CODE = """
    insert into code_use (bucket, code, n) values (?, ?, 1) on conflict (bucket, code) do update set n = n + 1
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
    values = dict(zip(DIMENSIONS, dimensions, strict=False))
    kinds = dimensions[len(DIMENSIONS) :]
    times = {"day": day, "bucket": bucket_of(date.fromisoformat(day)).isoformat()}
    for rollup, statement in _ADD:
        known = (values[name] for name in rollup.knows)
        database.execute(statement, [times[rollup.time], *known, *kinds, *counts])


def count_event(database: Database, at: datetime, channel: str, status: str) -> None:
    database.execute(_ADD_EVENT, [f"{at.astimezone(VIETNAM):%Y-%m-%dT%H}", channel, status])


def count_codes(database: Database, at: datetime, codes: Sequence[str]) -> None:
    """An answer about one procedure counts for it; one that offers several to choose from, for none."""
    if len(codes) == 1:
        database.execute(_ADD_CODE, [bucket_of(at.astimezone(VIETNAM).date()).isoformat(), codes[0]])
