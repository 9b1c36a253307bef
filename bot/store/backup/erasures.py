"""Deletions that were asked for after a backup was made, made again in it before it is a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.errors import BackupError
from bot.store.erasing import Erasure
from bot.store.opening import file_of
from bot.store.sql.erasing import repeat_erasure
from bot.store.sql.grouped import Grouped
from bot.store.sqlite.connection import SqliteConnection
from bot.store.sqlite.damage import only_read

_NOTED = "select person, at from erasures"
_IS_THERE = "select 1 from sqlite_master where type = 'table' and name = 'erasures'"


def noted_in(connection: sqlite3.Connection) -> tuple[Erasure, ...]:
    """Nobody where the tables are of an earlier release. Raises sqlite3.Error."""
    if connection.execute(_IS_THERE).fetchone() is None:
        return ()
    return _erasures(connection.execute(_NOTED).fetchall())


def noted_at(address: str) -> tuple[Erasure, ...]:
    """In the store there; none where there is no store. Raises StoreError, BackupError where they cannot be read."""
    place = file_of(address)
    if place is None:
        # Here and not above: a store in a file does without what it needs.
        from bot.store.moving.copying import telling
        from bot.store.moving.opening import opened_target

        with opened_target(address, is_written=False) as side, telling(side):
            return _erasures(side.look(_NOTED)) if side.has("erasures") else ()
    if not place.exists():
        return ()
    try:
        with closing(sqlite3.connect(only_read(place), uri=True, timeout=1)) as connection:
            return noted_in(connection)
    except sqlite3.Error as error:
        raise BackupError(f"whose data were deleted cannot be read: {error}") from error


def later_than(backup: Iterable[Erasure], store: Iterable[Erasure]) -> tuple[Erasure, ...]:
    """Those of the store that the backup does not know of: whoever was deleted before it and came back stays in it."""
    known: Mapping[str, datetime] = {one.person: one.at for one in backup}
    return tuple(one for one in store if one.person not in known or known[one.person] < one.at)


def repeat_in(path: Path, erasures: Sequence[Erasure]) -> int:
    """Make them in a file whose tables are up to date; of how many people something was there. Raises BackupError."""
    if not erasures:
        return 0
    try:
        with closing(SqliteConnection(path)) as connection:
            # No file beside it: if this process dies nothing is left but the file itself.
            connection.execute("pragma journal_mode = off").fetchall()
            connection.begin()
            database = Grouped(connection)
            held = sum(repeat_erasure(database, erasure).held for erasure in erasures)
            database.write_sums()
            connection.commit()
            return held
    except sqlite3.Error as error:
        raise BackupError(f"what was deleted since cannot be deleted in it: {error}") from error


def _erasures(rows: Iterable[Sequence[object]]) -> tuple[Erasure, ...]:
    found = (Erasure(str(person), datetime.fromisoformat(str(at))) for person, at in rows)
    return tuple(sorted(found, key=lambda one: (one.at, one.person)))
