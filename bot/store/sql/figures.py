"""The counts that figures are made of, in SQL: whole buckets as counted, the days at the ends from rows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from bot.ratings.model import Filing, Mark
from bot.store.figures import (
    EVERY_RATING,
    Count,
    Dimension,
    Extent,
    Levels,
    Narrowing,
    Obstacles,
    RatingPage,
    Use,
)
from bot.store.sql.behind import how_many, read_obstacles, read_rows
from bot.store.sql.clauses import Clause, both, days
from bot.store.sql.counting import KINDS, SUMS, rollup_for
from bot.store.sql.extent import among, asked_for, buckets, named_days, shared_out, span_of
from bot.store.sql.session import Database, Readers

_KIND = ", ".join(KINDS)
_SUMS = ", ".join(f"sum({name})" for name in SUMS)
_GROUPS = ", ".join(str(n + 1) for n in range(1 + len(KINDS)))
_KEYS = 1 + len(KINDS)
_ROW_LEVELS = ", ".join(f"count(*) filter (where level = {level})" for level in range(1, 6))
_LEVEL_SUMS = ", ".join(f"sum(n{level})" for level in range(1, 6))
_IS_LAST = Clause("is_last = 1", ())
_NONE: Levels = (0, 0, 0, 0, 0)


class SqlFigures:
    """`bot.store.figures.Figures` says what the methods do."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def counts(self, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
        """A long period is shared out among the readers, as each has a processor of its own to add up on."""
        shares = _shares(extent, by, self._readers.threads)
        found = await asyncio.gather(*(self._readers.run(partial(_read_sums, share=share)) for share in shares))
        # Not on the loop, where others wait for their answers.
        return await self._readers.run(lambda _: _counts_of(found))

    async def counted(self, extent: Extent, by: Dimension, scale: str) -> Mapping[str, Levels]:
        return await self._readers.run(lambda database: read_counted(database, extent, by, scale))

    async def trend(self, extents: Sequence[Extent]) -> tuple[tuple[Count, ...], ...]:
        return await self._readers.run(lambda database: tuple(read_counts(database, each) for each in extents))

    async def rows(
        self, extent: Extent, only: Narrowing = EVERY_RATING, *, limit: int = 50, offset: int = 0
    ) -> RatingPage:
        def read(database: Database) -> RatingPage:
            total = how_many(read_counts(database, extent), only)
            return RatingPage(read_rows(database, extent, only, limit, offset) if offset < total else (), total)

        return await self._readers.run(read)

    async def obstacles(self, extent: Extent, *, limit: int = 100) -> Obstacles:
        return await self._readers.run(lambda database: read_obstacles(database, extent, limit))

    async def use(self, first: date, last: date, *, by_hour: bool = False) -> tuple[Use, ...]:
        hour = "cast(substr(hour, 12) as integer)" if by_hour else "null"

        def read(database: Database) -> tuple[Use, ...]:
            found = database.execute(
                f"select channel, status, {hour}, sum(n) from event_counts where hour between ? and ? "  # noqa: S608
                "group by 1, 2, 3 order by 1, 2, 3",
                [f"{first.isoformat()}T00", f"{last.isoformat()}T23"],
            )
            return tuple(Use(*row) for row in found.fetchall())

        return await self._readers.run(read)

    async def is_demonstration(self) -> bool:
        return await self._readers.run(
            lambda database: database.execute("select 1 from demonstration").fetchone() is not None
        )


