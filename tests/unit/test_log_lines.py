"""What is logged: names in snake_case and named values in the code, and names that exist in the documentation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.operations.messages.sending import SendError

ROOT = Path(__file__).resolve().parents[2]
LEVELS = {"debug", "info", "warning", "error", "critical", "log"}
OF_EVERY_LINE = {"time", "level", "logger", "event"}
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
_NAMED = re.compile(r"((?:`\w+`, )*`\w+`) in the log")
_ENDINGS = ("_failed", "_not_read")
"""What is put behind the name of what failed."""


@cache
def modules() -> dict[str, ast.Module]:
    paths = [path for folder in ("bot", "handlers") for path in sorted((ROOT / folder).rglob("*.py"))]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in paths}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a logger of ours, with its place."""
    for path, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "_log":
                    yield f"{path}:{node.lineno}", node


def test_there_are_lines() -> None:
    assert len(list(calls())) > 60


def test_every_line_has_a_name_and_nothing_else_without_a_name_of_its_own() -> None:
    wrong = [
        place
        for place, call in calls()
        if len(call.args) != (2 if isinstance(call.func, ast.Attribute) and call.func.attr == "log" else 1)
        or any(keyword.arg in OF_EVERY_LINE for keyword in call.keywords)
    ]
    assert wrong == []


def test_names_are_in_snake_case() -> None:
    names = {place: call.args[-1] for place, call in calls()}
    written = {place: node.value for place, node in names.items() if isinstance(node, ast.Constant)}
    assert {place: name for place, name in written.items() if not _NAME.fullmatch(str(name))} == {}


@cache
def texts() -> frozenset[str]:
    """Every text that stands in the code."""
    nodes = (node for module in modules().values() for node in ast.walk(module))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def exists(event: str) -> bool:
    """Whether it is logged under that name."""
    sent = {f"send_{kind.__name__.removesuffix('Error').lower()}" for kind in kinds(SendError)}
    made = any(event.endswith(ending) and event.removesuffix(ending) in texts() for ending in _ENDINGS)
    return event in texts() or event in sent or made


def kinds(of: type[Exception]) -> Iterator[type[Exception]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_event_that_is_documented_exists(path: Path) -> None:
    named = [name for found in _NAMED.findall(path.read_text("utf-8")) for name in re.findall(r"`(\w+)`", found)]
    assert [name for name in named if not exists(name)] == []


def test_events_are_documented() -> None:
    assert len(_NAMED.findall((ROOT / "docs" / "operations.md").read_text("utf-8"))) > 20
    assert [name for name in ("no_such_event", "no_such_thing_failed", "send_nothing") if exists(name)] == []
