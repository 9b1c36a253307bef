"""The counts that figures are made of, in SQLite: whole buckets as counted, the days at the ends from rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from bot.store.counting import KINDS, SUMS, rollup_for
from bot.store.figures import (
    EVERY_RATING,
    Count,
    Dimension,
    Extent,
    Narrowing,
    Obstacles,
    RatingPage,
    Use,
)
from bot.store.lanes import Readers
from bot.store.sqlite_behind import how_many, read_obstacles, read_rows
from bot.store.sqlite_clauses import Clause, both, days
from bot.store.sqlite_extent import among, asked_for, buckets, span_of

_KIND = ", ".join(KINDS)
_SUMS = ", ".join(f"sum({name})" for name in SUMS)


class SqliteFigures:
    """`bot.store.figures.Figures` says what the methods do."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def counts(self, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
        return await self._readers.run(lambda database: read_counts(database, extent, by))

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
    """What `Figures.counts` tells."""
    key = "''" if by is None else by.value
    rollup = rollup_for(asked_for(extent) | ({by.value} if by is not None else set()))
    asked = among(extent)
    parts: list[Clause] = []
    if rollup.time == "day":
        parts.append(_of_rollup(rollup.table, key, both((days(extent.first, extent.last), *asked))))
    else:
        span = span_of(extent.first, extent.last)
        if span.buckets is not None:
            parts.append(_of_rollup(rollup.table, key, both((buckets(*span.buckets), *asked))))
        for sign, ends in ((1, span.more), (-1, span.less)):
            for end in ends:
                condition = both((days(*end), *asked))
                parts.extend((_of_ratings(key, sign, condition), _of_askings(key, sign, condition)))
    if not parts:
        return ()
    found = database.execute(
        f"select key, {_KIND}, {_SUMS} from ({' union all '.join(part.sql for part in parts)}) "  # noqa: S608
        f"group by key, {_KIND} having max({', '.join(f'sum({name})' for name in SUMS)}) > 0 order by key, {_KIND}",
        [value for part in parts for value in part.values],
    )
    return tuple(_count(*row) for row in found.fetchall())


def _of_rollup(table: str, key: str, condition: Clause) -> Clause:
    return Clause(
        f"select {key} as key, {_KIND}, {', '.join(SUMS)} from {table} where {condition.sql}",  # noqa: S608
        condition.values,
    )


def _of_ratings(key: str, sign: int, condition: Clause) -> Clause:
    levels = ", ".join(f"{sign} * (level = {level}) as n{level}" for level in range(1, 6))
    return Clause(
        f"select {key} as key, {_KIND}, {levels}, 0 as asked, 0 as answered "  # noqa: S608
        f"from ratings where is_last = 1 and {condition.sql}",
        condition.values,
    )


def _of_askings(key: str, sign: int, condition: Clause) -> Clause:
    return Clause(
        f"select {key} as key, '' as scale, '' as filing, '' as mark, 0 as is_helped, 0 as n1, 0 as n2, 0 as n3, "  # noqa: S608
        f"0 as n4, 0 as n5, {sign} as asked, {sign} * is_answered as answered from askings where {condition.sql}",
        condition.values,
    )


def _count(key: str, scale: str, filing: str, mark: str, is_helped: int, *sums: int) -> Count:
    n1, n2, n3, n4, n5, asked, answered = sums
    return Count(key, scale, filing, mark, bool(is_helped), (n1, n2, n3, n4, n5), asked, answered)
