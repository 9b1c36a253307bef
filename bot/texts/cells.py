"""Texts in the cells of tables to download, as spreadsheets read them."""

from __future__ import annotations

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets read UTF-8 as something else."""
NO_BREAK_SPACE = "\u00a0"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_text(code: str) -> str:
    """A code that a spreadsheet does not take for a number: 1.000010 would lose its last nought.

    The no-break space behind it is not seen, and goes when blanks are stripped.
    """
    return code + NO_BREAK_SPACE
