"""The table that is printed at the end: what was done to the assistant, how often, what held, and in figures."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

_HEAD = ("fault", "how often", "asserted", "figures")
_WIDTHS = (30, 12, 44, 62)


@dataclass(frozen=True, slots=True)
class Row:
    """`times`: how often, in words or digits. `asserted`: what fails the test if it is not so."""

    fault: str
    times: str
    asserted: str
    figures: str


@dataclass(slots=True)
class Report:
    """Filled by the tests; a test that fails has no row."""

    rows: list[Row] = field(default_factory=list)

    def add(self, fault: str, times: str, asserted: str, figures: str) -> None:
        self.rows.append(Row(fault, times, asserted, figures))

    def lines(self) -> list[str]:
        """One table, as wide as a wide terminal."""
        rule = "-+-".join("-" * width for width in _WIDTHS)
        lines = [*_lines(_HEAD), rule]
        for row in self.rows:
            lines += [*_lines((row.fault, row.times, row.asserted, row.figures)), rule]
        return lines


def _lines(cells: Sequence[str]) -> list[str]:
    wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, _WIDTHS, strict=True)]
    height = max(map(len, wrapped))
    padded = [cell + [""] * (height - len(cell)) for cell in wrapped]
    return [
        " | ".join(part.ljust(width) for part, width in zip(line, _WIDTHS, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]
