"""Reading a TOML file with the place of its keys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

from bot.catalog.report import Report, quote
from bot.catalog.tables import decode, split_lines, wrong_characters

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_SAID_PLACE = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)

_Value = TypeVar("_Value")
_Place = tuple[int, int]
_NAMES: dict[type, str] = {str: "text in quotes", list: "a list", date: "a date such as 2026-10-03"}


class TomlSection:
    """One table of a TOML file: gives checked values, and reports the missing and the wrong with their place."""

    def __init__(self, path: str, values: Mapping[str, object], places: Mapping[str, _Place], report: Report) -> None:
        self._path = path
        self._values = values
        self._places = places
        self._report = report

    def get(self, key: str, kind: type[_Value]) -> _Value | None:
        """The value of `key`; None, and reported, where it is missing or of another kind."""
        value = self._values.get(key)
        expected = f"{key} = {_NAMES[kind]}"
        if value is None:
            self.problem(key, f"no {key}", expected)
            return None
        if not isinstance(value, kind) or isinstance(value, datetime):
            self.problem(key, f"{key} is not {_NAMES[kind]}", expected)
            return None
        return value

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        """The text of `key`, empty where it is missing or wrong."""
        value = self.get(key, str)
        if value is not None and not value.strip() and not may_be_empty:
            self.problem(key, f"{key} is empty", f"{key} = {_NAMES[str]}")
        if value is not None and (wrong := wrong_characters(value)):
            self.problem(key, *wrong)
        return value or ""

    def listed(self, key: str) -> tuple[str, ...]:
        """The texts in the list of `key`, each once; none where the key is missing. Reports anything else in it."""
        values = self.get(key, list) if key in self._values else None
        for value in values or ():
            if not isinstance(value, str) or not value:
                self.problem(key, f"{value!r} in {key}", "texts in quotes")
            elif (values or []).count(value) > 1:
                self.problem(key, f"{quote(value)} stands twice in {key}", "each entry once")
        return tuple(dict.fromkeys(value for value in values or () if isinstance(value, str) and value))

    def day(self, key: str) -> date:
        """The date of `key`; the first day of all where it is missing or wrong."""
        return self.get(key, date) or date.min

    def only(self, known: frozenset[str]) -> None:
        """Reports keys that nobody reads: most often a slip of spelling."""
        for key in sorted(self._values.keys() - known):
            self.problem(key, f"unknown key {key}", f"one of {', '.join(sorted(known))}")

    def problem(self, key: str, what: str, expected: str) -> None:
        """Reports at the key, or at the section's header where the key is missing."""
        line, column = self._places.get(key) or self._places.get("", (1, 1))
        self._report.add(self._path, line, column, what, expected)


class TomlFile:
    """A parsed TOML file. One that is missing (`content` is None) or does not parse is `broken`.

    What is broken is reported once, as a whole, and then keeps silent about the keys that it lacks.
    """

    def __init__(self, content: bytes | None, path: str, report: Report) -> None:
        self.path = path
        text = "" if content is None else decode(content, path, report)
        parsed = None if content is None else _parse(text, path, report)
        self.broken = parsed is None
        self._report = Report() if self.broken else report
        self._values = parsed or {}
        self._places = _places(text)

    def top(self) -> TomlSection:
        """The keys above all tables."""
        return self._section("", 0, self._values)

    def section(self, name: str) -> TomlSection:
        """The table `[name]`; empty, and reported, where there is none."""
        values = self._values.get(name)
        if isinstance(values, dict):
            return self._section(name, 0, values)
        self._report.add(self.path, 1, 1, f"no table [{name}]", f"a table [{name}]")
        return TomlSection(self.path, {}, {}, Report())

    def sections(self, name: str) -> list[TomlSection]:
        """The tables `[[name]]`, in order; reported where there are none."""
        values = self._values.get(name)
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self._report.add(self.path, 1, 1, f"no tables [[{name}]]", f"tables [[{name}]]")
            return []
        return [self._section(name, number, value) for number, value in enumerate(values)]

    def _section(self, name: str, number: int, values: Mapping[str, object]) -> TomlSection:
        return TomlSection(self.path, values, self._places.get((name, number), {}), self._report)


def _parse(text: str, path: str, report: Report) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = _SAID_PLACE.fullmatch(str(error))
        lines = split_lines(text) or [""]
        line, column = (int(said[2]), int(said[3])) if said else (len(lines), len(lines[-1].rstrip("\n")) + 1)
        reason = said[1] if said else str(error).removesuffix(" (at end of document)")
        report.add(path, line, column, f"not TOML ({reason})", "valid TOML")
        return None


def _places(text: str) -> dict[tuple[str, int], dict[str, _Place]]:
    """Line and column of every key, by (table, number of that table); the table's header under the key ""."""
    places: dict[tuple[str, int], dict[str, _Place]] = {("", 0): {"": (1, 1)}}
    current, counts = places["", 0], dict[str, int]()
    for number, line in _outside_long_strings(text):
        if header := _HEADER.match(line):
            name = header[1]
            counts[name] = counts.get(name, -1) + 1
            place = (number, line.index("[") + 1)
            places["", 0].setdefault(name, place)
            current = places.setdefault((name, counts[name]), {"": place})
        elif key := _KEY.match(line):
            current.setdefault(key[1], (number, key.start(1) + 1))
    return places


def _outside_long_strings(text: str) -> Iterator[tuple[int, str]]:
    """Lines that do not lie inside a string of several lines."""
    inside = False
    for number, line in enumerate(split_lines(text), start=1):
        if not inside:
            yield number, line
        if (line.count('"""') + line.count("'''")) % 2:
            inside = not inside
