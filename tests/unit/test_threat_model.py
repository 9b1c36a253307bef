"""Each row of the threat model names tests, and they are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")
_COLUMNS = ["who, and how", "wants", "what stops them", "tests", "what remains"]


def rows(text: str) -> list[list[str]]:
    """The cells of each row of the tables with a column of tests."""
    found: list[list[str]] = []
    is_inside = False
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            is_inside = False
        elif "tests" in cells:
            assert cells == _COLUMNS
            is_inside = True
        elif is_inside and not line.startswith("|---"):
            found.append(cells)
    return found


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests of a file, `Class::test_…` where they stand in one."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        before = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        for one in inside:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_"):
                found.add(before + one.name)
    return frozenset(found)


def faults(text: str) -> list[str]:
    """What is wrong with the rows."""
    found = []
    for cells in rows(text):
        who = cells[0]
        if len(cells) != len(_COLUMNS) or not all(cells):
            found.append(f"{who}: {len(cells)} cells, or an empty one")
            continue
        named = _TEST.findall(cells[3])
        if not named or len(named) != len(re.split("<br>", cells[3])):
            found.append(f"{who}: no test, or what is none")
        found += [f"{who}: there is no {path}::{name}" for path, name in named if name not in names_in(path)]
    return found


def test_each_row_names_tests_that_are_there() -> None:
    text = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
    assert faults(text) == []
    assert len(rows(text)) >= 40


HEAD = "| who, and how | wants | what stops them | tests | what remains |\n|---|---|---|---|---|\n"
OWN = "tests/unit/test_threat_model.py"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (f"| a | b | c | `{OWN}::test_each_row_names_tests_that_are_there` | — |", []),
        ("| a | b | c | — | d |", ["a: no test, or what is none"]),
        ("| a | b | c |  | d |", ["a: 5 cells, or an empty one"]),
        (f"| a | b | c | `{OWN}::test_none` | d |", [f"a: there is no {OWN}::test_none"]),
        ("| a | b | c | `tests/none.py::test_x` | d |", ["a: there is no tests/none.py::test_x"]),
        (f"| a | b | c | `{OWN}::rows` | d |", [f"a: there is no {OWN}::rows"]),
        ("| a | b | c | d |", ["a: 4 cells, or an empty one"]),
    ],
)
def test_what_is_wrong_is_found(row: str, found: list[str]) -> None:
    assert faults(f"text\n\n{HEAD}{row}\n") == found
