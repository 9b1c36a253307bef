"""A store that has been used for a year: made up once, and brought to its size in a file and on a server."""

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
_MOST_RATINGS = 500_000
"""The largest province's in a year (docs/scale.md)."""
_MOST_MADE = 500_000
"""Events that are made up one by one; beyond, each stands for several, of as many people."""
_EVENTS_A_CONVERSATION = 20
_STATE = '{"made up": "' + "a conversation that waits to go on " * 20 + '"}'
"""About as long as they are."""
_BYTES_AN_EVENT = 1500
"""In the file and on the server together, with everything in proportion."""
_BYTES_FOR_LOGS = 3_000_000_000
_AT_ONCE = 20_000
_INDEXES_OF_FILE = "select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null"
_INDEXES = """
    select indexname, indexdef from pg_indexes
    where tablename = %s and indexname not in (select conname from pg_constraint)
"""
_TABLES = (
    *("events", "ratings", "askings", "obstacles", "event_counts", "code_use", "demonstration"),
    *(rollup.table for rollup in ROLLUPS),
)
_COLUMNS = "at, channel, {} status, codes, catalogue_version"
_MORE = (
    f"insert into events ({_COLUMNS.format('person,')}) "  # noqa: S608 - our own names
    f"select {_COLUMNS.format('person || n,')} from events, "
)
_MORE_IN_FILE = (
    f"{_MORE} (with recursive more (n) as (select 1 union all select n + 1 from more where n < ?) select n from more)"  # noqa: S608
)
_MORE_ON_SERVER = f"{_MORE} generate_series(1, %s) as more (n)"


@dataclass(frozen=True, slots=True)
class History:
    """`last`: its last day."""

    events: int
    last: date

    @classmethod
    def of(cls, events: int) -> History:
        return cls(events, day_of(now()) - timedelta(days=1))

    @property
    def ratings(self) -> int:
        return min(self.events // _EVENTS_A_RATING, _MOST_RATINGS)

    @property
    def made(self) -> int:
        return min(self.events, _MOST_MADE)

    @property
    def times(self) -> int:
        """So many events come of each that is made up."""
        return max(1, self.events // max(1, self.made))

    @property
    def bytes(self) -> int:
        """What is needed on the disk, at most."""
        return self.events * _BYTES_AN_EVENT + _BYTES_FOR_LOGS


def make_up(path: Path, history: History) -> None:
    """Ratings and events of twelve months, in a new file."""
    demo = Demo(max(1, history.ratings), history.made)
    fill(path, demo, load_catalogue(SHIPPED_CATALOGUE), load_texts(), now(), lambda _: None)


def on_server(path: Path, address: str, history: History) -> None:
    """What the file at `path` holds, in an empty database with all tables, brought to its size."""
    with closing(sqlite3.connect(path)) as file, psycopg.connect(address, autocommit=True) as server:
        server.execute("set synchronous_commit = off")
        server.execute("set maintenance_work_mem = '256MB'")
        for table in _TABLES:
            # Sorted once they are in, which is far quicker than keeping in order.
            indexes = _dropped(server, table)
            _copy(file, server, table)
            if table == "events" and history.times > 1:
                server.execute(_MORE_ON_SERVER.encode(), [history.times - 1])
            for index in indexes:
                server.execute(index.encode())
        for statement in _in_proportion(history):
            server.execute(statement.encode())
        server.execute("vacuum analyze")
        server.execute("checkpoint")


def grow_file(path: Path, history: History) -> None:
    """Bring the file that `make_up` has made to its size."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -400000"):
            file.execute(f"pragma {pragma}")
        file.execute("begin")
        indexes = file.execute(_INDEXES_OF_FILE, ["events"]).fetchall()
        for name, _ in indexes:
            file.execute(f'drop index "{name}"')
        if history.times > 1:
            file.execute(_MORE_IN_FILE, [history.times - 1])
        for _, made in indexes:
            file.execute(made)
        for statement in _in_proportion(history):
            file.execute(statement)
        file.execute("commit")


def _in_proportion(history: History) -> tuple[str, ...]:
    return (
        f"update event_counts set n = n * {history.times}",  # noqa: S608
        f"update code_use set n = n * {history.times}",  # noqa: S608
        "update demonstration set last_event = (select max(id) from events)",
        f"""insert into conversations (person, state, updated_at)
            select 'p' || id, '{_STATE}', at from events where id <= {history.events // _EVENTS_A_CONVERSATION}""",  # noqa: S608
    )


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