def read_counts(database: Database, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
    """What `Figures.counts` tells, read by one."""
    return _counts_of([_read_sums(database, share) for share in _shares(extent, by, 1)])


_Sums = dict[tuple[Any, ...], Sequence[int]]
"""By key, scale, filing, mark and is_helped: what SUMS are."""
_Share = Sequence[tuple[int, Clause]]
"""Queries of such sums, each with the sign that they are added with."""


def _shares(extent: Extent, by: Dimension | None, readers: int) -> tuple[_Share, ...]:
    """What each of some readers reads; each query is summed up by itself, so that few rows are to be put together."""
    key = "''" if by is None else by.value
    queries: list[tuple[int, Clause]] = []
    for source, sign, condition in _sources(extent, by, readers):
        if source is not None:
            queries.append((sign, _sums(source, key, condition)))
        else:
            queries.extend(((sign, _ratings(key, condition)), (sign, _askings(key, condition))))
    return tuple(queries[n::readers] for n in range(readers) if queries[n::readers])


def _read_sums(database: Database, share: _Share) -> _Sums:
    sums: _Sums = {}
    for sign, query in share:
        rows = database.execute(query.sql, list(query.values)).fetchall()
        _add(sums, ((row[:_KEYS], row[_KEYS:]) for row in rows), sign)
    return sums


def _add(sums: _Sums, more: Iterable[tuple[tuple[Any, ...], Sequence[int]]], sign: int = 1) -> None:
    for kind, found in more:
        known = sums.get(kind)
        if known is None:
            sums[kind] = found if sign > 0 else [-each for each in found]
        else:
            sums[kind] = [before + sign * each for before, each in zip(known, found, strict=True)]


def _counts_of(shares: Sequence[_Sums]) -> tuple[Count, ...]:
    if not shares:
        return ()
    sums, *others = shares
    for other in others:
        _add(sums, other.items())
    return tuple(_count(kind, sums[kind]) for kind in sorted(sums) if any(sums[kind]))


def read_counted(database: Database, extent: Extent, by: Dimension, scale: str) -> dict[str, Levels]:
    """What `Figures.counted` tells."""
    kind = Clause("scale = ? and filing = ? and mark <> ?", (scale, Filing.ONLINE.value, Mark.ASIDE.value))
    sums: dict[str, Levels] = {}
    for source, sign, asked in _sources(extent, by):
        table, levels = (source, _LEVEL_SUMS) if source is not None else ("ratings", _ROW_LEVELS)
        condition = both((asked, kind, *([_IS_LAST] if source is None else [])))
        found = database.execute(
            f"select {by}, {levels} from {table} where {condition.sql} group by 1",  # noqa: S608 - our own names
            list(condition.values),
        )
        for key, *counted in found.fetchall():
            n1, n2, n3, n4, n5 = (before + sign * n for before, n in zip(sums.get(key, _NONE), counted, strict=True))
            sums[key] = (n1, n2, n3, n4, n5)
    return {key: sums[key] for key in sorted(sums) if any(sums[key])}


def _sources(extent: Extent, by: Dimension | None, readers: int = 1) -> Iterator[tuple[str | None, int, Clause]]:
    """Where it is read from: a roll-up, its buckets in parts for some readers, or (None) rows that are added or (-1)
    taken off."""
    rollup = rollup_for(asked_for(extent) | ({by.value} if by is not None else set()))
    asked = among(extent)
    if rollup.time == "day":
        yield rollup.table, 1, both((days(extent.first, extent.last), *asked))
        return
    span = span_of(extent.first, extent.last)
    if span.buckets is not None:
        for some in shared_out(*span.buckets, readers):
            yield rollup.table, 1, both((buckets(*some), *asked))
    for sign, ends in ((1, span.more), (-1, span.less)):
        for end in ends:
            yield None, sign, both((named_days(*end), *asked))


def _sums(table: str, key: str, condition: Clause) -> Clause:
    return Clause(
        f"select {key}, {_KIND}, {_SUMS} from {table} where {condition.sql} group by {_GROUPS}",  # noqa: S608
        condition.values,
    )


def _ratings(key: str, condition: Clause) -> Clause:
    return Clause(
        f"select {key}, {_KIND}, {_ROW_LEVELS}, 0, 0 from ratings "  # noqa: S608
        f"where is_last = 1 and {condition.sql} group by {_GROUPS}",
        condition.values,
    )


def _askings(key: str, condition: Clause) -> Clause:
    return Clause(
        f"select {key}, '', '', '', 0, 0, 0, 0, 0, 0, count(*), sum(is_answered) from askings "  # noqa: S608
        f"where {condition.sql} group by 1",
        condition.values,
    )


def _count(kind: tuple[Any, ...], sums: Sequence[int]) -> Count:
    key, scale, filing, mark, is_helped = kind
    n1, n2, n3, n4, n5, asked, answered = sums
    return Count(key, scale, filing, mark, bool(is_helped), (n1, n2, n3, n4, n5), asked, answered)
