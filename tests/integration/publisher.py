"""Publishes one catalogue after the other until it is killed, or kills itself in the middle of one.

Usage: python -m tests.integration.publisher DATABASE [STEPS]. With STEPS it dies in the first one, when SQLite has
gone that many times five instructions of its machine far in writing it.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from itertools import count
from pathlib import Path
from typing import cast

from bot.catalog.load import version_of
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.store.publications import Publication, PublicationKind
from bot.store.sql.session import Connection
from bot.store.sqlite.connection import SqliteConnection
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act

_STEPS_AT_ONCE = 5


async def publish(path: Path, steps: int | None) -> None:
    store = await SqliteStore.open(path)
    publications = store.office.publications
    for number in count(len(await publications.listed())):
        # Nothing in it can be deflated: it takes a while to write.
        files = {f"{one}.csv": random.Random(f"{number} {one}").randbytes(40_000) for one in range(12)}  # noqa: S311
        current = await publications.in_force(day_of(now()))
        made = Publication(
            *(0, version_of(files), PublicationKind.PUBLISHED, day_of(now()), "12/QĐ-UBND", None),
            *("cli:test", now(), "danh mục mới"),
        )
        _tell("begun")
        if steps is not None:
            await store._file_writer.run_alone(lambda connection: _die_after(connection, steps))
        act = Act(now(), "cli:test", "catalog_publish", "danh mục mới")
        await publications.publish(made, files, 0 if current is None else current.number, act)
        _tell("done")


def _tell(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _die_after(connection: Connection, steps: int) -> None:
    left = steps

    def step() -> int:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    cast(SqliteConnection, connection).database.conn.set_progress_handler(step, _STEPS_AT_ONCE)


if __name__ == "__main__":
    asyncio.run(publish(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
