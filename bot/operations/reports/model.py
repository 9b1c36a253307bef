"""What a report says, before it is a file: words, whole numbers and exact shares. Frozen, and can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from bot.ratings.charts.model import BarsChart, StandingChart, TrendChart
from bot.ratings.periods import Period


class ReportFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    PNG = "png"
    JSON = "json"


class Kind(StrEnum):
    """How a value is written. A bound is rounded away from the share, everything else never upwards."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    LOW = "low"
    HIGH = "high"
    POINTS = "points"
    """A difference of two shares, in percentage points."""


Value = str | int | Fraction | None
"""A text, a number of ratings, or a share in 0..1 (points: in percentage points). None: there is no data."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the summary. `id` is the same in every language."""

    id: str
    label: str
    kind: Kind
    value: Value


@dataclass(frozen=True, slots=True)
class Column:
    """`short`: the heading where a page is narrow; empty: not shown there."""

    id: str
    heading: str
    kind: Kind
    short: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` have a value for each column. `by` says what there is a row for each of."""

    by: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """`place`: whose figures they are. `made`: by whom and when, as a sentence; `made_at` in UTC.

    `table`: None where nothing is broken down. `notes`: sentences that belong on every report. `definitions`: a term
    and what it means. `demo`: the sentence that says that all of it is made up; empty where it is not.
    """

    language: str
    title: str
    place: str
    period: Period
    period_words: str
    made: str
    made_at: datetime
    demo: str
    facts: tuple[Fact, ...]
    table: Table | None
    trend: Table
    notes: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    standing: StandingChart
    months: TrendChart
    bars: BarsChart | None

    @property
    def picture(self) -> StandingChart | TrendChart | BarsChart:
        """The one that stands for the report in a chat."""
        if self.bars is not None:
            return self.bars
        return self.months if self.table is not None else self.standing
