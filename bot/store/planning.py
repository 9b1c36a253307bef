"""What would be done to a database to bring its tables up to date; nothing is changed."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.errors import StoreError
from bot.store.opening import file_of
from bot.store.sql.steps import Step


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
    from bot.store.sqlite.connection import SqliteDriver

    if not file.exists():
        return _plan(migrations.all_steps(), ())
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return _plan(migrations.all_steps(), migrations.made(Database(connection, execute_plugins=False)))
    except SqliteDriver.faults as error:
        raise StoreError(f"{type(error).__name__}: {error}") from error


def _of_server(address: str) -> Plan:
    from bot.store.postgres import steps
    from bot.store.postgres.connection import PostgresDriver

    driver = PostgresDriver(address)
    try:
        with closing(driver.connect()) as connection:
            return _plan(steps.all_steps(), steps.made(connection))
    except driver.faults as error:
        raise driver.told(error) from error


def _plan(known: Sequence[Step], made: Sequence[str]) -> Plan:
    names = {step.name for step in known}
    return Plan(
        tuple(step for step in known if step.name not in made), tuple(name for name in made if name not in names)
    )
