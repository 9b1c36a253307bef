"""The list as a decision prints it: appendices by tier, in sections by field. Frozen; words are ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.catalog.model import Tier

MAX_DECISION_CHARS = 60


class ListFormat(StrEnum):
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


class TierChoice(StrEnum):
    """Which appendices: of one tier, or all."""

    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"
    ALL = "all"

    @property
    def tiers(self) -> tuple[Tier, ...]:
        one = {TierChoice.PROVINCE: Tier.PROVINCE, TierChoice.COMMUNE: Tier.COMMUNE, TierChoice.OTHER: Tier.OTHER}
        return (one[self],) if self in one else tuple(Tier)


@dataclass(frozen=True, slots=True)
class Heading:
    """The decision that the list goes with: its number and its day, each where it is known."""

    decision: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A procedure with the bodies of one tier that offer it at one level. `agencies`: a line each."""

    number: int
    name: str
    code: str
    agencies: str
    level: str
    note: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (str(self.number), self.name, self.code, self.agencies, self.level, self.note)


@dataclass(frozen=True, slots=True)
class Section:
    """`title`: the field, numbered."""

    title: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """`heading`: the lines above the table, the first two in bold. `notes`: the lines below it."""

    tier: Tier
    sheet: str
    heading: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(len(section.rows) for section in self.sections)


@dataclass(frozen=True, slots=True)
class OfficialList:
    """`columns`: the headings of every table. `as_of`: the day that the services describe; files are dated by it."""

    title: str
    as_of: date
    columns: tuple[str, ...]
    appendices: tuple[Appendix, ...]


HEAD_LINES = 2
"""How many lines of a heading are in bold."""
WIDTHS = (0.045, 0.395, 0.085, 0.285, 0.09, 0.1)
"""The columns' shares of the width."""
