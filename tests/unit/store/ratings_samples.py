"""Ratings and askings for tests, and the slow way to figures: from every row, in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.ratings.model import Asking, Filing, Flag, Identity, Obstacle, Origin, Rating, Reason, Subject, Survey
from bot.ratings.periods import report_month_of
from bot.store.figures import Count, Dimension, Extent
from bot.store.interface import Event, Record
from bot.store.sql.counting import ROLLUPS, SUMS
from bot.store.sql.recount import recount
from tests.unit.store.engines import Place

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PERIOD = "2026-12"
SUBJECT = Subject("1.000001", "1.000001.01", "H27.01", "H27.100")
Line = dict[str, Any]
"""A row, by the names of its columns."""


def rating(person: str = "p", level: int = 3, **others: object) -> Rating:
    """One online rating from a card on the day of NOW; `others` are fields of Rating."""
    usual = Rating(
        NOW, PERIOD, person, SUBJECT, "web", Origin.CARD, "three", level, Filing.ONLINE, Identity.ACCOUNT, "v1"
    )
    return replace(usual, **others)  # type: ignore[arg-type]


def asking(person: str = "p", **others: object) -> Asking:
    return replace(Asking(NOW, PERIOD, person, SUBJECT, "web", Origin.CARD), **others)  # type: ignore[arg-type]


def obstacle(person: str = "p", reason: Reason = Reason.HARD, words: str = "", **others: object) -> Obstacle:
    return replace(Obstacle(NOW, person, SUBJECT, "web", reason, "v1", words), **others)  # type: ignore[arg-type]


def record(survey: Survey, person: str = "p", at: datetime = NOW, status: str = "rated") -> Record:
    return Record(Event(at, "web", person, status, (), "v1"), survey=survey)


_DAYS = st.integers(0, 75).map(lambda days: date.fromordinal(date(2026, 9, 20).toordinal() + days))
_CODES = ("1.000001", "1.000002", "2.000003")
_AGENCIES = ("H27.01", "H27.100", "H27.101", "")
_COMMUNES = ("H27.100", "H27.101", "")
_CHANNELS = ("web", "zalo_oa")


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """A rating, an asking, or both, of one of a few people on one of some days around two half months."""
    day = draw(_DAYS)
    at = datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), tzinfo=UTC)
    subject = Subject(
        draw(st.sampled_from(_CODES)), "", draw(st.sampled_from(_AGENCIES)), draw(st.sampled_from(_COMMUNES))
    )
    common: dict[str, object] = {
        "at": at,
        "period": report_month_of(at.date()).name,
        "subject": subject,
        "channel": draw(st.sampled_from(_CHANNELS)),
        "origin": draw(st.sampled_from(Origin)),
    }
    person = draw(st.sampled_from(("p", "q", "r", "s")))
    has_rating, has_asking = draw(st.sampled_from(((True, False), (False, True), (True, True))))
    given = rating(
        person,
        draw(st.integers(1, 3)),
        filing=draw(st.sampled_from(Filing)),
        is_helped=draw(st.booleans()),
        flags=draw(st.sampled_from(((), (Flag.TEST,)))),
        **common,
    )
    asked = asking(person, is_answered=draw(st.booleans()), **common)
    return Survey(asked if has_asking else None, given if has_rating else None)


@st.composite
def extents(draw: st.DrawFn) -> Extent:
    """Any days around those of `surveys`, with any of the filters."""
    first, last = sorted((draw(_DAYS), draw(_DAYS)))
    return Extent(
        first,
        last,
        draw(st.none() | st.frozensets(st.sampled_from(_AGENCIES))),
        draw(st.none() | st.frozensets(st.sampled_from(_CODES))),
        draw(st.none() | st.sampled_from(_AGENCIES)),
        draw(st.none() | st.sampled_from(_COMMUNES)),
        draw(st.none() | st.sampled_from(_CHANNELS)),
        draw(st.none() | st.sampled_from([origin.value for origin in Origin])),
    )


def is_within(extent: Extent, row: Line) -> bool:
    return (
        extent.first.isoformat() <= row["day"] <= extent.last.isoformat()
        and (extent.agencies is None or row["agency"] in extent.agencies)
        and (extent.codes is None or row["code"] in extent.codes)
        and all(
            wanted in (None, row[column])
            for column, wanted in (
                ("agency", extent.agency),
                ("commune", extent.commune),
                ("channel", extent.channel),
                ("origin", extent.origin),
            )
        )
    )


def slow_counts(place: Place, extent: Extent, by: Dimension | None = None) -> tuple[Count, ...]:
    """What `Figures.counts` must tell: every row is looked at, one by one."""
    sums: Counter[tuple[str, str, str, str, int, str]] = Counter()
    for row in read(place, "select * from ratings where is_last = 1", lambda row: is_within(extent, row)):
        kind = (row[by.value] if by else "", row["scale"], row["filing"], row["mark"], row["is_helped"])
        sums[(*kind, f"n{row['level']}")] += 1
    for row in read(place, "select * from askings", lambda row: is_within(extent, row)):
        kind = (row[by.value] if by else "", "", "", "", 0)
        sums[(*kind, "asked")] += 1
        sums[(*kind, "answered")] += row["is_answered"]
    return tuple(
        Count(
            *kind[:4],
            bool(kind[4]),
            (
                sums[(*kind, "n1")],
                sums[(*kind, "n2")],
                sums[(*kind, "n3")],
                sums[(*kind, "n4")],
                sums[(*kind, "n5")],
            ),
            sums[(*kind, "asked")],
            sums[(*kind, "answered")],
        )
        for kind in sorted({key[:5] for key in sums})
    )


def read(place: Place, statement: str, is_wanted: Callable[[Line], bool]) -> Iterator[Line]:
    with closing(place.connect()) as connection:
        rows: Any = connection.execute(statement)
        names = [name for name, *_ in rows.description]
        return filter(is_wanted, [dict(zip(names, row, strict=True)) for row in rows.fetchall()])


def rollups(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """Every roll-up, without the cells that came to nothing."""
    found = " or ".join(f"{name} <> 0" for name in SUMS)
    with closing(place.connect()) as connection:
        return {
            rollup.table: connection.execute(
                f"select * from {rollup.table} where {found} order by {', '.join(rollup.keys)}"  # noqa: S608
            ).fetchall()
            for rollup in ROLLUPS
        }


def recounted(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """The roll-ups, made anew from the rows."""
    with closing(place.connect()) as connection:
        connection.begin()
        recount(connection)
        connection.commit()
    return rollups(place)


def emptied(place: Place) -> Place:
    """Without what a store keeps of turns: for examples that share one, as making them takes longer."""
    kept = ("conversations", "events", "event_counts", "ratings", "askings", "obstacles", "cases", "shared_ratings")
    with closing(place.connect()) as connection:
        for table in (*kept, *(rollup.table for rollup in ROLLUPS)):
            connection.execute(f"delete from {table}")  # noqa: S608 - our own names
    return place
