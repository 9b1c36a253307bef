"""What is read from published lists, what is found in it, and what a person decides about it: frozen, free of I/O.

file → `Grid` (cells as they stand) → `Reading` (what the columns are, and a `Listed` for each row)
→ `Finding`s (what does not go without saying, each with a proposal) → `Decision`s → the files of a new catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.catalog.model import OnlineLevel, Tier


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where something stands. `sheet`: a sheet's name, a table's number in a document; `row`: counted from 1."""

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.sheet}:{self.row}"


@dataclass(frozen=True, slots=True)
class GridRow:
    """`cells`: as they stand, merged ones repeated; no repair, not even of blanks."""

    number: int
    cells: tuple[str, ...]
    struck: frozenset[int] = frozenset()
    """Places, from 0, of cells whose words are all struck through."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a file. `title`: the words that stand above it ("Phụ lục I …"), one line each."""

    file: str
    sheet: str
    rows: tuple[GridRow, ...]
    title: tuple[str, ...] = ()
    wrapped: bool = False
    """The line breaks in cells are the page's, not the writer's (PDF)."""
    continues: bool = False
    """It may go on with the table before it: tables of a document, not sheets of a workbook."""


class Column(StrEnum):
    """What a column of a published list holds."""

    NUMBER = "number"
    CODE = "code"
    SERVICE_CODE = "service_code"
    NAME = "name"
    FIELD = "field"
    AGENCY = "agency"
    LEVEL = "level"
    FULL = "full"
    """Marked where the service is full-process ("X")."""
    PARTIAL = "partial"
    OLD_THREE = "old_three"
    """Marked where the service was of level 3 of the old lists."""
    OLD_FOUR = "old_four"
    TIER = "tier"
    AT_PROVINCE = "at_province"
    """Marked where the province handles it."""
    AT_DISTRICT = "at_district"
    AT_COMMUNE = "at_commune"
    MINISTRY = "ministry"
    STATUS = "status"
    NOTE = "note"


class ListTier(StrEnum):
    """Whose list a table is. DISTRICT: of the level that ended on 1 July 2025; each row needs a person's decision."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"
    """Of bodies that are not the province's: the military, insurance, banks."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list. What was written stays as it was written beside what it was read as.

    `code`: canonical, or None where it is neither written so nor in a form that certainly means the same
    (`1.001193.01`, `1.001193.H99`, `1.001193.000.00.00.H99`). `agencies`: the lines of the cell, tidied; or codes and
    ranges of codes, as our own files name them. `level`: None: not said, or not in today's words; `level_is_blank`: the
    table has a place for it, and nothing stands there. `tier`: the province's, a commune's; None: not said, or several,
    or none that is known, which `tier_written` and `tier_is_known` tell. `trial`: None: the table does not say.
    """

    spot: Spot
    code: str | None
    code_written: str
    name: str
    field: str = ""
    agencies: tuple[str, ...] = ()
    level: OnlineLevel | None = None
    level_written: str = ""
    tier: Tier | None = None
    list_tier: ListTier = ListTier.UNKNOWN
    service_code: str = ""
    trial: bool | None = None
    tier_written: str = ""
    ministry: str = ""
    level_is_blank: bool = False
    tier_is_known: bool = True
    is_struck: bool = False
    """Its code or its name is struck through."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table as it was understood, to be shown before anything happens. `columns`: the heading as written."""

    file: str
    sheet: str
    columns: Mapping[Column, str]
    ignored: tuple[str, ...]
    """Headings that say nothing to us."""
    list_tier: ListTier
    rows: int
    through: str = ""
    """The table in which it ends, where it goes on over several (pages of a PDF)."""


class FindingKind(StrEnum):
    UNREADABLE = "unreadable"
    """A row without a code or a name."""
    CODE_FORM = "code_form"
    """A code that is not written N.NNNNNN; proposed is what it may be."""
    STRUCK = "struck"
    """A row that somebody has struck through, as people do with what is abolished."""
    INTERNAL_CODE = "internal_code"
    """5.… and 6.… are between state bodies, and never shown."""
    TWO_NAMES = "two_names"
    RENAMED = "renamed"
    DUPLICATE = "duplicate"
    LEVEL_WORSE = "level_worse"
    OLD_LEVEL = "old_level"
    """Level 3 or 4 of the old lists."""
    LEVEL_UNKNOWN = "level_unknown"
    """Words that are no level."""
    LEVEL_BLANK = "level_blank"
    """The list has a place for the level, and says none where the catalogue has one."""
    TIER_UNKNOWN = "tier_unknown"
    """Words in a column of tiers that are none of the province's, where no agency is named."""
    AGENCY_UNKNOWN = "agency_unknown"
    FIELD_UNKNOWN = "field_unknown"
    DISTRICT = "district"
    """A row of a list of former districts."""
    REMOVED = "removed"
    """It stands in the catalogue's list, and not in this one."""


class Action(StrEnum):
    """What is done about a finding."""

    USE = "use"
    """Take `value` for what stands there."""
    KEEP = "keep"
    """Leave the catalogue as it is in this."""
    LEAVE_OUT = "leave_out"
    """Leave the row out."""
    REMOVE = "remove"
    """It is in the list no longer; `value`: the code that took its place, or empty."""
    ASK = "ask"
    """There is nothing to propose: a person has to say."""


@dataclass(frozen=True, slots=True)
class Answer:
    action: Action
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`id`: the same each time the same files are compared with the same catalogue. `written`: what the list says;
    `known`: what the catalogue says. `choices`: the other answers that make sense.
    """

    id: str
    kind: FindingKind
    spot: Spot | None
    code: str
    written: str
    known: str
    proposal: Answer
    choices: tuple[Answer, ...] = ()


class NoteKind(StrEnum):
    """What whoever hands in a file may not expect."""

    HIDDEN_SHEET = "hidden_sheet"
    """Not read."""
    HIDDEN_ROWS = "hidden_rows"
    """Read like the others."""
    NO_VALUES = "no_values"
    """Cells with formulas whose values the file does not keep: they are read as empty."""
    NO_LIST = "no_list"
    """A table that is none, not read."""
    NO_ROWS = "no_rows"
    """Headings without rows: not taken."""
    ABOLISHED = "abolished"
    """Rows under a title of what is abolished: not taken."""


@dataclass(frozen=True, slots=True)
class Note:
    """`count`: of rows or cells; 0: does not matter. `seen`: words of a table, for finding it."""

    kind: NoteKind
    file: str
    sheet: str
    count: int = 0
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one or several files. `unread`: rows that could not be made a `Listed` of."""

    parts: tuple[Part, ...]
    rows: tuple[Listed, ...]
    unread: tuple[Finding, ...] = ()
    files: tuple[str, ...] = field(default=())
    notes: tuple[Note, ...] = ()
