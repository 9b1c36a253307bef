"""A store full of made-up ratings and events: built in a file beside the real one, which it then takes the place of.

So an interrupted run leaves everything as it was, and nothing has to be journalled while millions of rows go in. What
is not made up (staff, switches, tokens …) is taken along.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from enum import Enum
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.sql.counting import ROLLUPS
from bot.store.sql.recount import recount, recount_codes
from bot.store.sqlite import migrations

_ROWS = ("events", "ratings", "askings", "obstacles")
_MADE_UP = (*_ROWS, "event_counts", "code_use", "demonstration", *(rollup.table for rollup in ROLLUPS))
_OF_PEOPLE = ("conversations", "contacts")
_OF_DEMO = {"events": "last_event", "ratings": "last_rating"}
_OTHERS = (
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_sqlite_%'"
)
RATING_COLUMNS = (
    "at, day, period, person, code, service, agency, commune, channel, origin, link, address, scale, level, filing, "
    "is_helped, identity, flags, mark, is_last, catalogue_version, comment, may_be_told"
)
ASKING_COLUMNS = "at, day, period, person, code, agency, commune, channel, origin, link, is_answered"
OBSTACLE_COLUMNS = "at, day, person, code, agency, commune, channel, reason, words, catalogue_version"
EVENT_COLUMNS = "at, channel, person, status, codes, catalogue_version"
EVENT_COUNT_COLUMNS = "hour, channel, status, n"


class Holding(Enum):
    """What a store holds."""

    NOTHING = "nothing"
    DEMONSTRATION = "demonstration"
    REAL = "real"


def holding(path: Path) -> Holding:
    """What the store in this file holds, be it missing or of an earlier release. Raises StoreError."""
    if not path.exists():
        return Holding.NOTHING
    try:
        with closing(sqlite3.connect(path)) as connection:
            return _holding(connection)
    except sqlite3.Error as error:
        raise StoreError(f"{type(error).__name__}: {error}") from error


def _holding(connection: sqlite3.Connection) -> Holding:
    there = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}

    def highest(table: str, column: str) -> int:
        asked = f"select coalesce(max({column}), 0) from {table}"  # noqa: S608 - our own names
        return int(connection.execute(asked).fetchone()[0]) if table in there else 0

    is_used = any(highest(table, "rowid") for table in _OF_PEOPLE)
    if is_used or any(highest(table, "id") > highest("demonstration", last) for table, last in _OF_DEMO.items()):
        return Holding.REAL
    return Holding.DEMONSTRATION if highest("demonstration", "rowid") else Holding.NOTHING


class Draft:
    """The file while it is filled. The rows' columns are the constants above."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # Made again once the rows are in: sorting once is far quicker than keeping in order.
        found = connection.execute("select name, tbl_name, sql from sqlite_master where type = 'index'").fetchall()
        own = [(name, str(sql)) for name, table, sql in found if table in _ROWS and sql is not None]
        for name, _ in own:
            connection.execute(f'drop index "{name}"')
        self._indexes = [sql for _, sql in own]

    def add(self, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
        places = ", ".join("?" * (columns.count(",") + 1))
        self._connection.executemany(f"insert into {table} ({columns}) values ({places})", rows)  # noqa: S608

    def finish(self, seed: int, at: datetime) -> Iterator[None]:
        """Index, count and mark it; a step at a time."""
        for sql in self._indexes:
            self._connection.execute(sql)
            yield
        database = Database(self._connection, execute_plugins=False)
        recount(database)
        yield
        recount_codes(database)
        yield
        self._connection.execute(
            "insert into demonstration (at, seed, last_event, last_rating) select ?, ?, "
            "coalesce((select max(id) from events), 0), coalesce((select max(id) from ratings), 0)",
            [at.isoformat(), seed],
        )
        self._connection.commit()

    @property
    def steps(self) -> int:
        """How many `finish` has."""
        return len(self._indexes) + 2


@contextmanager
def drafting(path: Path) -> Iterator[Draft]:
    """A draft that takes the place of the store at `path` when the block ends well, and vanishes when it does not.

    Nobody else may have the store open. Raises StoreError, also where it holds real data.
    """
    draft = path.with_name(f"{path.name}-draft")
    try:
        with closing(_alone(path)) as old:
            if _holding(old) is Holding.REAL:
                raise StoreError("the store holds real data")
            draft.unlink(missing_ok=True)
            draft.touch(mode=0o600)
            with closing(sqlite3.connect(draft)) as new:
                for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -400000", "temp_store = file"):
                    new.execute(f"pragma {pragma}")
                migrations.apply(Database(new, execute_plugins=False))
                _take_along(old, new)
                yield Draft(new)
            with draft.open("rb") as file:
                os.fsync(file.fileno())
            draft.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{type(error).__name__}: {error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _alone(path: Path) -> sqlite3.Connection:
    """The store, for nobody else: a log can only be given up by the one program that has the file open."""
    connection = sqlite3.connect(path, timeout=0)
    try:
        connection.execute("pragma journal_mode = delete")
        connection.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        connection.close()
        raise StoreError("another process has the store open; stop it first") from error
    return connection


def _take_along(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    for (table,) in old.execute(_OTHERS).fetchall():
        if table not in _MADE_UP:
            # Some begin with a row.
            new.execute(f'delete from "{table}"')  # noqa: S608 - from the schema
            rows = old.execute(f'select * from "{table}"')  # noqa: S608 - from the schema
            columns = [f'"{name}"' for name, *_ in rows.description]
            places = ", ".join("?" * len(columns))
            new.executemany(f'insert or replace into "{table}" ({", ".join(columns)}) values ({places})', rows)  # noqa: S608
    new.commit()
