"""The databases under load: what they hold, table by table, and what they have written and worked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg

from tests.benchmarks.machine import parent_of, processor_ms


@dataclass(frozen=True, slots=True)
class Held:
    """A table: rows, and bytes with its indexes."""

    rows: int
    bytes: int


class Storage(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def address(self) -> str: ...

    def held(self) -> Mapping[str, Held]:
        """By table, of all that are not empty; tidied up before. Nobody may be connected."""
        ...

    def processor_ms(self) -> float:
        """Milliseconds of the server until now; 0 where there is none."""
        ...

    def journalled(self) -> int | None:
        """Bytes of the log until now; None where nobody counts them."""
        ...


@dataclass(frozen=True, slots=True)
class OneFile:
    """SQLite, within the processes of the service."""

    path: Path

    @property
    def name(self) -> str:
        return "SQLite"

    @property
    def address(self) -> str:
        return f"sqlite:///{self.path}"

    def held(self) -> Mapping[str, Held]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("vacuum")
            of_table = dict(connection.execute("select name, tbl_name from sqlite_master").fetchall())
            sizes: dict[str, int] = {}
            for name, size in connection.execute("select name, sum(pgsize) from dbstat group by name"):
                table = of_table.get(name, name)
                sizes[table] = sizes.get(table, 0) + size
            return _with_rows(sizes, lambda count: int(connection.execute(count).fetchone()[0]))

    def processor_ms(self) -> float:
        return 0.0

    def journalled(self) -> int | None:
        return None


@dataclass(frozen=True, slots=True)
class OnServer:
    """A database of a PostgreSQL server that does nothing else."""

    address: str

    @property
    def name(self) -> str:
        return "PostgreSQL"

    def held(self) -> Mapping[str, Held]:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("vacuum full")
            sizes = "select relname, pg_total_relation_size(relid) from pg_stat_user_tables"
            return _with_rows(
                dict(connection.execute(sizes).fetchall()),
                lambda count: int(connection.execute(count.encode()).fetchall()[0][0]),
            )

    def processor_ms(self) -> float:
        with psycopg.connect(self.address) as connection:
            return processor_ms(parent_of(connection.info.backend_pid))

    def journalled(self) -> int | None:
        with psycopg.connect(self.address) as connection:
            return int(connection.execute("select pg_current_wal_lsn() - '0/0'").fetchall()[0][0])


def _with_rows(sizes: Mapping[str, int], ask: Callable[[str], int]) -> dict[str, Held]:
    counted = {table: ask(f'select count(*) from "{table}"') for table in sorted(sizes)}  # noqa: S608 - from the schema
    return {table: Held(rows, sizes[table]) for table, rows in counted.items() if rows}
