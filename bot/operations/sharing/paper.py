"""Sheets of paper: embedded letters, codes as vectors, words fitted into boxes. Black on white; in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from fpdf import FPDF

from bot.operations.fonts import MONO, SANS, embed
from bot.operations.sharing.fitting import Box, Fitted, Width, fit, fit_one_of
from bot.operations.squares import runs

POINT = 25.4 / 72
"""Millimetres of a point."""
LEADING = 1.18
"""How far lines stand apart, as a multiple of the type's size: room for the marks above capitals."""
MARGIN = 15.0
"""On A4: more than any home printer leaves out."""
_OVERLAP = 0.03
"""Millimetres by which rows of a code overlap, so that no light hair shows between them."""
_SIZES = {"a4": (210.0, 297.0), "a5": (148.0, 210.0)}
_MEASURED = 100.0
"""The size at which letters are measured: they grow evenly."""


class Paper(StrEnum):
    A4 = "a4"
    A5 = "a5"

    @property
    def scale(self) -> float:
        """Of lengths and of type, against A4."""
        return 1.0 if self is Paper.A4 else 2**-0.5


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes in points on A4."""

    largest: float
    smallest: float
    is_bold: bool = False
    family: str = SANS


class Sheet(FPDF):
    """Pages of one paper. Positions are given as on A4, and scaled."""

    def __init__(self, paper: Paper, title: str, language: str, made: date) -> None:
        super().__init__(format=_SIZES[paper.value])
        self.scale = paper.scale
        embed(self, (MONO, "B"))
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_title(title)
        self.set_lang(language)
        # The same words give the same file.
        self.set_creation_date(datetime.combine(made, time(), UTC))

    def width_of(self, kind: Type) -> Width:
        """In millimetres of A4, at a point."""
        self.set_font(kind.family, "B" if kind.is_bold else "", _MEASURED)
        return lambda text: self.get_string_width(text) / _MEASURED

    def fitted(self, names: Sequence[str], kind: Type, width: float, height: float) -> Fitted:
        """The first name that fits into a box of A4, else the first one with an ellipsis."""
        return fit_one_of(names, self._box(kind, width, height), self.width_of(kind))

    def whole(self, text: str, kind: Type, width: float, height: float) -> Fitted | None:
        return fit(text, self._box(kind, width, height), self.width_of(kind))

    def address(self, link: str, kind: Type, width: float) -> Fitted:
        """On one line where it fits, else cut where the paper ends: an address has no words."""
        whole = self.whole(link, kind, width, kind.largest * LEADING * POINT)
        if whole is not None:
            return whole
        many = int(width / kind.smallest / self.width_of(kind)("0"))
        return Fitted(tuple(link[start : start + many] for start in range(0, len(link), many)), kind.smallest)

    def write_lines(self, found: Fitted, kind: Type, x: float, y: float, width: float = 0, align: str = "L") -> float:
        """From the upper edge `y`; where the next thing may begin. With a `width`, aligned in it ("L" or "C")."""
        self.set_font(kind.family, "B" if kind.is_bold else "", found.size * self.scale)
        height = found.size * LEADING * POINT
        for line in found.lines:
            left = x if align == "L" else x + (width - self.get_string_width(line) / self.scale) / 2
            # Capitals with two marks reach higher than the size says.
            self.text(left * self.scale, (y + height * 0.82) * self.scale, line)
            y += height
        return y

    def rule(self, x: float, y: float, width: float, thick: float = 0.6) -> None:
        self.rect(x * self.scale, y * self.scale, width * self.scale, thick * self.scale, style="F")

    def code_square(self, link: str, x: float, y: float, side: float, said: str) -> None:
        """The code as rectangles, its light margin within `side`; where it is tapped, the link opens."""
        modules, dark = runs(link)
        module = side * self.scale / modules
        left, top = x * self.scale, y * self.scale
        self.set_fill_color(0)
        for column, row, length in dark:
            self.rect(
                left + column * module, top + row * module, length * module, module + _OVERLAP * self.scale, style="F"
            )
        self.link(left, top, side * self.scale, side * self.scale, link, alt_text=said)

    def _box(self, kind: Type, width: float, height: float) -> Box:
        return Box(width, height, kind.largest, kind.smallest, LEADING * POINT)


def heights(*found: Fitted) -> float:
    """How high fitted words are, in millimetres of A4."""
    return sum(len(one.lines) * one.size for one in found) * LEADING * POINT
