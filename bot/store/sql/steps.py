"""Steps that bring the tables up to date: what each does, and whether older versions of the program stand it.

Several versions run side by side while an installation is brought up to date, so a step only adds: tables, columns that
may be left out, indexes. Of anything else somebody has judged that it does no harm, and says why; and what no version
uses any more is removed one release later, by a step that says which release used it last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_JUDGED, _LAST_USED, _LEFT_OUT = "judged safe:", "last used by:", "left out:"
_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_NAME = r'"?(?P<name>\w+)"?'
_TABLE = r'"?(?P<table>\w+)"?'
_MAKES_TABLE = re.compile(rf"create table (?:if not exists )?{_NAME} ?\(.*", re.DOTALL)
_MAKES_INDEX = re.compile(
    rf"create (?P<unique>unique )?index (?:if not exists )?(?:{_NAME} )?on {_TABLE} ?\(.*", re.DOTALL
)
_ADDS_COLUMN = re.compile(rf"alter table {_TABLE} add (?:column )?{_NAME} (?P<kind>[^,;]*)")
_FILLS = re.compile(rf"insert into {_NAME}\b.*", re.DOTALL)
_CHANGES_ROWS = re.compile(rf"update {_TABLE} set (?P<what>.*?)(?: where .*)?", re.DOTALL)  # noqa: S608 - it reads SQL
_SET = re.compile(r"(\w+) ?=(?!=)")
_INNER = re.compile(r"'(?:[^']|'')*'|\([^()]*\)|\bcase\b(?:(?!\bcase\b).)*?\bend\b", re.DOTALL)
_MAKES_OTHER = re.compile(rf"create (?P<what>trigger|function) {_NAME}.*", re.DOTALL)
_ON_TABLE = re.compile(rf"\bon {_TABLE}")


@dataclass(frozen=True, slots=True)
class Change:
    """What one statement does, in words. `only_adds`: a program that does not know of it goes on as before."""

    words: str
    only_adds: bool


@dataclass(frozen=True, slots=True)
class Step:
    """`about`: what it is for. The three others say what is written at its head; empty where nothing is.

    `judged`: why it does no harm. `last_used_by`: the last release that used what it removes. `left_out`: where.
    """

    name: str
    about: str
    statements: tuple[str, ...]
    judged: str = ""
    last_used_by: str = ""
    left_out: str = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(_read(self.statements))

    @property
    def tables(self) -> tuple[str, ...]:
        """Those that it makes."""
        found = (_MAKES_TABLE.fullmatch(_plain(statement)) for statement in self.statements)
        return tuple(one["name"] for one in found if one)

    @property
    def is_safe(self) -> bool:
        """While the version before is still running."""
        return bool(self.judged) or all(change.only_adds for change in self.changes)


def described(name: str, text: str, statements: Iterable[str]) -> Step:
    """A step, with what is written at its head: lines about it, and those that begin with one of the marks."""
    about: list[str] = []
    marks = dict.fromkeys((_JUDGED, _LAST_USED, _LEFT_OUT), "")
    for line in map(str.strip, text.splitlines()):
        mark = next((mark for mark in marks if line.startswith(mark)), None)
        if mark is None:
            about.append(line)
        else:
            marks[mark] = line.removeprefix(mark).strip()
    words = " ".join(" ".join(about).split())
    return Step(name, words, tuple(statements), marks[_JUDGED], marks[_LAST_USED], marks[_LEFT_OUT])


def _read(statements: Iterable[str]) -> Iterator[Change]:
    own = _Own(set(), set())
    for statement in statements:
        yield _change(_plain(statement), own)


def _plain(statement: str) -> str:
    """In small letters, without comments, one blank between words."""
    kept = _COMMENT.sub(lambda found: found[0] if found[0].startswith("'") else " ", statement)
    return " ".join(kept.lower().split()).rstrip("; ")


@dataclass(frozen=True, slots=True)
class _Own:
    """What the step has made so far: tables, and columns with their table. Nobody works with them yet."""

    tables: set[str]
    columns: set[tuple[str, str]]


def _change(statement: str, own: _Own) -> Change:
    if found := _MAKES_TABLE.fullmatch(statement):
        own.tables.add(found["name"])
        return Change(f"makes the table {found['name']}", only_adds=True)
    if found := _MAKES_INDEX.fullmatch(statement):
        is_new = found["table"] in own.tables
        kind = "unique index" if found["unique"] else "index"
        waiting = "" if is_new else "; who writes there waits until it is made"
        words = f"makes the {kind} {found['name'] or ''} on {found['table']}{waiting}".replace("  ", " ")
        # What is unique all at once may be what an older version writes twice.
        return Change(words, only_adds=is_new or not found["unique"])
    if found := _ADDS_COLUMN.fullmatch(statement):
        kind = found["kind"]
        own.columns.add((found["table"], found["name"]))
        may_be_left_out = "not null" not in kind or "default" in kind
        plain = not re.search(r"\b(unique|references|check|primary)\b", kind)
        return Change(f"adds the column {found['name']} to {found['table']}", only_adds=may_be_left_out and plain)
    if found := _CHANGES_ROWS.fullmatch(statement):
        table, columns = found["table"], _SET.findall(_without_inner(found["what"]))
        is_own = bool(columns) and all((table, column) in own.columns for column in columns)
        return Change(f"fills {', '.join(columns)} of {table}" if is_own else statement, only_adds=is_own)
    if found := _FILLS.fullmatch(statement):
        return Change(f"writes rows into {found['name']}", only_adds=found["name"] in own.tables)
    if found := _MAKES_OTHER.fullmatch(statement):
        on = _ON_TABLE.search(statement)
        is_new = on is not None and on["table"] in own.tables and found["what"] == "trigger"
        return Change(f"makes the {found['what']} {found['name']}", only_adds=is_new)
    return Change(statement, only_adds=False)


def _without_inner(assignments: str) -> str:
    """Without texts, and without what stands in brackets or between `case` and `end`."""
    found, before = assignments, ""
    while found != before:
        found, before = _INNER.sub("?", found), found
    return found
