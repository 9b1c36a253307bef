"""DejaVu, which has every Vietnamese letter: it comes with matplotlib, and is found without loading that."""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import MotCuaError

if TYPE_CHECKING:
    from fpdf import FPDF

SANS, MONO = "DejaVu", "DejaVuMono"
_FILES = {
    (SANS, ""): "DejaVuSans.ttf",
    (SANS, "B"): "DejaVuSans-Bold.ttf",
    (MONO, "B"): "DejaVuSansMono-Bold.ttf",
}


class FontError(MotCuaError):
    """The fonts are not installed: matplotlib brings them."""


def font_file(family: str = SANS, style: str = "") -> Path:
    """`style`: empty or "B". Raises FontError."""
    file = _folder() / _FILES[family, style]
    if not file.is_file():
        raise FontError(f"{file} is missing; install matplotlib again")
    return file


def embed(pages: FPDF, *more: tuple[str, str]) -> None:
    """Make DejaVu Sans and what else is named known to a document; it takes in the letters that are used.

    Raises FontError.
    """
    # It tells of each table of a font, at length.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    for family, style in ((SANS, ""), (SANS, "B"), *more):
        pages.add_font(family, style, font_file(family, style))


@cache
def _folder() -> Path:
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FontError("the fonts are not installed; install matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
