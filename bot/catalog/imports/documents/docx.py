"""Documents of Word: every table in order, with the words above it.

python-docx opens the package. The cells are gone through here, because its own way through merged rows takes time with
the square of their number, and passes over rows and words inside content controls and tracked insertions.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.document import STEP, Document, Progress
from bot.catalog.imports.documents.packages import broken
from bot.catalog.imports.model import Grid, GridRow
from bot.errors import Unreadable, UnreadableFile

_BODY = (qn("w:p"), qn("w:tbl"))
_PARAGRAPH, _TABLE = _BODY
_ROW, _CELL = qn("w:tr"), qn("w:tc")
_WORDS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT = qn("w:t")
_WRAPPERS = frozenset(
    qn(name)
    for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:hyperlink", "w:r")
)
"""What may stand around rows, cells and words, and is looked through. Deleted words are in none of these."""
_RUN = qn("w:r")
_STRIKES = (qn("w:strike"), qn("w:dstrike"))
_VALUE = qn("w:val")
_NOT = frozenset({"0", "false", "off"})
_MOST_COLUMNS_OF_A_TABLE = 63
"""Word allows no more; a cell that claims to be wider is not believed."""
_MOST_DEEP = 20


def read_docx(file: str, content: bytes, progress: Progress) -> Document:
    """The tables, numbered from 1 in the order in which they begin. Raises UnreadableFile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(file, docx.Document(BytesIO(content)).element.body, progress)
    except UnreadableFile:
        raise
    except Exception as error:
        # The reader raises whatever a broken file makes it stumble over.
        raise broken(file) from error


def _read(file: str, body: BaseOxmlElement, progress: Progress) -> Document:
    total = sum(1 for _ in body.iter(_ROW))
    grids: list[Grid] = []
    title: list[str] = []
    done = 0
    for block in _inside(body, _BODY):
        if block.tag == _PARAGRAPH:
            title.extend(line.strip() for line in _words(block).split("\n") if line.strip())
            continue
        for table in block.iter(_TABLE):
            # A table in a cell of another is a table of its own: letters are often laid out so.
            rows = _rows(file, table, len(grids) + 1)
            grids.append(Grid(file, f"table {len(grids) + 1}", rows, tuple(title), continues=True))
            title = []
            before, done = done, min(total, done + len(rows))
            if before // STEP != done // STEP:
                progress(done, total)
    progress(total, total)
    if not grids:
        raise UnreadableFile(
            file, Unreadable.NO_TABLE, "there is no table in the document", "The list must stand in a table"
        )
    return Document(tuple(grids))


def _inside(element: BaseOxmlElement, wanted: tuple[str, ...], depth: int = 0) -> Iterator[BaseOxmlElement]:
    """The nearest elements of the wanted kinds, in order."""
    for child in element.iterchildren():
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS and depth < _MOST_DEEP:
            yield from _inside(child, wanted, depth + 1)


def _rows(file: str, table: BaseOxmlElement, number: int) -> tuple[GridRow, ...]:
    """The rows with every merged cell repeated."""
    rows: list[GridRow] = []
    above: tuple[str, ...] = ()
    struck_above: frozenset[int] = frozenset()
    may_be_struck = next(table.iter(*_STRIKES), None) is not None
    for place, row in enumerate(_inside(table, (_ROW,)), 1):
        if place > limits.MOST_ROWS:
            what = f"table {number} has more than {limits.MOST_ROWS} rows"
            raise UnreadableFile(file, Unreadable.TOO_LARGE, what, "Split it into several files")
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        cells: list[str] = [""] * _number(row, "w:trPr", "w:gridBefore", 0)
        struck: set[int] = set()
        for cell in _inside(row, (_CELL,)):
            at = len(cells)
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(_VALUE, "continue") == "continue"
            text = (above[at] if at < len(above) else "") if goes_on else _cell_text(cell)
            cells.extend([text] * max(1, _number(cell, "w:tcPr", "w:gridSpan", 1)))
            if may_be_struck and (at in struck_above if goes_on else _is_struck(cell)):
                struck.update(range(at, len(cells)))
        above, struck_above = tuple(cells), frozenset(struck)
        if any(text.strip() for text in above):
            rows.append(GridRow(place, above, struck_above))
    return tuple(rows)


def _number(element: BaseOxmlElement, properties: str, name: str, otherwise: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    if found is None:
        return otherwise
    return min(int(found.get(_VALUE, str(otherwise))), _MOST_COLUMNS_OF_A_TABLE)


def _cell_text(cell: BaseOxmlElement) -> str:
    """The cell's own paragraphs, one line each; tables inside it are read as tables of their own."""
    return "\n".join(_words(paragraph) for paragraph in _inside(cell, (_PARAGRAPH,)))


def _is_struck(cell: BaseOxmlElement) -> bool:
    """Whether all of its own words are struck through."""
    found = False
    for paragraph in _inside(cell, (_PARAGRAPH,)):
        for run in paragraph.iter(_RUN):
            if any((text.text or "").strip() for text in run.iter(_TEXT)):
                marks = [mark for name in _STRIKES for mark in run.findall(f"{qn('w:rPr')}/{name}")]
                if not any(mark.get(_VALUE) not in _NOT for mark in marks):
                    return False
                found = True
    return found


def _words(paragraph: BaseOxmlElement) -> str:
    found = _inside(paragraph, (_TEXT, *_WORDS))
    return "".join(_WORDS.get(part.tag) or part.text or "" for part in found)
