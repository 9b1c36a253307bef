"""Published files into one `Reading`: every list in them, in order, and what each was understood as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.catalog.imports.cells import tidy
from bot.catalog.imports.documents.document import Progress, quiet
from bot.catalog.imports.documents.opening import read_grids
from bot.catalog.imports.headings import Headings, headings_at, is_numbering
from bot.catalog.imports.lists import ListTable, certainly_coded, find_lists
from bot.catalog.imports.model import Column, Finding, GridRow, Listed, Note, NoteKind, Part, Reading, Spot
from bot.catalog.imports.rows import filled_in, listed, unread
from bot.catalog.imports.sections import (
    Above,
    are_by_tier,
    begins_anew,
    is_after_the_list,
    section_says,
    section_text,
    title_says,
)
from bot.errors import Unreadable, UnreadableFile

_MOST_SEEN = 60


def read_files(files: Mapping[str, bytes], progress: Progress = quiet) -> Reading:
    """Everything that the files list; `files`: their bytes by name, in the order in which they are read.

    `progress` is called with the rows read so far and, where the files tell, the rows in all, banners included; it may
    grow with every file. Raises UnreadableFile for the first file that cannot be read: then nothing is.
    """
    if not files:
        raise UnreadableFile("(none)", Unreadable.EMPTY, "no file was given", "Name at least one")
    found = _Found()
    lists: list[Sequence[ListTable]] = []
    done = 0
    for file, content in files.items():
        before, latest = done, 0

        def tell(now: int, total: int | None, before: int = before) -> None:
            nonlocal latest
            latest = now
            progress(before + now, None if total is None else before + total)

        document = read_grids(file, content, tell)
        tables, notes = find_lists(file, document.grids)
        found.notes.extend((*document.notes, *notes))
        lists.append(tables)
        done += max(latest, sum(len(grid.rows) for grid in document.grids))
        progress(done, done)
    by_tier = are_by_tier(table.title for tables in lists for table in tables)
    for group in lists:
        known = len(found.rows) + len(found.unread)
        _read_tables(group, found, by_tier=by_tier)
        if known == len(found.rows) + len(found.unread):
            grid = group[0].grid
            what = f"there are headings in {grid.sheet}, and no row of a list below them"
            raise UnreadableFile(grid.file, Unreadable.EMPTY, what, "Fetch the list again")
    # What a list does not have is gone from the catalogue; what has no row at all says nothing of the kind.
    empty = [Note(NoteKind.NO_ROWS, part.file, part.sheet) for part in found.parts if not part.rows]
    parts = tuple(part for part in found.parts if part.rows)
    return Reading(parts, tuple(found.rows), tuple(found.unread), tuple(files), (*found.notes, *empty))


def describe_parts(parts: Sequence[Part], notes: Sequence[Note] = ()) -> tuple[str, ...]:
    """A line for each table and note, for a terminal: what it was understood as."""
    return (*map(_describe, parts), *map(_describe_note, notes))


def _describe_note(note: Note) -> str:
    count = f"{note.count} {'cell' if note.kind is NoteKind.NO_VALUES else 'row'}{'' if note.count == 1 else 's'}"
    said = {
        NoteKind.HIDDEN_SHEET: "a hidden sheet, not read",
        NoteKind.HIDDEN_ROWS: f"{count} hidden, read like the others",
        NoteKind.NO_VALUES: f"{count} with a formula and no value, read as empty: save it in Excel to have them",
        NoteKind.NO_LIST: "no list, not read",
        NoteKind.NO_ROWS: "headings without rows, not taken",
        NoteKind.ABOLISHED: f"{count} of a list of abolished procedures, not taken",
    }[note.kind]
    seen = f" (seen: {', '.join(repr(word[:_MOST_SEEN]) for word in note.seen)})" if note.seen else ""
    return f"{note.file}:{note.sheet}: {said}{seen}"


def _describe(part: Part) -> str:
    silent = (Column.NUMBER, Column.NOTE)
    columns = ", ".join(
        f"{column.value.replace('_', ' ')} ← {part.columns[column]!r}"
        for column in Column
        if column in part.columns and column not in silent
    )
    unused = [*part.ignored, *([part.columns[Column.NOTE]] if Column.NOTE in part.columns else [])]
    where = f"{part.file}:{part.sheet}" + (f" to {part.through}" if part.through else "")
    rows = f"{part.rows} row{'' if part.rows == 1 else 's'}"
    end = f"; not used: {', '.join(map(repr, unused))}" if unused else ""
    return f"{where}: {rows}, {part.list_tier.value}; {columns}{end}"


@dataclass(slots=True)
class _Found:
    parts: list[Part] = field(default_factory=list)
    rows: list[Listed] = field(default_factory=list)
    unread: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def _read_tables(tables: Sequence[ListTable], found: _Found, *, by_tier: bool) -> None:
    above, title = Above(), frozenset[str]()
    above_row: Mapping[Column, str] = {}
    for table in tables:
        lines = tuple(line for line in table.title if any(char.isalpha() for char in line))
        # A page may repeat a line of the title above the table that goes on.
        is_new = not table.goes_on or (begins_anew(lines) and not title.issuperset(lines))
        if is_new:
            above, title, above_row = Above(), frozenset(lines), {}
        if is_new or not title.issuperset(lines):
            above = above.and_then(title_says(lines, by_tier=by_tier))
        reader = _TableReader(table, above, above_row, found, by_tier=by_tier)
        reader.read(is_new=is_new)
        above, above_row = reader.above, reader.above_row


class _TableReader:
    """Goes down the rows of one table."""

    def __init__(
        self, table: ListTable, above: Above, above_row: Mapping[Column, str], found: _Found, *, by_tier: bool
    ) -> None:
        self.table = table
        self.headings = table.headings
        self.above = above
        self.above_row = above_row
        self._found = found
        self._by_tier = by_tier
        self._abolished = 0
        self._open = False
        """Whether the last part is the one that rows go to."""

    def read(self, *, is_new: bool) -> None:
        self._open = not is_new and bool(self._found.parts)
        if not self._open:
            self._begin_part()
        elif self._found.parts[-1].sheet != self.table.grid.sheet:
            self._found.parts[-1] = replace(self._found.parts[-1], through=self.table.grid.sheet)
        rows = self.table.rows
        place = 0
        while place < len(rows):
            place += self._read_row(rows, place)
        if self._abolished:
            grid = self.table.grid
            self._found.notes.append(Note(NoteKind.ABOLISHED, grid.file, grid.sheet, self._abolished))

    def _read_row(self, rows: Sequence[GridRow], place: int) -> int:
        """How many rows were read."""
        row = rows[place]
        if certainly_coded(row.cells, self.headings):
            self._take(row)
            return 1
        again = headings_at(rows, place)
        if again is not None:
            self._head_again(again)
            return again.last - again.first + 1
        if is_numbering(row.cells) or is_after_the_list(row.cells):
            return 1
        section = section_text(row.cells, self.headings)
        if section is not None:
            self._begin_section(section)
        else:
            self._take(row)
        return 1

    def _head_again(self, headings: Headings) -> None:
        changed = headings.places != self.headings.places
        self.headings = headings
        if changed:
            self._begin_part()

    def _begin_section(self, text: str) -> None:
        before = self.above.list_tier
        self.above = self.above.and_then(section_says(text, by_tier=self._by_tier))
        if self.above.list_tier is not before:
            self._begin_part()

    def _begin_part(self) -> None:
        grid = self.table.grid
        part = Part(grid.file, grid.sheet, self.headings.written, self.headings.ignored, self.above.list_tier, 0)
        if self._open and self._found.parts[-1].rows == 0:
            self._found.parts.pop()
        self._found.parts.append(part)
        self._open = True

    def _take(self, row: GridRow) -> None:
        grid = self.table.grid
        spot = Spot(grid.file, grid.sheet, row.number)
        places = self.headings.places
        own = {column: row.cells[place] if place < len(row.cells) else "" for column, place in places.items()}
        cells = self.above_row = filled_in(own, self.above_row, self.above)
        if self.above.is_abolished:
            self._abolished += 1
            return
        entry = listed(spot, cells, self.above, wrapped=grid.wrapped)
        if entry is None:
            if any(tidy(cell) for cell in row.cells):
                self._found.unread.append(unread(spot, row.cells))
            return
        told = [places[column] for column in (Column.CODE, Column.SERVICE_CODE, Column.NAME) if column in places]
        if not row.struck.isdisjoint(told):
            entry = replace(entry, is_struck=True)
        self._found.rows.append(entry)
        last = self._found.parts[-1]
        self._found.parts[-1] = replace(last, rows=last.rows + 1)
