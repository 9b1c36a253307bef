"""CSV as it is published: commas, semicolons or tabs, with or without a byte-order mark."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.document import STEP, Document, Progress
from bot.catalog.imports.model import Grid, GridRow
from bot.errors import Unreadable, UnreadableFile

SHEET = "table"
_SEPARATORS = (",", ";", "\t")
_LOOKED_AT = 200
_SAVE_AS = "Save it from Excel as 'CSV UTF-8 (Comma delimited)'"


def read_separated(file: str, content: bytes, progress: Progress) -> Document:
    """One table; `GridRow.number` is the line on which a record begins. Raises UnreadableFile."""
    text = _decode(file, content)
    total = text.count("\n") + 1
    rows: list[GridRow] = []
    for line, cells in _records(file, text, _separator(text)):
        if any(cell.strip() for cell in cells):
            rows.append(GridRow(line, cells))
        if len(rows) > limits.MOST_ROWS:
            raise UnreadableFile(
                file, Unreadable.TOO_LARGE, f"more than {limits.MOST_ROWS} rows", "Split it into several files"
            )
        if line % STEP == 0:
            progress(line, total)
    progress(total, total)
    return Document((Grid(file, SHEET, tuple(rows)),))


def _decode(file: str, content: bytes) -> str:
    plain = content.removeprefix(b"\xef\xbb\xbf")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(file, Unreadable.ENCODING, "the text is UTF-16, not UTF-8", _SAVE_AS)
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError as error:
        line = plain.count(b"\n", 0, error.start) + 1
        what = (
            f"line {line} is not UTF-8 (byte 0x{plain[error.start]:02x}); Vietnamese text of older programs is "
            "Windows-1258 or TCVN3, in which letters cannot be told apart for certain"
        )
        raise UnreadableFile(file, Unreadable.ENCODING, what, _SAVE_AS) from error
    odd = next((char for char in text if unicodedata.category(char) == "Cc" and char not in "\t\n\r\v\f\x85"), None)
    if odd is not None:
        line = text.count("\n", 0, text.index(odd)) + 1
        raise UnreadableFile(
            file,
            Unreadable.FOREIGN,
            f"this is no text: line {line} holds the character U+{ord(odd):04X}",
            "Lists are read from .xlsx, .docx, .pdf with text, and .csv: save it as one of these",
        )
    return text


def _separator(text: str) -> str:
    """The one that cuts most records of the beginning into the same number of cells."""
    best, best_score = _SEPARATORS[0], (0.0, 0)
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            widths = Counter(len(cells) for cells in islice(reader, _LOOKED_AT) if cells)
        except csv.Error:
            continue
        width, often = max(((w, n) for w, n in widths.items() if w > 1), key=lambda pair: pair[1], default=(0, 0))
        score = (often / max(1, widths.total()), width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _records(file: str, text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = f"the record that begins on line {line} is not CSV ({error})"
            raise UnreadableFile(file, Unreadable.BROKEN, what, _SAVE_AS) from error
        yield line, tuple(cells)
