"""One SQLite file as another, while others go on writing to it; and what every backup is checked by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bot.errors import BackupError
from bot.store.backup.held import NEWEST
from bot.store.backup.manifest import Manifest, write_manifest
from bot.store.backup.progress import Progress
from bot.store.backup.sums import counts_of, differing, sums_of
from bot.store.sqlite.damage import only_read

_PAGES_AT_ONCE = 2048
_BUSY_SECONDS = 10.0


@contextmanager
def opened(path: Path, *, is_written: bool) -> Iterator[sqlite3.Connection]:
    """A file that nobody else has open. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
        # No files beside it: if this process dies nothing is left but the file itself.
        connection.execute(f"pragma journal_mode = {'off' if is_written else 'delete'}").fetchall()
        connection.execute("pragma synchronous = off")
        connection.execute("pragma locking_mode = exclusive").fetchall()
        yield connection


def copy_file(source: Path, target: Path, progress: Progress) -> None:
    """All that is committed when it begins, into `target`, which exists and is empty. Writers are not kept waiting.

    Raises BackupError.
    """
    try:
        with closing(sqlite3.connect(only_read(source), uri=True, timeout=_BUSY_SECONDS)) as old:
            # What is read is of this moment until the end, whatever is written meanwhile; nothing is begun anew.
            old.execute("begin")
            before = counts_of(old)
            with closing(sqlite3.connect(target)) as new:
                new.execute("pragma synchronous = off")
                old.backup(new, pages=_PAGES_AT_ONCE, progress=lambda _, left, of: progress("pages", of - left, of))
            old.rollback()
        _check_copy(target, before)
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be copied: {error}") from error


def _check_copy(target: Path, before: Mapping[str, int]) -> None:
    with opened(target, is_written=False) as new:
        check_whole(new)
        wrong = differing(before, counts_of(new))
    if wrong:
        raise BackupError(f"not all rows are in the copy: {', '.join(wrong)}")


def seal(target: Path, made_at: datetime, engine: str, key: str, progress: Progress) -> Manifest:
    """Write into the file what it is and what has to be in it. Raises BackupError."""
    try:
        with opened(target, is_written=True) as connection:
            sums = sums_of(connection, sum(counts_of(connection).values()), progress)
            manifest = Manifest(made_at, engine, key, connection.execute(NEWEST).fetchone()[0], sums)
            write_manifest(connection, manifest)
    except sqlite3.Error as error:
        raise BackupError(f"the copy cannot be finished: {error}") from error
    return manifest


def check_whole(connection: sqlite3.Connection) -> None:
    """Raises BackupError where a page or an index of the file is damaged."""
    try:
        found = [row[0] for row in connection.execute("pragma integrity_check(1)")]
    except sqlite3.Error as error:
        raise BackupError(f"the file is damaged: {error}") from error
    if found != ["ok"]:
        raise BackupError(f"the file is damaged: {found[0]}")
