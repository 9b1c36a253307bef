"""What a backup says of itself, in two tables of its own within the file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.errors import BackupError
from bot.store.backup.sums import TableSum

_FORMAT = 1
_TABLES = (
    "create table backup_manifest (name text primary key, value text not null)",
    'create table backup_tables ("table" text primary key, rows integer not null, checksum text not null)',
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at`: in UTC. `engine`: `sqlite` or `postgresql`, from which it was made.

    `key`: tells one secret key from another (see `bot.store.person.fingerprint`), without which nobody is known again;
    empty where there was none. `newest`: the time of the newest event; empty where there is none.
    """

    made_at: datetime
    engine: str
    key: str
    newest: str
    sums: tuple[TableSum, ...]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.sums)


def write_manifest(connection: sqlite3.Connection, manifest: Manifest) -> None:
    """Committed. Raises sqlite3.Error."""
    told = {
        "format": str(_FORMAT),
        "made_at": manifest.made_at.isoformat(),
        "engine": manifest.engine,
        "key": manifest.key,
        "newest": manifest.newest,
    }
    for statement in _TABLES:
        connection.execute(statement)
    connection.executemany("insert into backup_manifest values (?, ?)", told.items())
    sums = [(one.table, one.rows, one.checksum) for one in manifest.sums]
    connection.executemany("insert into backup_tables values (?, ?, ?)", sums)
    connection.commit()


def read_manifest(connection: sqlite3.Connection) -> Manifest:
    """Raises BackupError where the file has none, or one of a later release, or is no database that can be read."""
    try:
        told = dict(connection.execute("select name, value from backup_manifest"))
        sums = connection.execute('select "table", rows, checksum from backup_tables order by "table"').fetchall()
    except sqlite3.OperationalError as error:
        raise BackupError("it is no backup: it does not say when it was made, and what has to be in it") from error
    except sqlite3.Error as error:
        raise BackupError(f"it is damaged: {error}") from error
    if told.get("format") != str(_FORMAT):
        raise BackupError("it was made by a later release of this program; restore it with that one")
    return Manifest(
        datetime.fromisoformat(told["made_at"]),
        *(told["engine"], told["key"], told["newest"]),
        tuple(TableSum(*row) for row in sums),
    )


def drop_manifest(connection: sqlite3.Connection) -> None:
    """A store that is used says nothing of the kind any more. Raises sqlite3.Error."""
    connection.execute("drop table backup_manifest")
    connection.execute("drop table backup_tables")
    connection.commit()
