"""docs/scale.md contradicts itself nowhere: what is worked out there is worked out again from what it is given."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.operations.messages.pacing import PACES
from bot.settings import Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scale.md").read_text("utf-8")
_INPUT = re.compile(r"^\| `(\w+)` \| ([\d.]+) \|", re.MULTILINE)
_RESULT = re.compile(r"^\| `(\w+)` \| `([^`]+)` \| ([\d.]+) \|", re.MULTILINE)
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
INPUTS = {name: float(value) for name, value in _INPUT.findall(PAGE)}
RESULTS = [(name, formula, value) for name, formula, value in _RESULT.findall(PAGE)]


def worked_out(node: ast.expr, known: Mapping[str, float]) -> float:
    match node:
        case ast.BinOp(left, sign, right):
            return _OPERATORS[type(sign)](worked_out(left, known), worked_out(right, known))
        case ast.Name(name):
            return known[name]
        case ast.Constant(int() | float() as value):
            return float(value)
    raise AssertionError(f"not arithmetic: {ast.unparse(node)}")


def known_before(name: str) -> dict[str, float]:
    """The inputs, and what was worked out above, unrounded."""
    known = dict(INPUTS)
    for other, formula, _ in RESULTS:
        if other == name:
            break
        known[other] = worked_out(ast.parse(formula, mode="eval").body, known)
    return known


@pytest.mark.parametrize(("name", "formula", "said"), RESULTS, ids=[name for name, *_ in RESULTS])
def test_what_is_worked_out_is_what_comes_of_the_inputs(name: str, formula: str, said: str) -> None:
    digits = len(said.partition(".")[2])
    found = worked_out(ast.parse(formula, mode="eval").body, known_before(name))
    assert f"{found:.{digits}f}" == said


def test_every_input_is_used_and_every_row_is_read() -> None:
    used = " ".join(formula for _, formula, _ in RESULTS)
    assert {name for name in INPUTS if not re.search(rf"\b{name}\b", used)} == set()
    assert len(INPUTS) + len(RESULTS) == len(re.findall(r"^\| `\w+` \|", PAGE, re.MULTILINE))


def test_what_stands_in_the_code_is_said_as_it_is() -> None:
    assert INPUTS["events_days"] == Settings.model_fields["keep_events_days"].default
    assert round(PACES["zalo_oa"].per_second) == 65
    assert PACES["telegram"].per_second < 30
