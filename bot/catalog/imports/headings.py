"""What the columns of a table are, by their headings: in any order, case and spelling, over one row or several."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.catalog.codes import find_codes
from bot.catalog.imports.model import Column, Grid, GridRow
from bot.catalog.imports.words import EXACT_ONLY, EXACT_SYNONYMS, HEADINGS, OTHER_THINGS, plain

_LOOKED_AT = 40
"""Rows in which headings are looked for."""
_MOST_HEADING_ROWS = 3
_NUMBERED = re.compile(r"\(?[0-9a-zA-Z]{1,2}\)?(?:\s*=.*)?")
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Headings:
    """`places`: from 0; `written`: the heading of each as it stands, on one line. `last`: the place of their last row
    among the grid's rows; `ignored`: the other headings. `doubtful`: columns that two headings may be.
    """

    places: Mapping[Column, int]
    written: Mapping[Column, str]
    ignored: tuple[str, ...]
    first: int
    last: int
    doubtful: Mapping[Column, tuple[int, ...]]

    @property
    def is_enough(self) -> bool:
        """A list has codes and names; each must be one column."""
        return Column.NAME in self.places and (Column.CODE in self.places or Column.SERVICE_CODE in self.places)


@dataclass(frozen=True, slots=True, order=True)
class _Match:
    """How well a heading fits: word for word before one that goes on; then the better synonym."""

    goes_on: bool
    rank: int
    place: int


def find_headings(grid: Grid, start: int = 0) -> Headings | None:
    """The first row, from the place `start` on, that heads a list; None where there is none."""
    for place in range(start, min(len(grid.rows), start + _LOOKED_AT)):
        headings = headings_at(grid.rows, place)
        if headings is not None:
            return headings
    return None


def headings_at(rows: Sequence[GridRow], place: int) -> Headings | None:
    """The headings that begin in this row, if they head a list."""
    top = rows[place].cells
    if sum(1 for cell in top if _column_of(cell) is not None) < 2:
        return None
    lines = [top]
    while len(lines) <= _MOST_HEADING_ROWS and place + len(lines) < len(rows):
        below = rows[place + len(lines)].cells
        if not _heads_too(lines[-1], below):
            break
        lines.append(below)
    headings = _assign(rows, lines, place)
    return headings if headings.is_enough else None


def is_numbering(cells: Sequence[str]) -> bool:
    """A row that numbers the columns: (1) (2) (3), or A B 1 2."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 2 and len(set(filled)) > 2 and all(_NUMBERED.fullmatch(cell) for cell in filled)


def seen(grid: Grid) -> tuple[str, ...]:
    """What would be headings, for saying that they are none that we know: the first row of several different cells."""
    for row in grid.rows[:_LOOKED_AT]:
        different = tuple(dict.fromkeys(_one_line(cell) for cell in row.cells if cell.strip()))
        if len(different) > 1:
            return different
    return ()


