"""What of a backup must not go on where it stopped, once it is a store again."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.errors import BackupError
from bot.store.backup.making import opened
from bot.store.backup.manifest import drop_manifest
from bot.store.inbox import Kind
from bot.store.moving.identity import OF_PROCESSES
from bot.store.sql.inbox import FREE_ALL
from bot.store.sqlite import migrations

_SILENT = (Kind.LEFT, Kind.WITHDRAWN)
"""Nobody is written to for them, and doing them twice does no harm: whoever wanted their data gone wants so still."""
_CLOSE_OPEN = f"""
    update inbox set closed = 'restored', closed_at = ?, person = '', address = '', body = '', reply = null,
        owner = null
    where closed is null and kind not in ({", ".join(f"'{kind}'" for kind in _SILENT)})
"""  # noqa: S608 - our own names
_FOR_A_WHILE = OF_PROCESSES | {"staff_sessions", "staff_codes"}
"""Who was logged in, and what ran, when it was made."""


def make_ready(path: Path, at: datetime, *, is_answering: bool) -> int:
    """Bring the tables of a checked backup up to date, and end what was under way in it.

    How many messages were closed unanswered. `is_answering`: what was open is answered instead, because nothing has
    happened since. Raises BackupError.
    """
    try:
        with opened(path, is_written=True) as connection:
            drop_manifest(connection)
            connection.execute("pragma secure_delete = on")
            migrations.apply(Database(connection, execute_plugins=False))
            for statement in FREE_ALL:
                connection.execute(statement)
            there = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
            for table in there.intersection(_FOR_A_WHILE):
                connection.execute(f'delete from "{table}"')  # noqa: S608 - our own names
            closed = 0 if is_answering else connection.execute(_CLOSE_OPEN, [at.isoformat()]).rowcount
            connection.commit()
            return closed
    except sqlite3.Error as error:
        raise BackupError(f"its tables cannot be brought up to date: {error}") from error
