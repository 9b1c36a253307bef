"""The rows behind a number, without whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.ratings.model import Filing, Flag, Identity, Mark, Origin, Reason, Subject
from bot.store.figures import Count, Extent, Narrowing, Obstacles, OwnWords, RatingRow
from bot.store.sql.clauses import Clause, both, days
from bot.store.sql.extent import among
from bot.store.sql.session import Database

_ROWS = """
    select id, at, day, code, service, agency, commune, channel, origin, scale, level, filing, is_helped, identity,
    flags, mark, comment, may_be_told, catalogue_version
    from ratings where is_last = 1 and {} order by day desc, id desc limit ? offset ?
"""
_REASONS = "select reason, count(*) from obstacles where {} group by reason order by count(*) desc, reason"
_WORDS = """
    select day, code, agency, commune, channel, reason, words from obstacles where {} and words <> ''
    order by day desc, id desc limit ?
"""


def read_rows(database: Database, extent: Extent, only: Narrowing, limit: int, offset: int) -> tuple[RatingRow, ...]:
    asked = both((days(extent.first, extent.last), *among(extent), *_narrowed(only)))
    found = database.execute(_ROWS.format(asked.sql), [*asked.values, limit, offset])
    return tuple(_row(row) for row in found.fetchall())


def how_many(counts: tuple[Count, ...], only: Narrowing) -> int:
    """How many ratings there are, from what was counted: the rows need not be read."""
    lowest, highest = max(1, only.lowest or 1), 5 if only.highest is None else max(0, only.highest)
    return sum(
        sum(count.levels[lowest - 1 : highest])
        for count in counts
        if (only.scale is None or only.scale == count.scale)
        and (only.filing is None or only.filing == count.filing)
        and (only.mark is None or only.mark == count.mark)
        and (only.is_helped is None or only.is_helped == count.is_helped)
        and (only.is_aside is None or only.is_aside == (count.mark == Mark.ASIDE))
    )


def read_obstacles(database: Database, extent: Extent, limit: int) -> Obstacles:
    """What `Figures.obstacles` tells."""
    asked = both((days(extent.first, extent.last), *among(extent, has_origin=False)))
    reasons = database.execute(_REASONS.format(asked.sql), list(asked.values)).fetchall()
    words = database.execute(_WORDS.format(asked.sql), [*asked.values, limit]).fetchall()
    return Obstacles(
        tuple((Reason(reason), count) for reason, count in reasons),
        tuple(
            OwnWords(date.fromisoformat(day), Subject(code, "", agency, commune), channel, Reason(reason), said)
            for day, code, agency, commune, channel, reason, said in words
        ),
    )


def _narrowed(only: Narrowing) -> Iterator[Clause]:
    if only.lowest is not None:
        yield Clause("level >= ?", (only.lowest,))
    if only.highest is not None:
        yield Clause("level <= ?", (only.highest,))
    for column, value in (("scale", only.scale), ("filing", only.filing), ("mark", only.mark)):
        if value is not None:
            yield Clause(f"{column} = ?", (value,))
    if only.is_helped is not None:
        yield Clause("is_helped = ?", (int(only.is_helped),))
    if only.is_aside is not None:
        yield Clause("mark = ?" if only.is_aside else "mark <> ?", (Mark.ASIDE.value,))


def _row(row: tuple[str, ...]) -> RatingRow:
    number, at, day, code, service, agency, commune, channel, origin, scale, level, filing, is_helped = row[:13]
    identity, flags, mark, comment, may_be_told, version = row[13:]
    return RatingRow(
        int(number),
        datetime.fromisoformat(at),
        date.fromisoformat(day),
        Subject(code, service, agency, commune),
        channel,
        Origin(origin),
        scale,
        int(level),
        Filing(filing),
        bool(is_helped),
        Identity(identity),
        tuple(map(Flag, flags.split())),
        Mark(mark),
        comment,
        bool(may_be_told),
        version,
    )
