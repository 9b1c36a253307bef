"""What a cell may hold: each function gives the value, reports what is wrong, and then gives something harmless."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.catalog.report import quote
from bot.catalog.tables import Row

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTIAL_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")

_Kind = TypeVar("_Kind", bound=StrEnum)


def filled(row: Row, column: str) -> str:
    """The cell, which must not be empty."""
    if not row[column]:
        row.problem(column, f"{column} is empty", "something in it")
    return row[column]


def listed(row: Row, column: str) -> tuple[str, ...]:
    """A list separated by `; `; reports empty entries and entries given twice."""
    cell = row[column]
    if ";" not in cell:
        return (cell,) if cell else ()
    items = tuple(item.strip() for item in cell.split(";"))
    if not all(items):
        row.problem(column, f"an empty entry in {quote(cell)}", "entries separated by '; '")
    for item in dict.fromkeys(items):
        if item and items.count(item) > 1:
            row.problem(column, f"{quote(item)} stands twice in the list", "each entry once")
    return tuple(item for item in dict.fromkeys(items) if item)


def one_of(row: Row, column: str, kind: type[_Kind], fallback: _Kind) -> _Kind:
    """The cell as a member of an enumeration."""
    try:
        return kind(row[column])
    except ValueError:
        row.problem(column, f"{column} is {quote(row[column])}", f"one of {', '.join(kind)}")
        return fallback


def letters(row: Row, column: str, kind: type[_Kind]) -> frozenset[_Kind]:
    """The cell as a set of one-letter members of an enumeration."""
    known = {member.value: member for member in kind}
    cell = row[column]
    if set(cell) - known.keys() or len(set(cell)) != len(cell):
        row.problem(column, f"{column} is {quote(cell)}", f"letters of {''.join(known)}, each once")
    return frozenset(known[letter] for letter in cell if letter in known)


def word_of(row: Row, column: str, *known: str) -> str:
    """The cell, which must be one of the known words (an empty one among them, where that is allowed)."""
    if row[column] not in known:
        shown = ", ".join(word or "empty" for word in known)
        row.problem(column, f"{column} is {quote(row[column])}", f"one of {shown}")
        return known[0]
    return row[column]


def day(row: Row, column: str) -> date:
    """The cell as a date, YYYY-MM-DD."""
    cell = row[column]
    try:
        if _DAY.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    row.problem(column, f"{column} is {quote(cell)}", "a date such as 2026-10-03")
    return date.min


def partial_day(row: Row, column: str) -> str:
    """The cell as a date of which only the year, or the year and month, may be known; empty is allowed."""
    cell = row[column]
    if not cell:
        return cell
    try:
        if _PARTIAL_DAY.fullmatch(cell):
            date.fromisoformat(cell + "-01-01"[len(cell) - len("2026") :])
            return cell
    except ValueError:
        pass
    row.problem(column, f"{column} is {quote(cell)}", "a date such as 2026-10-03, 2026-10 or 2026")
    return cell


def slug(row: Row, column: str) -> str:
    """The cell as an id of ours: small ASCII letters, digits and single dashes."""
    if not _SLUG.fullmatch(row[column]):
        row.problem(column, f"{column} is {quote(row[column])}", "small ASCII letters, digits and dashes")
    return row[column]


def short(row: Row, column: str, limit: int) -> str | None:
    """The cell, of at most `limit` characters; None where empty."""
    cell = row[column]
    if len(cell) > limit:
        row.problem(column, f"{column} has {len(cell)} characters", f"at most {limit}")
    return cell or None
