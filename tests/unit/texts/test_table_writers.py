"""Whatever writes a table is known here, with what keeps a spreadsheet from running its cells."""

from __future__ import annotations

import ast
from pathlib import Path

BOT = Path(__file__).parents[3] / "bot"
_WRITERS = {"csv.writer", "csv.DictWriter", "Workbook"}
_GUARDS = {"harmless", "put_text"}
DOWNLOADS = {
    "operations/official_list/xlsx.py": "put_text",
    "operations/reports/csv_table.py": "harmless",
    "operations/reports/open_data.py": "harmless",
    "operations/reports/xlsx.py": "put_text",
    "web/pages/list_table.py": "harmless",
    "web/staff/team_pages.py": "harmless",
}
"""What people download, and by what each cell goes."""
REFUSED_BEFORE = {"operations/aliases.py": "harmless"}
"""Words that a spreadsheet would run are not taught in the first place: what is exported is read again as it is."""
OUR_OWN = {"catalog/decided.py", "catalog/imports/lines.py"}
"""Files of a catalogue in our own format, for this program to read: a changed cell would be another name."""


def used(file: Path) -> set[str]:
    """The names of functions that a file calls or hands on (`map(harmless, names)`)."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
            found |= {argument.id for argument in node.args if isinstance(argument, ast.Name)}
    return found


def test_every_writer_of_tables_is_one_of_these() -> None:
    found = {file.relative_to(BOT).as_posix(): used(file) for file in BOT.rglob("*.py")}
    writers = {name: names & _GUARDS for name, names in found.items() if names & _WRITERS}
    expected = {name: {guard} for name, guard in (DOWNLOADS | REFUSED_BEFORE).items()}
    assert writers == expected | {name: set() for name in OUR_OWN}
