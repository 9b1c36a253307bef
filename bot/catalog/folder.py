"""The files of a catalogue: from a folder, or as bytes from wherever they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.report import Report
from bot.catalog.schema import (
    ADDED_LATER,
    ALIASES_COLUMNS,
    ALIASES_FOLDER,
    COLUMNS,
    HELP_TOPICS,
    PROVINCE,
    SOURCES,
    header_of,
)
from bot.catalog.tables import Table, read_table
from bot.catalog.toml_files import TomlFile

Contents = Mapping[str, bytes]
"""The bytes of the files of a catalogue by path, relative and with slashes."""

_NO_DATA = frozenset({"README.md"})


@dataclass(frozen=True, slots=True)
class Folder:
    """`tables`: one for each file of the schema, read or not."""

    contents: Contents
    tables: dict[str, Table]
    aliases: tuple[Table, ...]
    report: Report

    def toml(self, path: str) -> TomlFile:
        return TomlFile(self.contents.get(path), path, self.report)

    def let_go(self) -> None:
        """Undo the circles between tables and their rows, so that what was read is freed without the collector."""
        for table in (*self.tables.values(), *self.aliases):
            table.rows.clear()


def make_folder(contents: Contents, report: Report) -> Folder:
    """Reads the tables; reports the files that are missing. Those of `ADDED_LATER` are empty then."""
    tables = {}
    for path, columns in COLUMNS.items():
        tables[path] = _table(contents, path, columns, report)
    aliases = tuple(
        read_table(content, path, ALIASES_COLUMNS, report)
        for path, content in contents.items()
        if path.startswith(f"{ALIASES_FOLDER}/")
    )
    for path in (PROVINCE, SOURCES, HELP_TOPICS):
        if path not in contents:
            report.add(path, 0, 0, "the file is missing", "a TOML file; see the README of the shipped data")
    return Folder(contents, tables, aliases, report)


def read_contents(directory: Path, report: Report) -> Contents:
    """Every file below `directory`; reports those that cannot be read, and those that lie elsewhere in truth."""
    contents = {}
    here = directory.resolve()
    for file in sorted(directory.rglob("*")):
        path = file.relative_to(directory)
        if not file.is_file() or path.name in _NO_DATA or any(part.startswith(".") for part in path.parts):
            continue
        if not file.resolve().is_relative_to(here):
            # Somebody else's folder would show what only this machine may read.
            report.add(path.as_posix(), 0, 0, "the file is a link out of the folder", "a file in the folder")
            continue
        try:
            contents[path.as_posix()] = file.read_bytes()
        except OSError as error:
            report.add(path.as_posix(), 0, 0, f"the file cannot be read ({error.strerror})", "a readable file")
    return contents


def _table(contents: Contents, path: str, columns: tuple[str, ...], report: Report) -> Table:
    content = contents.get(path, header_of(path) if path in ADDED_LATER else None)
    if content is None:
        report.add(path, 0, 0, "the file is missing", f"a CSV file with the columns {','.join(columns)}")
        return Table(path, columns, report)
    return read_table(content, path, columns, report)
