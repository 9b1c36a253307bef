"""Which rows an extent means, as conditions in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.store.counting import PLACES, bucket_of, next_bucket
from bot.store.figures import Extent

_LAST_DAY = date(9999, 12, 14)
"""Behind it there is no bucket."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition, and the values of its question marks."""

    sql: str
    values: tuple[object, ...]


def both(clauses: Iterable[Clause]) -> Clause:
    """All of them."""
    parts = tuple(clauses)
    return Clause(
        " and ".join(part.sql for part in parts) or "1", tuple(value for part in parts for value in part.values)
    )


def among(extent: Extent, *, has_origin: bool = True) -> tuple[Clause, ...]:
    """What is asked of agency, commune, code, channel and origin, not of the days. `has_origin`: the rows have one."""
    single = {
        "agency": extent.agency,
        "commune": extent.commune,
        "channel": extent.channel,
        "origin": extent.origin if has_origin else None,
    }
    several = {"agency": extent.agencies, "code": extent.codes}
    return (
        *(Clause(f"{column} = ?", (value,)) for column, value in single.items() if value is not None),
        *(
            Clause(f"{column} in (select value from json_each(?))", (json.dumps(sorted(values)),))  # noqa: S608
            for column, values in several.items()
            if values is not None
        ),
    )


def places_of(extent: Extent) -> frozenset[str]:
    """Which of PLACES an extent asks for."""
    asked = (
        extent.agency is not None or extent.agencies is not None,
        extent.commune is not None,
        extent.codes is not None,
    )
    return frozenset(place for place, is_asked in zip(PLACES, asked, strict=True) if is_asked)


def days(first: date, last: date, column: str = "day") -> Clause:
    """Both included."""
    return Clause(f"{column} between ? and ?", (first.isoformat(), last.isoformat()))


@dataclass(frozen=True, slots=True)
class Span:
    """A period as whole buckets and single days. `buckets`: the first days of the first and the last; None: not one
    is whole. `ends`: the days beside them, from and to, both included."""

    buckets: tuple[date, date] | None
    ends: tuple[tuple[date, date], ...]


def span_of(first: date, last: date) -> Span:
    begins = bucket_of(first)
    if begins < first:
        begins = next_bucket(begins) if first <= _LAST_DAY else date.max
    behind = bucket_of(min(last, _LAST_DAY) + timedelta(days=1))
    if begins >= behind:
        return Span(None, ((first, last),) if first <= last else ())
    before = ((first, begins - timedelta(days=1)),) if first < begins else ()
    after = ((behind, last),) if behind <= last else ()
    return Span((begins, bucket_of(behind - timedelta(days=1))), (*before, *after))
