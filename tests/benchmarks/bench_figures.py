"""`make bench-figures`: the pages of staff over a year of a busy province, and a rating stored while reports are made.

A made-up year (2 million ratings, 20 million events: some minutes, and 8 GB) is served by a process of its own; staff
who have logged in ask for pages over HTTP. What is judged is the time that passes, which says something only on a
machine that is otherwise quiet: therefore the load is told, and the time of processors beside it.

Usage: python -m tests.benchmarks.bench_figures [--ratings N] [--events N] [--folder PATH] [--only PART …] [--short]
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import date, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.operations.demo.filling import Demo, fill
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import SHIPPED_CATALOGUE
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.benchmarks.figure_pages import (
    PROVINCE,
    Ground,
    Staff,
    ground,
    hire,
    measure_files,
    measure_others,
    measure_overviews,
    measure_tables,
    without_most,
)
from tests.benchmarks.figure_ratings import measure_storing
from tests.benchmarks.floors import Floors, load
from tests.e2e.process import serving

STORE = "mot-cua.sqlite"
WHOLE_YEAR = {"KEEP_EVENTS_DAYS": "3650"}
"""Otherwise the service would begin with deleting most of it."""
PARTS = ("overview", "tables", "others", "files", "storing")


def make(path: Path, demo: Demo, catalogue: Catalogue) -> None:
    start = time.perf_counter()
    fill(path, demo, catalogue, load_texts(), now(), lambda _: None)
    seconds = time.perf_counter() - start
    print(f"made up {demo.ratings:,} ratings and {demo.events:,} events in {seconds:.0f} s")


def last_day(path: Path) -> date:
    """Of the made-up year: the store may have been kept for weeks. Raises SystemExit where it is no such store."""
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("select at from demonstration").fetchone()
    if row is None:
        raise SystemExit(f"{path} is no made-up year")
    return day_of(datetime.fromisoformat(row[0])) - timedelta(days=1)


@asynccontextmanager
async def staff_of(folder: Path, logins: dict[str, str]) -> AsyncIterator[dict[str, Staff]]:
    """By reader, each logged in."""
    with serving(folder, **WHOLE_YEAR) as server:
        async with AsyncExitStack() as stack:
            staff: dict[str, Staff] = {}
            for reader, login in logins.items():
                cookies = aiohttp.CookieJar(unsafe=True)
                session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=cookies))
                staff[reader] = Staff(session, server.url, server.process.pid)
                await staff[reader].enter(login)
            yield staff


async def measure_pages(
    folder: Path, logins: dict[str, str], place: Ground, floors: Floors, parts: Collection[str]
) -> None:
    async with staff_of(folder, logins) as staff:
        if "overview" in parts:
            await measure_overviews(staff, place, floors)
        if "tables" in parts:
            await measure_tables(staff, place, floors)
        if "others" in parts:
            await measure_others(staff[PROVINCE], place, floors)
        if "files" in parts:
            await measure_files(staff[PROVINCE], place, floors)


async def measure(folder: Path, catalogue: Catalogue, parts: Collection[str], *, is_short: bool) -> bool:
    path, floors = folder / STORE, Floors()
    print(f"{path.stat().st_size / 1e9:.1f} GB; {load()}")
    day = last_day(path)
    store = await SqliteStore.open(path)
    try:
        place = await ground(store.office.figures, catalogue, day)
        if is_short:
            place = without_most(place)
        if set(parts) - {"storing"}:
            await measure_pages(folder, await hire(store, place.readers), place, floors, parts)
        if "storing" in parts:
            await measure_storing(path, store, catalogue, day, floors)
    finally:
        await store.close()
    print(f"floors, in time that passes; {load()}:")
    measured = [floor for floor in floors.all if floor.of or len(parts) == len(PARTS)]
    print("\n".join(map(str, measured)))
    return all(floor.is_met for floor in measured)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measures figures over a made-up year, and a rating stored meanwhile.")
    parser.add_argument("--ratings", type=int, default=2_000_000)
    parser.add_argument("--events", type=int, help="by default ten for each rating")
    parser.add_argument("--folder", type=Path, help="where the store is: made where it is missing, and kept")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
    parser.add_argument("--short", action="store_true", help="few of the filters")
    options = parser.parse_args(arguments)
    demo = Demo(options.ratings, options.ratings * 10 if options.events is None else options.events)
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / STORE).exists():
            make(folder / STORE, demo, catalogue)
        holds = asyncio.run(measure(folder, catalogue, options.only, is_short=options.short))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
