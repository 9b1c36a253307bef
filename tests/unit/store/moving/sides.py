"""Stores for tests of copying: addresses of both engines, what is in them, and a fresh store of either kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bot.ratings.model import Survey
from bot.store import opening
from bot.store.interface import Record
from bot.store.moving.copying import Moved, copy
from bot.store.moving.opening import check, opened_source, opened_target
from bot.store.moving.sides import Source
from bot.store.opening import file_of
from bot.store.sql.session import Row
from tests.unit.store.ratings_samples import NOW, rating
from tests.unit.store.ratings_samples import record as rated
from tests.unit.store.samples import event, opinion, update

ENGINES = ("sqlite", "postgres")
Address = Callable[[str], str]
"""Makes the address of a new store without tables, on an engine."""


async def fill(address: str, first: int = 0, last: int = 40) -> None:
    """Events, opinions, ratings and messages, by the real ways."""
    store = await opening.open_store(address)
    for number in range(first, last):
        person = f"p{number % 7}"
        await store.record(Record(event(number, person), f"state {number}", opinion(number, person)))
        await store.record(rated(Survey(None, rating(person, 1 + number % 3)), person))
        await store.inbox.accept(update(f"key {number}", person, sent=number), NOW)
    await store.close()


def move(source: str, target: str, *, is_replaced: bool = False) -> tuple[Moved, ...]:
    """The whole of it, as the command does it."""
    with opened_source(source) as ours, opened_target(target) as theirs:
        check(ours, theirs, is_replaced=is_replaced)
        return copy(ours, theirs)


def written(moved: Sequence[Moved]) -> dict[str, tuple[int, int, int]]:
    """How many rows of which table were added, changed, removed; tables of which none was are left out."""
    return {one.table: (one.added, one.changed, one.removed) for one in moved if one.written}


def contents(address: str) -> dict[str, list[Row]]:
    """All rows of all tables that are copied, by the table."""
    with opened_source(address) as side:
        return {table.name: rows_of(side, table.name) for table in side.tables}


def rows_of(side: Source, name: str) -> list[Row]:
    table = next(table for table in side.tables if table.name == name)
    names = ", ".join(f'"{name}"' for name in table.names)
    return sorted(side.look(f'select {names} from "{name}"'), key=repr)  # noqa: S608


@contextmanager
def database(address: str) -> Iterator[Callable[..., list[Any]]]:
    """Says statements to the database behind an address; each is committed. `?` for values."""
    file = file_of(address)
    if file is None:
        with psycopg.connect(address, autocommit=True) as server:

            def ask(statement: str, values: Sequence[object] = ()) -> list[Any]:
                cursor = server.execute(statement.replace("?", "%s"), values or None)
                return cursor.fetchall() if cursor.description else []

            yield ask
        return
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield lambda statement, values=(): connection.execute(statement, values).fetchall()


def new_file(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}.sqlite"
