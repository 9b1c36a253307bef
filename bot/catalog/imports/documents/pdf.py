"""PDFs with text: tables with lines around their cells, over any number of pages."""

from __future__ import annotations

import time
import warnings
from bisect import bisect_right
from dataclasses import dataclass
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.document import Document, Progress
from bot.catalog.imports.documents.packages import broken
from bot.catalog.imports.documents.pdf_streams import check_streams
from bot.catalog.imports.model import Grid, GridRow
from bot.errors import Unreadable, UnreadableFile

_Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the page's upper left corner."""
_SHARE_OF_A_SCAN = 0.5
"""A picture that covers so much of a page without a letter is what the page says."""
_LEAST_LETTERS = 200
"""A scan may bear a page number, and the words of a digital signature."""
_UNMAPPED = "(cid:"
_MOST_UNMAPPED = 20
_NEAR = 3.0
"""Points within which two lines of a table are one."""


def read_pdf(file: str, content: bytes, progress: Progress) -> Document:
    """The tables, named by page. Raises UnreadableFile."""
    check_streams(file, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(file, content, progress)
    except UnreadableFile:
        raise
    except Exception as error:
        # The reader raises whatever a broken file makes it stumble over.
        if _is_locked(error):
            raise UnreadableFile(
                file, Unreadable.PASSWORD, "the PDF is locked with a password", "Open it and print it to a new PDF"
            ) from error
        raise broken(file) from error


def _is_locked(error: BaseException) -> bool:
    inner = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    return isinstance(inner, PDFPasswordIncorrect)


def _read(file: str, content: bytes, progress: Progress) -> Document:
    with pdfplumber.open(BytesIO(content)) as pdf:
        pages = pdf.pages
        if len(pages) > limits.MOST_PAGES:
            what = f"the PDF has {len(pages)} pages, more than {limits.MOST_PAGES}"
            raise UnreadableFile(file, Unreadable.TOO_LARGE, what, "Split it into several files")
        if not pages:
            raise broken(file)
        grids: list[Grid] = []
        title: list[str] = []
        pictures: list[int] = []
        deadline = time.monotonic() + limits.MOST_SECONDS
        for page in pages:
            if time.monotonic() > deadline:
                what = f"reading it takes more than {limits.MOST_SECONDS:.0f} seconds"
                raise UnreadableFile(file, Unreadable.TOO_LARGE, what, "Split it into several files")
            if _is_picture(page):
                pictures.append(page.page_number)
            else:
                title = _add_tables(file, page, grids, title)
            progress(sum(len(grid.rows) for grid in grids), None)
            page.close()
    _refuse_unless_whole(file, grids, title, pictures, len(pages))
    return Document(tuple(grids))


def _refuse_unless_whole(file: str, grids: list[Grid], title: list[str], pictures: list[int], pages: int) -> None:
    if pictures:
        which = "every page is a picture" if len(pictures) == pages else _pages(pictures)
        advice = (
            "Ask for the file it was printed from"
            if len(pictures) == pages
            else "A list could stand there. Ask for the file it was printed from, or print the other pages to a PDF"
        )
        raise UnreadableFile(file, Unreadable.SCAN, which, advice)
    words = [*title, *(cell for grid in grids for row in grid.rows for cell in row.cells)]
    if sum(word.count(_UNMAPPED) for word in words) > _MOST_UNMAPPED:
        what = "its letters cannot be told: the PDF does not say which letter a sign stands for"
        raise UnreadableFile(file, Unreadable.SCAN, what, "Ask for the file it was printed from")
    if not any(word.strip() for word in words):
        what = "there is no text in the PDF, only what looks like it"
        raise UnreadableFile(file, Unreadable.SCAN, what, "Ask for the file it was printed from")
    if not grids:
        what = "there is no table with lines in the PDF"
        raise UnreadableFile(file, Unreadable.NO_TABLE, what, "The list must stand in a table whose cells have lines")


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
    return f"page {shown} is a picture" if len(numbers) == 1 else f"pages {shown} are pictures"


def _is_picture(page: Page) -> bool:
    letters = sum(1 for char in page.chars if char["text"].strip())
    if letters >= _LEAST_LETTERS or not page.images:
        return False
    # Added up, because scanners also cut a page into strips.
    total = sum(abs(image["x1"] - image["x0"]) * abs(image["bottom"] - image["top"]) for image in page.images)
    return bool(total >= _SHARE_OF_A_SCAN * float(page.width) * float(page.height))


def _add_tables(file: str, page: Page, grids: list[Grid], title: list[str]) -> list[str]:
    """Adds the page's tables; gives the lines that stand behind the last of them."""
    lines = [(line["top"], line["text"].strip()) for line in page.extract_text_lines(return_chars=False)]
    tables = sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0]))
    at = 0.0
    for place, table in enumerate(tables, 1):
        top, bottom = table.bbox[1], table.bbox[3]
        title = title + [text for y, text in lines if at <= y < top - 1 and text]
        at = bottom
        rows = _rows(table)
        if rows:
            sheet = f"page {page.page_number}" + (f" table {place}" if len(tables) > 1 else "")
            grids.append(Grid(file, sheet, rows, tuple(title), wrapped=True, continues=True))
            title = []
    return title + [text for y, text in lines if y >= at and text]


@dataclass(frozen=True, slots=True)
class _Raster:
    """Where the lines of a table run: the left edges of its columns, the upper edges of its rows, in points."""

    lefts: tuple[float, ...]
    tops: tuple[float, ...]

    def places(self, box: _Box) -> tuple[range, range]:
        """The rows and the columns that a cell covers."""
        columns = range(self._at(self.lefts, box[0]), self._at(self.lefts, box[2] - 2 * _NEAR) + 1)
        rows = range(self._at(self.tops, box[1]), self._at(self.tops, box[3] - 2 * _NEAR) + 1)
        return rows, columns

    @staticmethod
    def _at(edges: tuple[float, ...], value: float) -> int:
        return max(0, bisect_right(edges, value + _NEAR) - 1)


def _rows(table: Table) -> tuple[GridRow, ...]:
    """The rows, with what stands in a merged cell at each place that it covers."""
    boxes: list[_Box] = [cell for row in table.rows for cell in row.cells if cell is not None]
    raster = _Raster(_edges([box[0] for box in boxes]), _edges([box[1] for box in boxes]))
    grid = [[""] * len(raster.lefts) for _ in raster.tops]
    texts = table.extract()
    for row, words in zip(table.rows, texts, strict=True):
        for box, text in zip(row.cells, words, strict=True):
            if box is None:
                continue
            rows, columns = raster.places(box)
            for y in rows:
                for x in columns:
                    grid[y][x] = text or ""
    numbered = (GridRow(number, tuple(cells)) for number, cells in enumerate(grid, 1))
    return tuple(row for row in numbered if any(cell.strip() for cell in row.cells))


def _edges(values: list[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)
