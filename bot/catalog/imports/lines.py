"""A CSV file of a catalogue as lines that can be changed: what is not touched stays byte for byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """`raw`: as it stands in the file, empty for one that is new or changed."""

    cells: dict[str, str]
    raw: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def changed(self, cells: Cells) -> Line:
        """With these cells; the same line where they stand there already."""
        new = self.cells | dict(cells)
        return self if new == self.cells else replace(self, cells=new, raw="")


class Lines:
    """The lines of one file that has been checked. `bytes` gives it back."""

    def __init__(self, content: bytes) -> None:
        self._head, self.columns, self.lines = _read(content.decode("utf-8"))

    def replace(self, change: Callable[[Line], Line | None]) -> None:
        """Each line by what `change` makes of it; None takes it out."""
        self.lines = [new for line in self.lines if (new := change(line)) is not None]

    def insert(self, cells: Cells) -> None:
        """Where the order of the file wants it: before the first line that sorts behind it."""
        new = self._key(cells)
        place = next((n for n, line in enumerate(self.lines) if self._key(line.cells) > new), len(self.lines))
        self.lines.insert(place, Line(dict(cells)))

    def insert_all(self, rows: list[Cells]) -> None:
        """As one by one, and quickly where the file is sorted."""
        keys = [self._key(line.cells) for line in self.lines]
        if keys != sorted(keys):
            for cells in rows:
                self.insert(cells)
            return
        self.lines = sorted([*self.lines, *(Line(dict(cells)) for cells in rows)], key=lambda one: self._key(one.cells))

    def content(self) -> bytes:
        return "".join([self._head, *(line.raw or self._written(line.cells) for line in self.lines)]).encode("utf-8")

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def _key(self, cells: Cells) -> list[str]:
        return [cells[column] for column in self.columns]

    def _written(self, cells: Cells) -> str:
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerow(self._key(cells))
        return written.getvalue()


def _read(text: str) -> tuple[str, tuple[str, ...], list[Line]]:
    physical = text.split("\n")
    physical = [f"{line}\n" for line in physical[:-1]] + ([physical[-1]] if physical[-1] else [])
    reader = csv.reader(physical)
    end = 0
    records: list[tuple[list[str], str]] = []
    for cells in reader:
        records.append((cells, "".join(physical[end : reader.line_num])))
        end = reader.line_num
    (header, head), rest = records[0], records[1:]
    columns = tuple(name.removeprefix("\ufeff") for name in header)
    return head, columns, [Line(dict(zip(columns, cells, strict=True)), raw) for cells, raw in rest]
