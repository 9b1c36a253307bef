"""How long it takes to store a rating, alone and while another process makes reports, and what the disk takes."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import multiprocessing.synchronize
import random
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.rating_rules import USUAL_RULES
from bot.operations.figures.desk import FigureDesk
from bot.operations.reports.compose import ReportBy
from bot.operations.reports.desk import Reader, make_report
from bot.operations.reports.model import ReportFormat
from bot.operations.reports.writing import write_document
from bot.operations.times import now
from bot.ratings.model import Asking, Filing, Identity, Origin, Rating, Subject, Survey
from bot.ratings.periods import previous, report_month_of
from bot.settings import SHIPPED_CATALOGUE
from bot.store.interface import Event, Record
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.benchmarks.floors import Floors, Time

_RATINGS = 1500
_PAUSE = 0.008
"""Seconds between two."""
_COUNTED = 30
"""Few enough that the log is not begun anew."""
_FRAME = 4096 + 24
"""A page in the log, with its head."""
_SECONDS_TO_BEGIN = 120


def keep_reporting(path: Path, day: date, has_begun: multiprocessing.synchronize.Event) -> None:
    """The other process: the month's report by service, figures and XLSX, again and again, until it is ended."""

    async def report() -> None:
        store = await SqliteStore.open(path)
        desk = FigureDesk(store.office.figures, load_catalogue(SHIPPED_CATALOGUE), load_texts())
        month = previous(report_month_of(day))
        while True:
            document = await make_report(desk, Reader("bench"), month, now(), ReportBy.SERVICE)
            has_begun.set()
            write_document(document, ReportFormat.XLSX)

    asyncio.run(report())


def said(number: int, at: datetime, chance: random.Random, catalogue: Catalogue) -> Record:
    """A turn in which somebody rates; every third is of the one before, who has changed their mind."""
    chance.seed(number - (number % 3 == 2))
    person = hashlib.sha256(chance.randbytes(9)).hexdigest()
    code = chance.choice(list(catalogue.services))
    service = catalogue.services[code][0]
    agency = chance.choice(service.agencies)
    subject = Subject(code, service.service_code, agency, chance.choice(list(catalogue.communes)))
    period = USUAL_RULES.period_of(at)
    asking = Asking(at, period, person, subject, "zalo_oa", Origin.CARD, is_answered=True)
    rating = Rating(
        at,
        period,
        person,
        subject,
        "zalo_oa",
        Origin.CARD,
        "three",
        number % 3 + 1,
        Filing.ONLINE,
        Identity.ACCOUNT,
        catalogue.version,
    )
    return Record(
        Event(at, "zalo_oa", person, "rated", (code,), catalogue.version), "{}", survey=Survey(asking, rating)
    )


class BareFile:
    """A file beside the store, to see what the disk takes: commits of as many pages as a rating changes, and nothing
    else."""

    def __init__(self, folder: Path, pages: int) -> None:
        self._path = folder / "bare.sqlite"
        self._remove()
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        for pragma in ("journal_mode = wal", "synchronous = full"):
            self._connection.execute(f"pragma {pragma}")
        self._connection.execute("create table bare (id integer primary key, filling blob not null)")
        # A row a page, all of them changed each time.
        self._connection.executemany("insert into bare (filling) values (zeroblob(3000))", [()] * pages)

    def commit(self) -> float:
        """Milliseconds of the commit alone."""
        self._connection.execute("begin immediate")
        self._connection.execute("update bare set filling = randomblob(3000)")
        start = time.perf_counter()
        self._connection.execute("commit")
        return (time.perf_counter() - start) * 1000

    def close(self) -> None:
        self._connection.close()
        self._remove()

    def _remove(self) -> None:
        for left in self._path.parent.glob(f"{self._path.name}*"):
            left.unlink()


@dataclass(frozen=True, slots=True)
class Stored:
    """Milliseconds, in order of length. `bare`: of commits in between, of a file of its own."""

    ratings: list[float]
    bare: list[float]


async def store_ratings(store: SqliteStore, catalogue: Catalogue, bare: BareFile) -> Stored:
    """At an even pace, over several reports, and in turn with bare commits: both meet the same disk."""
    chance, times, bare_times = random.Random(), [], []  # noqa: S311 - nothing secret
    first = time.time_ns() // 3 * 3
    for number in range(first, first + _RATINGS):
        record = said(number, now(), chance, catalogue)
        start = time.perf_counter()
        await store.record(record)
        times.append((time.perf_counter() - start) * 1000)
        bare_times.append(bare.commit())
        await asyncio.sleep(_PAUSE)
    return Stored(sorted(times), sorted(bare_times))


async def pages_of_a_rating(path: Path, store: SqliteStore, catalogue: Catalogue) -> int:
    """How many pages one adds to the log beside the file."""
    await store.let_go()
    chance = random.Random()  # noqa: S311 - nothing secret
    first = time.time_ns() // 3 * 3
    for number in range(first, first + _COUNTED):
        await store.record(said(number, now(), chance, catalogue))
    return max(1, round(path.with_name(f"{path.name}-wal").stat().st_size / _FRAME / _COUNTED))


def show(name: str, times: Sequence[float]) -> float:
    """Print them; the 95th of 100."""
    p50, p95, p99 = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    print(f"  {name:<44}p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms", flush=True)
    return p95


def show_both(name: str, found: Stored) -> float:
    p95 = show(name, found.ratings)
    show("  bare commits in between", found.bare)
    return p95


async def measure_storing(path: Path, store: SqliteStore, catalogue: Catalogue, day: date, floors: Floors) -> None:
    pages = await pages_of_a_rating(path, store, catalogue)
    print(f"a rating stored ({pages} pages), {_RATINGS} at an even pace; between them, bare commits of as many pages:")
    context = multiprocessing.get_context("spawn")
    has_begun = context.Event()
    other = context.Process(target=keep_reporting, args=(path, day, has_begun), daemon=True)
    bare = BareFile(path.parent, pages)
    try:
        show_both("nothing else being done", await store_ratings(store, catalogue, bare))
        other.start()
        await asyncio.to_thread(has_begun.wait, _SECONDS_TO_BEGIN)
        p95 = show_both("while reports are made", await store_ratings(store, catalogue, bare))
        floors.stored.add("another process makes the month's XLSX", Time(p95))
    finally:
        bare.close()
        if other.pid is not None:
            other.kill()
            other.join()
