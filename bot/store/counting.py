"""Counting as it happens: buckets of half a month, whole report and calendar months being whole buckets.

A bucket begins on the 1st or the 15th. Figures for whole months, quarters and years, and for report months that start
on the 15th, are sums of buckets; for any other first or last day the days at the ends are read from the rows.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlite_utils import Database

from bot.ratings.periods import VIETNAM, day_of

_MIDDLE = 15
_DIMENSIONS = ("agency", "commune", "code", "channel", "origin", "scale", "filing", "mark", "is_helped")
_OF_TOTALS = _DIMENSIONS[3:]


def _upsert(table: str, dimensions: tuple[str, ...]) -> str:
    keys = ("bucket", *dimensions)
    levels = ("n1", "n2", "n3", "n4", "n5", "asked", "answered")
    return (
        f"insert into {table} ({', '.join((*keys, *levels))}) "  # noqa: S608 - our own names
        f"values ({', '.join('?' * (len(keys) + len(levels)))}) "
        f"on conflict ({', '.join(keys)}) do update set {', '.join(f'{n} = {n} + excluded.{n}' for n in levels)}"
    )


_ADD_COUNT = _upsert("rating_counts", _DIMENSIONS)
_ADD_TOTAL = _upsert("rating_totals", _OF_TOTALS)
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
    bucket = bucket_of(date.fromisoformat(day)).isoformat()
    database.execute(_ADD_COUNT, [bucket, *dimensions, *counts])
    database.execute(_ADD_TOTAL, [bucket, *dimensions[3:], *counts])


def count_event(database: Database, at: datetime, channel: str, status: str) -> None:
    database.execute(_ADD_EVENT, [f"{at.astimezone(VIETNAM):%Y-%m-%dT%H}", channel, status])


def day_text(at: datetime) -> str:
    """The day in Vietnam, as it is kept."""
    return day_of(at).isoformat()
