"""`make bench-figures`: how long figures take over a year of a busy province, and a rating while they are read.

A made-up year (2 million ratings, 20 million events: some minutes, and 8 GB in the folder for temporary files) is
asked for everything that the staff's pages ask for. Then ratings are stored one after the other, as the chat does it,
while another process goes on asking.

Usage: python -m tests.benchmarks.bench_figures [--ratings N] [--events N] [--file PATH: made where missing, and kept]
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import multiprocessing
import multiprocessing.synchronize
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.rating_rules import USUAL_RULES
from bot.operations.demo.filling import Demo, fill
from bot.operations.times import now
from bot.ratings.model import Asking, Filing, Identity, Origin, Rating, Subject, Survey
from bot.ratings.periods import day_of, report_month_of
from bot.settings import SHIPPED_CATALOGUE
from bot.store.figures import Dimension, Extent, Figures, Narrowing
from bot.store.interface import Event, Record
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.benchmarks.report_times import measure_reports

OVERVIEW_MS = 300.0
BREAKDOWN_MS = 1000.0
STORED_MS = 5.0
"""Within which 95 of 100 ratings must be stored."""
_RUNS = 3
_RATINGS = 1000
_WARM_UP = 50


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a page asks, and within how many milliseconds it must be answered."""

    name: str
    floor: float
    ask: Callable[[Figures], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is asked about: the report months, the newest last, and what they are narrowed to."""

    months: tuple[Extent, ...]
    narrowed: tuple[tuple[str, Callable[[Extent], Extent]], ...]

    @property
    def month(self) -> Extent:
        return self.months[-1]

    @property
    def year(self) -> Extent:
        return Extent(self.months[0].first, self.month.last)

    @property
    def uneven(self) -> Extent:
        """About a year, that neither begins nor ends with half a month: as many days as can be are read one by one."""
        return Extent(self.months[0].first + timedelta(days=8), self.months[-1].first - timedelta(days=8))


def months_before(day: date, count: int) -> tuple[Extent, ...]:
    periods = [report_month_of(day)]
    while len(periods) < count:
        periods.append(report_month_of(periods[-1].first - timedelta(days=1)))
    return tuple(Extent(period.first, period.last) for period in reversed(periods))


async def ground(figures: Figures, catalogue: Catalogue) -> Ground:
    """The busiest of everything."""
    months = months_before(day_of(now()) - timedelta(days=1), 12)

    async def busiest(by: Dimension) -> list[str]:
        sums: dict[str, int] = {}
        for count in await figures.counts(months[-2], by):
            sums[count.key] = sums.get(count.key, 0) + sum(count.levels)
        return sorted(sums, key=lambda key: (-sums[key], key))

    agencies, communes, codes = [await busiest(by) for by in (Dimension.AGENCY, Dimension.COMMUNE, Dimension.CODE)]
    commune = next(key for key in communes if key)
    fields: dict[str, int] = {}
    for rank, code in enumerate(codes):
        field = catalogue.procedures[code].field_id
        fields[field] = fields.get(field, 0) + len(codes) // (rank + 1)
    busy_fields = sorted(fields, key=lambda key: -fields[key])[:1]
    field_codes = frozenset(code for code in codes if catalogue.procedures[code].field_id in busy_fields)
    half, own = frozenset(agencies[: len(agencies) // 2]), frozenset(agencies[:5])
    narrowed: tuple[tuple[str, Callable[[Extent], Extent]], ...] = (
        ("everything", lambda extent: extent),
        ("an agency", lambda extent: replace(extent, agency=agencies[0])),
        ("a commune", lambda extent: replace(extent, commune=commune)),
        ("a service", lambda extent: replace(extent, codes=frozenset(codes[:1]))),
        (f"a field ({len(field_codes)} services)", lambda extent: replace(extent, codes=field_codes)),
        ("the 40 busiest services", lambda extent: replace(extent, codes=frozenset(codes[:40]))),
        ("a channel", lambda extent: replace(extent, channel="zalo_oa")),
        ("an origin", lambda extent: replace(extent, origin="follow_up")),
        ("a reader of 5 agencies", lambda extent: replace(extent, agencies=own)),
        (f"a reader of {len(half)} agencies", lambda extent: replace(extent, agencies=half)),
        ("a channel, a field", lambda extent: replace(extent, channel="zalo_oa", codes=field_codes)),
        ("5 agencies, a channel", lambda extent: replace(extent, channel="zalo_oa", agencies=own)),
    )
    return Ground(months, narrowed)


def overview(place: Ground) -> list[Question]:
    async def whole(figures: Figures) -> None:
        await figures.counts(place.month)
        await figures.counts(place.months[-2])
        await figures.trend(place.months)

    def month(figures: Figures) -> Awaitable[object]:
        return figures.counts(place.month)

    def trend(figures: Figures) -> Awaitable[object]:
        return figures.trend(place.months)

    return [
        Question("this report month", OVERVIEW_MS, month),
        Question("trend of 12 report months", OVERVIEW_MS, trend),
        Question("both, and the month before", OVERVIEW_MS, whole),
    ]


def breakdowns(place: Ground, extent: Extent) -> Iterator[tuple[str, list[Question]]]:
    """For each narrowing, by each dimension."""
    for name, narrow in place.narrowed:
        asked = narrow(extent)
        questions = [
            Question(by.value, BREAKDOWN_MS, lambda figures, asked=asked, by=by: figures.counts(asked, by))  # type: ignore[misc]
            for by in Dimension
        ]
        yield name, questions


def others(place: Ground) -> list[Question]:
    year = place.year
    worst, helped = Narrowing(highest=1), Narrowing(highest=1, is_helped=True, filing=Filing.HELPER, scale="five")
    return [
        Question("rows behind: a year", BREAKDOWN_MS, lambda figures: figures.rows(year)),
        Question("rows behind: bad ones of a year", BREAKDOWN_MS, lambda figures: figures.rows(year, worst)),
        Question("rows behind: very few of a year", BREAKDOWN_MS, lambda figures: figures.rows(year, helped)),
        Question("obstacles of a year", BREAKDOWN_MS, lambda figures: figures.obstacles(year)),
        Question("use of a year", BREAKDOWN_MS, lambda figures: figures.use(year.first, year.last)),
        Question(
            "use of a year, by hour", BREAKDOWN_MS, lambda figures: figures.use(year.first, year.last, by_hour=True)
        ),
    ]


async def quickest(figures: Figures, question: Question) -> float:
    """Milliseconds of processor time of the quickest of some runs: what it takes on a core of its own, the file being
    in memory, whatever else the machine does."""
    times = []
    for _ in range(_RUNS):
        start = time.process_time()
        await question.ask(figures)
        times.append((time.process_time() - start) * 1000)
    return min(times)


def verdict(found: float, floor: float) -> str:
    return "holds" if found <= floor else "BELOW THE FLOOR"


async def measure_questions(figures: Figures, place: Ground) -> bool:
    """Print how long each takes; whether all floors hold."""
    holds = True
    print(f"overview (at most {OVERVIEW_MS:.0f} ms; the quickest of {_RUNS} runs):")
    for question in overview(place):
        found = await quickest(figures, question)
        holds &= found <= question.floor
        print(f"  {question.name:<34}{found:8.0f} ms  {verdict(found, question.floor)}")
    for name, extent in (("a report month", place.month), ("a year", place.year), ("uneven days", place.uneven)):
        heads = "".join(f"{by.value:>9}" for by in Dimension)
        print(f"breakdowns of {name}, {extent.first} to {extent.last} (at most {BREAKDOWN_MS:.0f} ms), by\n{heads:>81}")
        for narrowing, questions in breakdowns(place, extent):
            times = [await quickest(figures, question) for question in questions]
            holds &= max(times) <= BREAKDOWN_MS
            shown = "".join(f"{found:9.0f}" for found in times)
            print(f"  {narrowing:<34}{shown}  {verdict(max(times), BREAKDOWN_MS)}")
    print(f"what else is asked (at most {BREAKDOWN_MS:.0f} ms):")
    for question in others(place):
        found = await quickest(figures, question)
        holds &= found <= question.floor
        print(f"  {question.name:<34}{found:8.0f} ms  {verdict(found, question.floor)}")
    return holds


def keep_asking(path: Path, is_asking: multiprocessing.synchronize.Event) -> None:
    """The other process: every question, again and again, until it is ended."""

    async def ask() -> None:
        store = await SqliteStore.open(path)
        figures = store.office.figures
        place = await ground(figures, load_catalogue(SHIPPED_CATALOGUE))
        is_asking.set()
        while True:
            for question in overview(place):
                await question.ask(figures)
            for extent in (place.year, place.uneven):
                for _, questions in breakdowns(place, extent):
                    for question in questions:
                        await question.ask(figures)

    asyncio.run(ask())


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


async def store_ratings(store: SqliteStore, catalogue: Catalogue) -> list[float]:
    """Milliseconds of each, in order of length."""
    chance, times = random.Random(), []  # noqa: S311 - nothing secret
    first = time.time_ns() // 3 * 3
    for number in range(first, first + _WARM_UP + _RATINGS):
        record = said(number, now(), chance, catalogue)
        start = time.perf_counter()
        await store.record(record)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times[_WARM_UP:])


def show_stored(name: str, times: Sequence[float]) -> bool:
    p50, p95, p99 = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    print(f"  {name:<34} p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms  {verdict(p95, STORED_MS)}")
    return p95 <= STORED_MS


async def measure_storing(path: Path, store: SqliteStore, catalogue: Catalogue) -> bool:
    print(f"a rating stored (95 of 100 within {STORED_MS:.0f} ms), {_RATINGS} one after the other:")
    holds = show_stored("nobody asks anything", await store_ratings(store, catalogue))
    context = multiprocessing.get_context("spawn")
    is_asking = context.Event()
    other = context.Process(target=keep_asking, args=(path, is_asking), daemon=True)
    other.start()
    try:
        await asyncio.to_thread(is_asking.wait, 60)
        return show_stored("while another process asks it all", await store_ratings(store, catalogue)) and holds
    finally:
        other.kill()
        other.join()


def make(path: Path, demo: Demo, catalogue: Catalogue) -> None:
    start = time.perf_counter()
    fill(path, demo, catalogue, load_texts(), now(), lambda _: None)
    seconds = time.perf_counter() - start
    print(f"made up {demo.ratings:,} ratings and {demo.events:,} events in {seconds:.0f} s")


async def measure(path: Path, catalogue: Catalogue) -> bool:
    print(f"{path.stat().st_size / 1e9:.1f} GB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("questions: processor time; ratings stored: time that passes, to be judged on a machine that is free")
    store = await SqliteStore.open(path)
    try:
        figures = store.office.figures
        holds = await measure_questions(figures, await ground(figures, catalogue))
        holds &= await measure_reports(figures, catalogue, day_of(now()))
        return await measure_storing(path, store, catalogue) and holds
    finally:
        await store.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measures figures over a made-up year, and a rating stored meanwhile.")
    parser.add_argument("--ratings", type=int, default=2_000_000)
    parser.add_argument("--events", type=int, help="by default ten for each rating")
    parser.add_argument("--file", type=Path, help="made where it is missing, and kept")
    options = parser.parse_args(arguments)
    demo = Demo(options.ratings, options.ratings * 10 if options.events is None else options.events)
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "year.sqlite"
        if not path.exists():
            make(path, demo, catalogue)
        holds = asyncio.run(measure(path, catalogue))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
