"""A process that writes turns to a store as fast as it can until it is killed; now and then it says how many."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from bot.store.interface import Record
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import NOW, event, opinion, update

AT_ONCE = 8


async def _write(store: SqliteStore, lane: int) -> None:
    number = lane
    while True:
        # Together or neither: an event, what was said of it, and how far this lane has come.
        await store.record(Record(event(number, f"lane {lane}"), str(number), opinion(number, f"lane {lane}")))
        await store.inbox.accept(update(str(number), f"lane {lane}"), NOW + timedelta(seconds=number))
        if number % AT_ONCE**2 == 0:
            # Few enough that nobody has to read them.
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
        number += AT_ONCE


async def main(path: Path) -> None:
    store = await SqliteStore.open(path)
    await asyncio.gather(*(_write(store, lane) for lane in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
