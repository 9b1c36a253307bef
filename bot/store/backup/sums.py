"""How many rows each table of an SQLite file has, and a checksum of what is in them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.store.backup.progress import Progress

_ROWS_AT_ONCE = 1000
_TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
_PREFIX = "backup_"
"""Tables in which a file says of itself what it is."""


@dataclass(frozen=True, slots=True)
class TableSum:
    """`checksum`: SHA-256 over all rows in the order in which they lie, in hexadecimal digits."""

    table: str
    rows: int
    checksum: str


def tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Their names. Raises sqlite3.Error."""
    return tuple(name for (name,) in connection.execute(_TABLES) if not name.startswith(_PREFIX))


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has. Raises sqlite3.Error."""
    asked = ((name, f'select count(*) from "{name}"') for name in tables(connection))  # noqa: S608 - from the schema
    return {name: int(connection.execute(sql).fetchone()[0]) for name, sql in asked}


def sums_of(connection: sqlite3.Connection, total: int, progress: Progress) -> tuple[TableSum, ...]:
    """Of each table. `total`: how many rows there should be in all. Raises sqlite3.Error."""
    done = 0

    def count(rows: int) -> None:
        nonlocal done
        done += rows
        progress("rows", done, total)

    return tuple(_sum_of(connection, name, count) for name in tables(connection))


def _sum_of(connection: sqlite3.Connection, table: str, on_rows: Callable[[int], None]) -> TableSum:
    digest, count = hashlib.sha256(), 0
    # An index may lie in another order, and has not all of it.
    found = connection.execute(f'select * from "{table}" not indexed')  # noqa: S608 - from the schema
    digest.update(json.dumps([name for name, *_ in found.description]).encode())
    while rows := found.fetchmany(_ROWS_AT_ONCE):
        digest.update(json.dumps(rows, separators=(",", ":"), default=bytes.hex).encode())
        count += len(rows)
        on_rows(len(rows))
    return TableSum(table, count, digest.hexdigest())


def differing(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[str, ...]:
    """The names of tables that have not as many rows as they should."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
