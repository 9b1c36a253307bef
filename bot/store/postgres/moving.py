"""A PostgreSQL database as one side of a copy: what is asked stands in the information schema that others have too."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from psycopg import errors

from bot.errors import StoreError
from bot.store.moving.identity import APART
from bot.store.moving.sides import SqlSide, quoted
from bot.store.moving.tables import Column, Kind, Table
from bot.store.postgres import steps
from bot.store.postgres.connection import PostgresConnection, PostgresDriver
from bot.store.sql.session import Row

_OWN = frozenset({"schema_steps"})
_COLUMNS = """
    select c.table_name, c.column_name, c.data_type, c.is_nullable, c.is_identity
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
    order by c.table_name, c.column_name
"""
_KEYS = """
    select k.table_name, k.column_name
    from information_schema.table_constraints c
    join information_schema.key_column_usage k
        on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
        and k.table_name = c.table_name
    where c.table_schema = current_schema() and c.constraint_type = 'PRIMARY KEY'
    order by k.table_name, k.ordinal_position
"""
_REFERENCES = """
    select distinct c.table_name, u.table_name
    from information_schema.table_constraints c
    join information_schema.constraint_table_usage u
        on u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name
    where c.table_schema = current_schema() and c.constraint_type = 'FOREIGN KEY'
    order by 1, 2
"""
_TRIGGERS = """
    select distinct event_object_table from information_schema.triggers where event_object_schema = current_schema()
"""
_KINDS = {
    "bigint": Kind.INTEGER,
    "integer": Kind.INTEGER,
    "smallint": Kind.INTEGER,
    "text": Kind.TEXT,
    "bytea": Kind.BYTES,
}
_PLACE = "select current_database(), current_schema(), cast(pg_postmaster_start_time() as text)"


class PostgresSide(SqlSide):
    """`bot.store.moving.sides.Target` says what the methods do."""

    def __init__(self, connection: PostgresConnection, driver: PostgresDriver) -> None:
        super().__init__(connection)
        self.faults = driver.faults
        self._postgres = connection
        self._driver = driver
        self._names: frozenset[str] = frozenset()
        self._with_triggers: frozenset[str] = frozenset()
        self._guarded: Table | None = None
        self.tables: tuple[Table, ...] = ()
        # What is read stands open while the other side is written.
        connection.take_time()
        self.describe()
        self.place = "/".join(str(part) for part in connection.execute(_PLACE).fetchone())

    def describe(self) -> None:
        """Read again which tables there are. Raises StoreError where something of another kind is among them."""
        found: dict[str, list[tuple[str, str, bool, bool]]] = {}
        for table, column, declared, is_nullable, is_identity in self._connection.execute(_COLUMNS).fetchall():
            found.setdefault(table, []).append((column, declared, is_nullable == "YES", is_identity == "YES"))
        self._names = frozenset(found)
        self._with_triggers = frozenset(name for (name,) in self._connection.execute(_TRIGGERS).fetchall())
        keys, refers = (self._named(statement) for statement in (_KEYS, _REFERENCES))
        self.tables = tuple(
            Table(
                name,
                tuple(sorted(Column(column, _kind(name, column, kind), null) for column, kind, null, _ in columns)),
                keys.get(name, ()),
                refers.get(name, ()),
                next((column for column, _, _, is_numbered in columns if is_numbered), None),
            )
            for name, columns in sorted(found.items())
            if name not in APART | _OWN
        )

    def _named(self, statement: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for table, name in self._connection.execute(statement).fetchall():
            found[table] = (*found.get(table, ()), name)
        return found

    def has(self, name: str) -> bool:
        return name in self._names

    def _sequence(self, table: Table) -> str | None:
        own = next((one.numbered for one in self.tables if one.name == table.name), None)
        if own is None:
            return None
        row = self._connection.execute("select pg_get_serial_sequence(?, ?)", [quoted(table.name), own]).fetchone()
        return None if row[0] is None else str(row[0])

    def highest(self, table: Table) -> int | None:
        sequence = self._sequence(table)
        if sequence is None:
            return None
        last, is_given = self._connection.execute(f"select last_value, is_called from {sequence}").fetchone()  # noqa: S608
        return int(last) if is_given else int(last) - 1

    def set_highest(self, table: Table, number: int) -> None:
        sequence, given = self._sequence(table), self.highest(table)
        if sequence is not None and given is not None and number > given:
            self._connection.execute("select setval(?, ?)", [sequence, number])

    def begin(self, table: Table | None = None) -> None:
        self._postgres.begin()
        self._guarded = table if table is not None and table.name in self._with_triggers else None
        if self._guarded is not None:
            # What refuses a change in earnest would refuse the copy.
            self._connection.execute(f"alter table {quoted(self._guarded.name)} disable trigger user")

    def commit(self) -> None:
        if self._guarded is not None:
            self._connection.execute(f"alter table {quoted(self._guarded.name)} enable trigger user")
        super().commit()

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        names = ", ".join(quoted(name) for name in table.names)
        self._postgres.copy_rows(f"copy {quoted(table.name)} ({names}) from stdin", rows)

    def is_taken(self, error: BaseException) -> bool:
        return isinstance(error, errors.UniqueViolation)

    def told(self, error: BaseException) -> StoreError:
        return self._driver.told(error)

    def hold_still(self) -> None:
        """From now on all is read as of this moment, whoever writes."""
        self._connection.execute("begin isolation level repeatable read read only")
        self._connection.execute("select 1")

    def is_current(self) -> bool:
        """Whether no step of this release is missing."""
        return {step.name for step in steps.all_steps()} <= set(steps.made(self._postgres))

    def set_up(self) -> None:
        """Make the tables; for a database that has none."""
        steps.apply(self._postgres)
        self.describe()

    def hurry(self) -> None:
        """For a copy that can be made again: commits do not wait for the disk, `settle` does."""
        self._connection.execute("set synchronous_commit = off")

    def settle(self) -> None:
        """All that was written is on the disk: a commit that waits has those before it there too."""
        self._connection.execute("set synchronous_commit = on")

    def close(self) -> None:
        with suppress(*self.faults):
            self._postgres.close()


def _kind(table: str, column: str, declared: str) -> Kind:
    kind = _KINDS.get(declared)
    if kind is None:
        raise StoreError(f"column {column} of table {table} is of a kind that is not copied: {declared}")
    return kind
