"""A store on a server as a plain backup, and a backup as a store on a server: rows are copied, table by table."""

from __future__ import annotations

from pathlib import Path

from bot.errors import StoreError
from bot.settings import SQLITE_PREFIX
from bot.store.backup.held import NEWEST, OPEN, Held
from bot.store.backup.progress import Progress
from bot.store.moving.copying import copy, telling
from bot.store.moving.identity import NO_DATA, identity_of
from bot.store.moving.opening import opened_source, opened_target
from bot.store.moving.serving import users

_SECONDS_UNTIL_GONE = 6.0
"""A process that lives says so every two seconds (`bot.operations.members`)."""


def copy_from_server(address: str, file: Path, progress: Progress) -> None:
    """All as of one moment, into a file that is empty. Raises StoreError."""
    with opened_source(address) as source, opened_target(f"{SQLITE_PREFIX}{file}") as target:
        copy(source, target, progress)


def copy_to_server(file: Path, address: str, progress: Progress) -> None:
    """Make the store on the server what is in the file. Broken off, it is neither, says so, and is done again.

    Raises StoreError.
    """
    with opened_source(f"{SQLITE_PREFIX}{file}") as source, opened_target(address) as target:
        copy(source, target, progress)


def held_on_server(address: str) -> tuple[Held | None, str]:
    """What is in the store, None where it was never set up; and why that cannot be told, or is of no use.

    Raises StoreError where the server cannot be reached.
    """
    with opened_target(address, is_written=False) as side:
        try:
            with telling(side):
                if not side.tables:
                    return None, ""
                rows = sum(
                    side.count(table) for table in side.tables if not table.is_single and table.name not in NO_DATA
                )
                whole = identity_of(side).is_whole
                held = Held(rows, str(side.look(NEWEST)[0][0]), int(side.look(OPEN)[0][0]))
                return held, "" if whole else "an earlier copy or restore was broken off there"
        except StoreError as error:
            return None, str(error)


def is_served(address: str) -> bool:
    """Whether a process is running on it; that takes some seconds where one has died there. Raises StoreError."""
    return bool(users(address, _SECONDS_UNTIL_GONE))
