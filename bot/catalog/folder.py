"""The files of a catalogue's folder, read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.catalog.report import Report
from bot.catalog.schema import ALIASES_COLUMNS, ALIASES_FOLDER, COLUMNS, HELP_TOPICS, PROVINCE, SOURCES
from bot.catalog.tables import Table, read_table
from bot.catalog.toml_files import TomlFile

_NO_DATA = frozenset({"README.md"})


@dataclass(frozen=True, slots=True)
class Folder:
    """`contents`: bytes by path, relative and with slashes. `tables`: one for each file of the schema, read or not."""

    contents: dict[str, bytes]
    tables: dict[str, Table]
    aliases: tuple[Table, ...]
    report: Report

    def toml(self, path: str) -> TomlFile:
        return TomlFile(self.contents.get(path), path, self.report)


def read_folder(directory: Path, report: Report) -> Folder:
    """Reads every file below `directory`; reports the ones that are missing or cannot be read."""
    contents = _contents(directory, report)
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


def _contents(directory: Path, report: Report) -> dict[str, bytes]:
    contents = {}
    for file in sorted(directory.rglob("*")):
        path = file.relative_to(directory)
        if not file.is_file() or path.name in _NO_DATA or any(part.startswith(".") for part in path.parts):
            continue
        try:
            contents[path.as_posix()] = file.read_bytes()
        except OSError as error:
            report.add(path.as_posix(), 0, 0, f"the file cannot be read ({error.strerror})", "a readable file")
    return contents


def _table(contents: dict[str, bytes], path: str, columns: tuple[str, ...], report: Report) -> Table:
    content = contents.get(path)
    if content is None:
        report.add(path, 0, 0, "the file is missing", f"a CSV file with the columns {','.join(columns)}")
        return Table(path, columns, report)
    return read_table(content, path, columns, report)
