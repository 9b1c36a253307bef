"""What files of office programs have in common: zip files of XML that give the same bytes each time."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import Cell

from bot.texts.cells import FORMULA

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML cannot hold."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def dated(made: bytes, at: datetime) -> bytes:
    """The file, with this time (UTC) instead of the clock's: the same content gives the same file."""
    out = io.BytesIO()
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(io.BytesIO(made)) as book, ZipFile(out, "w", ZIP_DEFLATED) as made_again:
        for name in book.namelist():
            part = ZipInfo(name, at.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            content = book.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            made_again.writestr(part, content)
    return out.getvalue()


def put_text(cell: Cell, value: str) -> None:
    """A text, also where it looks like a formula; quoted, so that it stays one when somebody edits it."""
    cell.value = FORBIDDEN.sub("", value)
    cell.data_type = "s"
    if value.startswith(FORMULA):
        cell.quotePrefix = True
