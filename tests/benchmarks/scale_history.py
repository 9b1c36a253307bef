"""A store that has been used for a year: made up in a file, and the same rows on a server."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bot.catalog.load import load_catalogue
from bot.operations.demo.filling import Demo, fill
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import SHIPPED_CATALOGUE
from bot.store.sql.counting import ROLLUPS
from bot.texts import load_texts

HISTORIES = (0, 1_000_000, 10_000_000)
"""How many events."""
_EVENTS_A_RATING = 10
_AT_ONCE = 20_000
_INDEXES = """
    select indexname, indexdef from pg_indexes
    where tablename = %s and indexname not in (select conname from pg_constraint)
"""
_TABLES = (
    *("events", "ratings", "askings", "obstacles", "event_counts", "code_use", "demonstration"),
    *(rollup.table for rollup in ROLLUPS),
)


@dataclass(frozen=True, slots=True)
class History:
    """`last`: its last day."""

    events: int
    last: date

    @classmethod
    def of(cls, events: int) -> History:
        return cls(events, day_of(now()) - timedelta(days=1))


def on_file(path: Path, history: History) -> None:
    """A rating for each ten events, over twelve months."""
    demo = Demo(max(1, history.events // _EVENTS_A_RATING), history.events)
    fill(path, demo, load_catalogue(SHIPPED_CATALOGUE), load_texts(), now(), lambda _: None)


def on_server(path: Path, address: str) -> None:
    """What the file at `path` holds, in an empty database with all tables."""
    with closing(sqlite3.connect(path)) as file, psycopg.connect(address, autocommit=True) as server:
        for table in _TABLES:
            # Sorted once they are in, which is far quicker than keeping in order.
            indexes = _dropped(server, table)
            _copy(file, server, table)
            for index in indexes:
                server.execute(index.encode())
        server.execute("vacuum analyze")


def _dropped(server: psycopg.Connection[Any], table: str) -> list[str]:
    """The indexes that are not keys, as they are made."""
    found = server.execute(_INDEXES, [table]).fetchall()
    for name, _ in found:
        server.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    return [str(made) for _, made in found]


def _copy(file: sqlite3.Connection, server: psycopg.Connection[Any], table: str) -> None:
    read = file.execute(f'select * from "{table}"')  # noqa: S608 - our own names
    columns = [name for name, *_ in read.description]
    into = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with server.cursor() as cursor, cursor.copy(into) as copy:
        while rows := read.fetchmany(_AT_ONCE):
            for row in rows:
                copy.write_row(row)
    if "id" in columns:
        last = sql.SQL("select setval(pg_get_serial_sequence(%s, 'id'), max(id)) from {} having max(id) is not null")
        server.execute(last.format(sql.Identifier(table)), [table])