def _heads_too(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row stands under merged headings and tells them apart ("Mức độ": "Toàn trình", "Một phần")."""
    if is_numbering(below):
        return False
    divides = False
    for place, cell in enumerate(below):
        over = above[place] if place < len(above) else ""
        if not cell.strip() or cell == over:
            continue
        if find_codes(cell) or not (_is_shared(above, place) or (not over.strip() and _column_of(cell))):
            return False
        divides = True
    return divides


def _is_shared(cells: Sequence[str], place: int) -> bool:
    """Whether a heading spans this place: it is repeated beside it, or an unmerged one stands before empty cells."""
    here = cells[place] if place < len(cells) else ""
    if here.strip():
        sides = [cells[side] for side in (place - 1, place + 1) if 0 <= side < len(cells)]
        return any(side == here or not side.strip() for side in sides)
    return any(cell.strip() for cell in cells[:place])


def _assign(rows: Sequence[GridRow], lines: Sequence[Sequence[str]], first: int) -> Headings:
    width = max(len(line) for line in lines)
    stacks = [_stack(lines, place) for place in range(width)]
    found: dict[Column, list[_Match]] = {}
    columns: list[Column | None] = []
    for place, stack in enumerate(stacks):
        column, match = _match_stack(stack, place)
        columns.append(column)
        if column is not None and match is not None:
            found.setdefault(column, []).append(match)
    last = first + len(lines) - 1
    places: dict[Column, int] = {}
    doubtful: dict[Column, tuple[int, ...]] = {}
    for column, matches in found.items():
        matches.sort()
        places[column] = matches[0].place
        rivals = [m.place for m in matches[1:] if (m.goes_on, m.rank) == (matches[0].goes_on, matches[0].rank)]
        rivals = [place for place in rivals if _differ(rows[last + 1 :], matches[0].place, place)]
        if rivals and column not in (Column.NOTE, Column.NUMBER):
            doubtful[column] = (matches[0].place, *rivals)
    taken = set(places.values())
    texts = [_one_line(" / ".join(dict.fromkeys(stack))) for stack in stacks]
    written = {column: texts[place] for column, place in places.items()}
    ignored = dict.fromkeys(text for place, text in enumerate(texts) if place not in taken and text)
    return Headings(
        places, written, tuple(text for text in ignored if text not in written.values()), first, last, doubtful
    )


def _stack(lines: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    """The headings over one column, from the top, each once; an unmerged one reaches over the empty cells behind it."""
    stack: list[str] = []
    for number, line in enumerate(lines):
        cell = line[place] if place < len(line) else ""
        if not cell.strip() and number + 1 < len(lines) and not _tops(lines, place):
            cell = next((line[left] for left in range(min(place, len(line)) - 1, -1, -1) if line[left].strip()), "")
        if cell.strip() and cell not in stack:
            stack.append(cell)
    return tuple(stack)


def _tops(lines: Sequence[Sequence[str]], place: int) -> bool:
    """Whether the lowest cell heads the column alone: then nothing reaches over it."""
    return not (place < len(lines[-1]) and lines[-1][place].strip())


def _match_stack(stack: Sequence[str], place: int) -> tuple[Column | None, _Match | None]:
    """The lowest heading says most; "3" under "Mức độ" is read with the one above."""
    tries = [*reversed(stack)]
    tries[1:1] = [f"{above} {below}" for above, below in pairwise(stack)][::-1]
    for text in tries:
        best = _best(plain(text[:_LONGEST_HEADING]))
        if best is not None:
            column, goes_on, rank = best
            return column, _Match(goes_on, rank, place)
    return None, None


def _differ(rows: Sequence[GridRow], one: int, other: int) -> bool:
    """Whether the second column says something else than the first."""
    for row in rows:
        second = row.cells[other].strip() if other < len(row.cells) else ""
        first = row.cells[one].strip() if one < len(row.cells) else ""
        if second and second != first:
            return True
    return False


def _column_of(cell: str) -> Column | None:
    best = _best(plain(cell[:_LONGEST_HEADING]))
    return None if best is None else best[0]


@lru_cache(maxsize=2048)
def _best(text: str) -> tuple[Column, bool, int] | None:
    """Column, whether the heading goes on behind the synonym, and the synonym's rank."""
    exact = _EXACT.get(text)
    if exact is not None:
        return exact[0], False, exact[1]
    for synonym, column, rank in _BEGINNINGS:
        if text.startswith(synonym + " "):
            rest = f" {text[len(synonym) :]} "
            other = any(f" {words} " in rest for words in OTHER_THINGS)
            return None if other else (column, True, rank)
    return None


_EXACT = {synonym: (column, rank) for column, all_ in HEADINGS.items() for rank, synonym in enumerate(all_)}
_BEGINNINGS = sorted(
    (
        (synonym, column, rank)
        for column, all_ in HEADINGS.items()
        if column not in EXACT_ONLY
        for rank, synonym in enumerate(all_)
        if " " in synonym and synonym not in EXACT_SYNONYMS
    ),
    key=lambda entry: -len(entry[0]),
)


def _one_line(text: str) -> str:
    return " ".join(text.split())
