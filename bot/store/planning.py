"""What a database has and lacks of the tables that this program works with; nothing is changed."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import StoreError
from bot.store.opening import file_of
from bot.store.sql.steps import Step

if TYPE_CHECKING:
    from bot.store.postgres.connection import PostgresConnection

_GUARD = """
    select exists (select 1 from pg_trigger where tgrelid = to_regclass('staff_log') and not tgisinternal)
        or not (has_table_privilege('staff_log', 'update') or has_table_privilege('staff_log', 'delete'))
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """`missing`: steps that the database lacks, in their order.

    `newer`: names of steps that it has and this program does not know, as after a newer version of it.
    """

    missing: tuple[Step, ...]
    newer: tuple[str, ...]


async def plan_of(address: str) -> Plan:
    """`address`: as for `bot.store.opening.open_store`. Raises StoreError."""
    file = file_of(address)
    return await asyncio.to_thread(_of_server, address) if file is None else await asyncio.to_thread(_of_file, file)


def _of_file(file: Path) -> Plan:
    # Here and not above: each needs a library that the other does without.
    from sqlite_utils import Database

    from bot.store.sqlite import migrations

    if not file.exists():
        return planned(migrations.all_steps(), ())
    with _read_only(file) as connection:
        return planned(migrations.all_steps(), migrations.made(Database(connection, execute_plugins=False)))


def _of_server(address: str) -> Plan:
    from bot.store.postgres import steps

    with _connected(address) as connection:
        return planned(steps.all_steps(), steps.made(connection))


@contextmanager
def _read_only(file: Path) -> Iterator[sqlite3.Connection]:
    from bot.store.sqlite.damage import only_read

    try:
        with closing(sqlite3.connect(only_read(file), uri=True)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise StoreError(f"{type(error).__name__}: {error}") from error


@contextmanager
def _connected(address: str) -> Iterator[PostgresConnection]:
    from bot.store.postgres.connection import PostgresDriver

    driver = PostgresDriver(address)
    try:
        with closing(driver.connect()) as connection:
            yield connection
    except driver.faults as error:
        raise driver.told(error) from error


def planned(known: Sequence[Step], made: Sequence[str]) -> Plan:
    """What is missing of the steps `known`, where those named in `made` were made."""
    names = {step.name for step in known}
    return Plan(
        tuple(step for step in known if step.name not in made), tuple(name for name in made if name not in names)
    )


async def log_is_guarded(address: str) -> bool:
    """Whether the database itself refuses to change a line of the log of changes. Raises StoreError."""
    file = file_of(address)
    return await asyncio.to_thread(_refuses, address) if file is None else await asyncio.to_thread(_file_refuses, file)


def _file_refuses(file: Path) -> bool:
    triggers = "select count(*) from sqlite_master where type = 'trigger' and tbl_name = 'staff_log'"
    with _read_only(file) as connection:
        return bool(connection.execute(triggers).fetchone()[0] >= len(("update", "delete")))


def _refuses(address: str) -> bool:
    with _connected(address) as connection:
        return bool(connection.execute(_GUARD).fetchone()[0])
