"""An SQLite file as one side of a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.errors import StoreError
from bot.store.moving.identity import APART
from bot.store.moving.sides import SqlSide, quoted
from bot.store.moving.tables import Column, Kind, Table
from bot.store.sql.session import Row
from bot.store.sqlite import migrations
from bot.store.sqlite.connection import SqliteConnection, SqliteDriver, told_of

_TABLES = """
    select name from sqlite_master
    where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like '\\_sqlite\\_%' escape '\\'
    order by name
"""
_TRIGGERS = "select name, sql from sqlite_master where type = 'trigger' and tbl_name = ? order by name"
_KINDS = {"INTEGER": Kind.INTEGER, "TEXT": Kind.TEXT, "BLOB": Kind.BYTES}
_TAKEN = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID)


class SqliteSide(SqlSide):
    """`bot.store.moving.sides.Target` says what the methods do."""

    def __init__(self, connection: SqliteConnection, path: Path) -> None:
        super().__init__(connection)
        self.faults = SqliteDriver.faults
        self.place = str(path.resolve())
        self._sqlite = connection
        self._triggers: list[str] = []
        self._names: frozenset[str] = frozenset()
        self.tables: tuple[Table, ...] = ()
        self.describe()

    def describe(self) -> None:
        """Read again which tables there are. Raises StoreError where something of another kind is among them."""
        names = [str(name) for (name,) in self._connection.execute(_TABLES).fetchall()]
        self._names = frozenset(names)
        self.tables = tuple(self._table(name) for name in names if name not in APART)

    def _table(self, name: str) -> Table:
        found = self._connection.execute(f"pragma table_info({quoted(name)})").fetchall()
        keys = sorted((int(place), str(column)) for _, column, _, _, _, place in found if place)
        columns = [
            Column(str(column), _kind(name, column, declared), not (is_set or place))
            for _, column, declared, is_set, _, place in found
        ]
        key = tuple(column for _, column in keys)
        refers = self._connection.execute(f"pragma foreign_key_list({quoted(name)})").fetchall()
        is_numbered = len(key) == 1 and Column(key[0], Kind.INTEGER) in columns
        return Table(
            name,
            tuple(sorted(columns)),
            key,
            tuple(sorted({str(row[2]) for row in refers})),
            key[0] if is_numbered else None,
        )

    def has(self, name: str) -> bool:
        return name in self._names

    def highest(self, table: Table) -> int | None:
        if not self._connection.execute("select 1 from sqlite_master where name = 'sqlite_sequence'").fetchone():
            return None
        is_kept = self._connection.execute(
            "select sql like '%autoincrement%' from sqlite_master where type = 'table' and name = ?", [table.name]
        ).fetchone()
        if is_kept is None or not is_kept[0]:
            return None
        row = self._connection.execute("select seq from sqlite_sequence where name = ?", [table.name]).fetchone()
        return 0 if row is None else int(row[0])

    def set_highest(self, table: Table, number: int) -> None:
        given = self.highest(table)
        if given is None or number <= given:
            return
        self.begin()
        self._connection.execute("delete from sqlite_sequence where name = ?", [table.name])
        self._connection.execute("insert into sqlite_sequence (name, seq) values (?, ?)", [table.name, number])
        self.commit()

    def begin(self, table: Table | None = None) -> None:
        self._sqlite.begin()
        self._triggers = []
        if table is not None:
            # They would count what is only copied, or refuse it. They come back with the commit, and whoever looks
            # meanwhile sees them.
            for name, made in self._connection.execute(_TRIGGERS, [table.name]).fetchall():
                self._triggers.append(made)
                self._connection.execute(f"drop trigger {quoted(name)}")

    def commit(self) -> None:
        for made in self._triggers:
            self._connection.execute(made)
        super().commit()

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        self._connection.execute_many(self._insert(table), rows)

    def is_taken(self, error: BaseException) -> bool:
        return isinstance(error, sqlite3.IntegrityError) and error.sqlite_errorcode in _TAKEN

    def told(self, error: BaseException) -> StoreError:
        return told_of(error)

    def hold_still(self) -> None:
        """From now on all is read as of this moment, whoever writes."""
        self._connection.execute("begin")
        self._connection.execute("select 1 from sqlite_master limit 1").fetchone()

    def is_current(self) -> bool:
        """Whether no step of this release is missing."""
        return migrations.is_current(self._sqlite.database)

    def set_up(self) -> None:
        """Make the tables; for a file that has none."""
        self._sqlite.database.enable_wal()
        migrations.apply(self._sqlite.database)
        self.describe()

    def hurry(self) -> None:
        """For a copy that can be made again: commits do not wait for the disk, `settle` does."""
        for pragma in ("synchronous = normal", "wal_autocheckpoint = 4000", "cache_size = -64000"):
            self._connection.execute(f"pragma {pragma}")

    def settle(self) -> None:
        """All that was written is on the disk, and in the file itself."""
        self._connection.execute("pragma synchronous = full")
        self._connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def close(self) -> None:
        with suppress(*self.faults):
            self._sqlite.close()


def _kind(table: str, column: str, declared: str) -> Kind:
    kind = _KINDS.get(declared.upper())
    if kind is None:
        raise StoreError(f"column {column} of table {table} is of a kind that is not copied: {declared}")
    return kind


def opened_file(path: Path, *, is_made: bool) -> SqliteConnection:
    """Where there is no file: a new one if it `is_made`, else a store without tables that is nowhere.

    Raises StoreError.
    """
    try:
        if is_made:
            path.parent.mkdir(parents=True, exist_ok=True)
            # So that only its owner may read it; SQLite gives the files beside it the same rights.
            path.touch(mode=0o600)
        connection = SqliteConnection(path if path.exists() else Path(":memory:"))
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be opened: {error}") from error
    return connection
