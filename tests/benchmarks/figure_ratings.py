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
from contextlib import closing
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

_RATINGS = 1000
_WARM_UP = 50
_COUNTED_PAGES = 40
_PAGE = 4096
_FRAME = _PAGE + 24
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


async def store_ratings(store: SqliteStore, catalogue: Catalogue, ratings: int = _RATINGS) -> list[float]:
    """Milliseconds of each, in order of length."""
    chance, times = random.Random(), []  # noqa: S311 - nothing secret
    first = time.time_ns() // 3 * 3
    for number in range(first, first + _WARM_UP + ratings):
        record = said(number, now(), chance, catalogue)
        start = time.perf_counter()
        await store.record(record)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times[_WARM_UP:])


async def pages_of_a_rating(path: Path, store: SqliteStore, catalogue: Catalogue) -> int:
    """How many pages one adds to the log beside the file."""
    await store.let_go()
    log = path.with_name(f"{path.name}-wal")
    await store_ratings(store, catalogue, _COUNTED_PAGES - _WARM_UP)
    return max(1, round(log.stat().st_size / _FRAME / _COUNTED_PAGES))


def bare_commits(folder: Path, pages: int) -> list[float]:
    """Milliseconds that commits of so many pages take, nothing else being done: what the disk takes."""
    path, times = folder / "bare.sqlite", []
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = wal", "synchronous = full", "wal_autocheckpoint = 0"):
            connection.execute(f"pragma {pragma}")
        connection.execute("create table bare (id integer primary key, filling blob not null)")
        # A row a page, all of them changed each time.
        connection.executemany("insert into bare (filling) values (zeroblob(3000))", [()] * pages)
        for _ in range(_RATINGS // 4):
            connection.execute("begin immediate")
            connection.execute("update bare set filling = randomblob(3000)")
            start = time.perf_counter()
            connection.execute("commit")
            times.append((time.perf_counter() - start) * 1000)
    for left in folder.glob("bare.sqlite*"):
        left.unlink()
    return sorted(times)


def show(name: str, times: Sequence[float]) -> float:
    """Print them; the 95th of 100."""
    p50, p95, p99 = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    print(f"  {name:<44}p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms", flush=True)
    return p95


async def measure_storing(path: Path, store: SqliteStore, catalogue: Catalogue, day: date, floors: Floors) -> None:
    print(f"a rating stored, {_RATINGS} one after the other:")
    pages = await pages_of_a_rating(path, store, catalogue)
    show(f"a bare commit of {pages} pages, as a rating's", bare_commits(path.parent, pages))
    show("a rating, nothing else being done", await store_ratings(store, catalogue))
    context = multiprocessing.get_context("spawn")
    has_begun = context.Event()
    other = context.Process(target=keep_reporting, args=(path, day, has_begun), daemon=True)
    other.start()
    try:
        await asyncio.to_thread(has_begun.wait, _SECONDS_TO_BEGIN)
        show("a bare commit while reports are made", bare_commits(path.parent, pages))
        p95 = show("a rating while reports are made", await store_ratings(store, catalogue))
        floors.stored.add("another process makes the month's XLSX", Time(p95))
    finally:
        other.kill()
        other.join()
