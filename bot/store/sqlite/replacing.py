"""Putting one file in the place of another that nobody has open; the old one is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.errors import StoreError
from bot.store.sqlite.sole_use import SoleUse, in_use_by_others

_IN_USE = "another process has the database open (the service, or a command such as `top`); stop it first"
_LOG, _INDEX = "-wal", "-shm"


@contextmanager
def nobody_else(path: Path) -> Iterator[None]:
    """Raises StoreError where another process has the file open, or may have."""
    sole = SoleUse(path)
    if not sole.take():
        raise StoreError(_IN_USE)
    try:
        with in_use_by_others(path) as is_in_use:
            if is_in_use:
                raise StoreError(_IN_USE)
        yield
    finally:
        sole.free()


def put_in_place(new: Path, path: Path, at: datetime, *, is_damaged: bool) -> Path | None:
    """Within `nobody_else`. Where the old file is from now on; None where there was none.

    `is_damaged`: the old one is kept as it is, with the log that belongs to it.

    `new` is on the disk, in the same folder. Killed at any moment, `path` is the old store or the new one. Raises
    StoreError and OSError.
    """
    if not path.exists():
        _drop_beside(path)
        new.replace(path)
        return None
    is_sound = not is_damaged and _give_up_log(path)
    with in_use_by_others(path) as is_in_use:
        if is_in_use:
            raise StoreError(_IN_USE)
        kept = _free_name(path, at)
        _keep(path, kept)
        if not is_sound and _size(_beside(path, _LOG)):
            _beside(path, _LOG).replace(_beside(kept, _LOG))
        # The log of another file would be taken for that of the new one.
        _drop_beside(path)
        new.replace(path)
    return kept


def _give_up_log(path: Path) -> bool:
    """Carry all of the log over into the file; False where the file is too damaged for that."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            return bool(connection.execute("pragma journal_mode = delete").fetchone()[0] == "delete")
    except sqlite3.OperationalError as error:
        raise StoreError(f"{_IN_USE} ({error})") from error
    except sqlite3.DatabaseError:
        return False


def _keep(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:
        # A file system without hard links.
        shutil.copy2(path, kept)


def _free_name(path: Path, at: datetime) -> Path:
    name, number = f"{path.name}-before-{at:%Y%m%dT%H%M%SZ}", 1
    found = path.with_name(name)
    while found.exists():
        number += 1
        found = path.with_name(f"{name}-{number}")
    return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _drop_beside(path: Path) -> None:
    for end in (_LOG, _INDEX):
        with suppress(FileNotFoundError):
            _beside(path, end).unlink()


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
