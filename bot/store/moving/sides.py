"""The two stores of a copy, and what is done to them in SQL that is the same for both engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.errors import StoreError
from bot.store.moving.tables import Key, Table
from bot.store.sql.session import Connection, Row


class Source(Protocol):
    """What is read: all of it as of the moment at which it was opened, or as it stands now; the opener says which.

    Methods raise what the engine's library raises; `told` makes a StoreError of it.
    """

    @property
    def faults(self) -> tuple[type[BaseException], ...]: ...

    @property
    def place(self) -> str:
        """The same for two addresses of one store."""
        ...

    @property
    def tables(self) -> tuple[Table, ...]:
        """Those with what the store holds; none where the store was never set up."""
        ...

    def count(self, table: Table) -> int: ...

    def page(self, table: Table, after: Key | None, limit: int) -> list[Row]:
        """At most so many rows behind a key, in the order of the keys."""
        ...

    def whole(self, table: Table) -> list[Row]:
        """All rows of a small table, sorted by all columns."""
        ...

    def highest(self, table: Table) -> int | None:
        """The highest number that was ever given; None where the database does not remember it."""
        ...

    def highest_there(self, table: Table) -> int:
        """The highest number that a row has; 0 without rows."""
        ...

    def has(self, name: str) -> bool:
        """Whether there is a table of this name, be it among `tables` or not."""
        ...

    def look(self, statement: str) -> list[Row]:
        """What a statement of the store's own tables gives."""
        ...

    def told(self, error: BaseException) -> StoreError:
        """Without personal data, and without a password."""
        ...


class Target(Source, Protocol):
    """What is written as well: within `begin` and `commit`, and one table at a time."""

    def begin(self, table: Table | None = None) -> None:
        """`table`: the one that is written; what the engine itself does when its rows change is not done."""
        ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Rows whose keys are not there."""
        ...

    def change(self, table: Table, rows: Sequence[Row]) -> None:
        """Rows whose keys are there."""
        ...

    def remove(self, table: Table, keys: Sequence[Key]) -> None: ...

    def empty(self, table: Table) -> None: ...

    def set_highest(self, table: Table, number: int) -> None:
        """Numbers up to this one are never given again."""
        ...

    def do(self, statement: str, values: Sequence[str | int] = ()) -> None: ...

    def settle(self) -> None:
        """All that was written outlives a power cut; so does what is written from now on."""
        ...

    def is_taken(self, error: BaseException) -> bool:
        """Whether a row could not be written because another one has a value that only one may have."""
        ...


def quoted(name: str) -> str:
    return f'"{name}"'


def _list(names: Sequence[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _places(count: int) -> str:
    return ", ".join("?" * count)


class SqlSide:
    """What `Source` and `Target` have alike for both engines; names come from the database's own description."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, table: Table) -> int:
        return int(self._connection.execute(f"select count(*) from {quoted(table.name)}").fetchone()[0])  # noqa: S608

    def page(self, table: Table, after: Key | None, limit: int) -> list[Row]:
        # Texts in the order of their bytes, whatever the server's own order is.
        key = ", ".join(f"{quoted(name)}{self._by_bytes(table, name)}" for name in table.key)
        behind = "" if after is None else f" where ({key}) > ({_places(len(table.key))})"
        asked = f"select {_list(table.names)} from {quoted(table.name)}{behind} order by {key} limit {limit}"  # noqa: S608
        return self._connection.execute(asked, after or ()).fetchall()

    def whole(self, table: Table) -> list[Row]:
        by = ", ".join(f"{quoted(name)}{self._by_bytes(table, name)} nulls first" for name in table.names)
        asked = f"select {_list(table.names)} from {quoted(table.name)} order by {by}"  # noqa: S608
        return self._connection.execute(asked).fetchall()

    def look(self, statement: str) -> list[Row]:
        return self._connection.execute(statement).fetchall()

    def do(self, statement: str, values: Sequence[str | int] = ()) -> None:
        self._connection.execute(statement, values)

    def change(self, table: Table, rows: Sequence[Row]) -> None:
        others = [name for name in table.names if name not in table.key]
        to = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in others)
        what = f"update set {to}" if others else "nothing"
        self._connection.execute_many(f"{self._insert(table)} on conflict ({_list(table.key)}) do {what}", rows)

    def remove(self, table: Table, keys: Sequence[Key]) -> None:
        where = " and ".join(f"{quoted(name)} = ?" for name in table.key)
        self._connection.execute_many(f"delete from {quoted(table.name)} where {where}", keys)  # noqa: S608

    def empty(self, table: Table) -> None:
        self._connection.execute(f"delete from {quoted(table.name)}")  # noqa: S608

    def highest_there(self, table: Table) -> int:
        asked = f"select coalesce(max({quoted(str(table.numbered))}), 0) from {quoted(table.name)}"  # noqa: S608
        return int(self._connection.execute(asked).fetchone()[0])

    def commit(self) -> None:
        self._connection.commit()

    def rollback(self) -> None:
        self._connection.rollback()

    @staticmethod
    def _insert(table: Table) -> str:
        return f"insert into {quoted(table.name)} ({_list(table.names)}) values ({_places(len(table.columns))})"  # noqa: S608

    @staticmethod
    def _by_bytes(table: Table, name: str) -> str:
        kind = next(column.kind for column in table.columns if column.name == name)
        return '/*! collate "C" */' if kind == "text" else ""
