"""The tables of a store, as the database itself describes them: nothing here knows any of them by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import StoreError
from bot.store.sql.session import Row

Key = tuple[int | str | bytes, ...]


class Kind(StrEnum):
    """What stands in a column."""

    INTEGER = "integer"
    REAL = "real"
    TEXT = "text"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True, order=True)
class Column:
    name: str
    kind: Kind
    may_be_null: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`columns`: by their names; rows are tuples in this order. `key`: columns of the primary key, in its order; empty
    where there is none. `refers_to`: tables whose rows its rows name. `numbered`: the column that the database fills
    with the next number; None where there is none."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers_to: tuple[str, ...] = ()
    numbered: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def key_places(self) -> tuple[int, ...]:
        """Where in a row the key stands."""
        names = self.names
        return tuple(names.index(name) for name in self.key)

    @property
    def has_bytes(self) -> bool:
        """Whether a single row may be large."""
        return any(column.kind is Kind.BYTES for column in self.columns)

    @property
    def is_single(self) -> bool:
        """Whether it has one row from the beginning and never more: it counts something, and is no data by itself."""
        return self.key == ("only",)

    def key_of(self, row: Row) -> Key:
        return tuple(row[place] for place in self.key_places)


def in_order(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Those that others refer to before those others, else by name. Raises StoreError where that cannot be."""
    left = {table.name: table for table in sorted(tables, key=lambda table: table.name)}
    ordered: list[Table] = []
    while left:
        ready = [table for table in left.values() if not (set(table.refers_to) - {table.name}) & left.keys()]
        if not ready:
            raise StoreError(f"the tables {', '.join(left)} refer to each other in a circle: they cannot be copied")
        ordered += ready
        for table in ready:
            del left[table.name]
    return tuple(ordered)


def differences(source: Sequence[Table], target: Sequence[Table]) -> tuple[str, ...]:
    """What is other in the tables of the target than in those of the source, each in words."""
    ours, theirs = ({table.name: table for table in tables} for tables in (source, target))
    told = [f"the target has no table {name}" for name in sorted(ours.keys() - theirs.keys())]
    told += [f"the source has no table {name}" for name in sorted(theirs.keys() - ours.keys())]
    for name in sorted(ours.keys() & theirs.keys()):
        one, other = ours[name], theirs[name]
        if one.columns != other.columns:
            odd = sorted({column.name for column in set(one.columns) ^ set(other.columns)})
            told.append(f"table {name} is other in the target: {', '.join(odd)}")
        elif one.key != other.key:
            told.append(f"table {name} has another primary key in the target")
    return tuple(told)
