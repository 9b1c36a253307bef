"""Which rows an extent means, as conditions in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.store.figures import Extent
from bot.store.sql.clauses import Clause, days, one_of
from bot.store.sql.counting import bucket_of, next_bucket

_DAY = timedelta(days=1)
_LAST_DAY = date(9999, 12, 14)
"""Behind the bucket of the next day there is none."""
_MOST_NAMED = 240
_FEWEST_SHARED = 3
"""A reader is not troubled for fewer buckets."""


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
        *(one_of(column, values) for column, values in several.items() if values is not None),
    )


def asked_for(extent: Extent) -> frozenset[str]:
    """Which of DIMENSIONS an extent narrows."""
    given = {
        "agency": extent.agency is not None or extent.agencies is not None,
        "commune": extent.commune is not None,
        "code": extent.codes is not None,
        "channel": extent.channel is not None,
        "origin": extent.origin is not None,
    }
    return frozenset(name for name, is_given in given.items() if is_given)


@dataclass(frozen=True, slots=True)
class Span:
    """A period as whole buckets, more or less some days. `buckets`: the first days of the first and the last; None:
    none is taken. `more`, `less`: days from and to, both included."""

    buckets: tuple[date, date] | None
    more: tuple[tuple[date, date], ...] = ()
    less: tuple[tuple[date, date], ...] = ()


def span_of(first: date, last: date) -> Span:
    """Of a bucket at an end those days are read one by one that are fewer: the ones within, or the ones without."""
    # Before the first of all days there is none, and of that one nothing is kept.
    first = max(first, date.min + _DAY)
    if last < first:
        return Span(None)
    if last > _LAST_DAY:
        # Nobody asks for it; it is still answered.
        return Span(None, more=((first, last),))
    begins, ends = bucket_of(first), bucket_of(last)
    behind = next_bucket(ends)
    before, after = (begins, first - _DAY), (last + _DAY, behind - _DAY)
    if begins == ends:
        within = _length((first, last))
        if within <= _length(before) + _length(after):
            return Span(None, more=((first, last),))
        return Span((begins, ends), less=_not_empty(before, after))
    head, tail = (first, next_bucket(begins) - _DAY), (ends, last)
    more: list[tuple[date, date]] = []
    less: list[tuple[date, date]] = []
    if _length(head) <= _length(before):
        more.append(head)
        begins = next_bucket(begins)
    else:
        less.append(before)
    is_tail_read = _length(tail) <= _length(after)
    (more if is_tail_read else less).append(tail if is_tail_read else after)
    if is_tail_read:
        ends = bucket_of(ends - _DAY)
    return Span((begins, ends) if begins <= ends else None, _not_empty(*more), _not_empty(*less))


def _length(days: tuple[date, date]) -> int:
    return (days[1] - days[0]).days + 1


def _not_empty(*several: tuple[date, date]) -> tuple[tuple[date, date], ...]:
    return tuple(days for days in several if _length(days) > 0)


def shared_out(first: date, last: date, shares: int) -> tuple[tuple[date, date], ...]:
    """The buckets from one to another in as many parts, one behind the other; few stay together."""
    named = [first]
    while named[-1] < last:
        named.append(next_bucket(named[-1]))
    if len(named) < _FEWEST_SHARED * shares:
        return ((first, last),)
    cuts = [len(named) * n // shares for n in range(shares + 1)]
    return tuple((named[begin], named[end - 1]) for begin, end in pairwise(cuts))


def named_days(first: date, last: date) -> Clause:
    """The same, for few days: named one by one, so that the columns behind can be looked up as well."""
    if (last - first).days > _MOST_NAMED:
        return days(first, last)
    named = tuple((first + n * _DAY).isoformat() for n in range((last - first).days + 1))
    return Clause(f"day in ({', '.join('?' * len(named))})", named)


def buckets(first: date, last: date) -> Clause:
    """From one to another, both included: named one by one, so that the columns behind can be looked up as well."""
    named = [first]
    while named[-1] < last and len(named) <= _MOST_NAMED:
        named.append(next_bucket(named[-1]))
    if len(named) > _MOST_NAMED:
        return days(first, last, "bucket")
    return Clause(f"bucket in ({', '.join('?' * len(named))})", tuple(day.isoformat() for day in named))
