"""Texts in the cells of tables to download, as spreadsheets read them."""

from __future__ import annotations

import re

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets read UTF-8 as something else."""
NO_BREAK_SPACE = "\u00a0"
_SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"
"""What a formula begins with; spreadsheets of East Asia take the wide ones, too."""
FORMULA = (*_SIGNS, "\t", "\r", "\n")
_BEGUN_WITHIN = re.compile(rf"([,;|\t\r\n][ \"]*)(?=[{_SIGNS}])")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run as a formula.

    Also within it, behind what parts cells elsewhere: files are opened by spreadsheets that part them otherwise.
    """
    begun = f"'{cell}" if cell.startswith(FORMULA) else cell
    return _BEGUN_WITHIN.sub(r"\1'", begun)


def as_text(code: str) -> str:
    """A code that a spreadsheet does not take for a number: 1.000010 would lose its last nought.

    The no-break space behind it is not seen, and goes when blanks are stripped.
    """
    return code + NO_BREAK_SPACE
