"""Pages of figures as staff get them: over HTTP from a process of its own, from the request to the last byte."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import aiohttp

from bot.catalog.model import Catalogue
from bot.operations.figures.addresses import (
    PERIOD,
    USE,
    Which,
    overview_address,
    ratings_address,
    report_address,
    table_address,
)
from bot.operations.figures.model import EVERYTHING, By, Filters
from bot.operations.reports.model import ReportFormat
from bot.operations.staff.passwords import Passwords
from bot.operations.times import now
from bot.ratings.periods import (
    Period,
    calendar_period,
    custom_period,
    previous,
    report_month_of,
    report_months_to,
    written,
)
from bot.store.figures import Dimension, Extent, Figures, Narrowing
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Account, Act, Keys, Role
from tests.benchmarks.floors import Floors, Time

_RUNS = 3
_PASSWORD = "một câu dài chỉ để đo"
LOGIN = "/staff/dang-nhap"
PROVINCE, FIVE, HALF = "the province", "a reader of 5 agencies", "a reader of half the agencies"


@dataclass(frozen=True, slots=True)
class Ground:
    """What is asked about. `month`: the current report month. `readers`: which agencies they see; empty: all."""

    month: Period
    narrowed: tuple[tuple[str, str, Filters], ...]
    readers: dict[str, tuple[str, ...]]

    @property
    def periods(self) -> tuple[tuple[str, Period], ...]:
        months = report_months_to(self.month.last, 12)
        day = timedelta(days=1)
        return (
            ("this month", self.month),
            ("the month before", previous(self.month)),
            ("a quarter", calendar_period(f"{months[-3].last.year}-Q{(months[-3].last.month + 2) // 3}")),
            ("a year", custom_period(months[0].first, self.month.last)),
            # Neither begins nor ends with half a month: as many days as can be are read one by one.
            ("uneven days", custom_period(months[0].first + 8 * day, self.month.first - 8 * day)),
        )


async def ground(figures: Figures, catalogue: Catalogue, day: date) -> Ground:
    """The busiest of everything."""
    month = report_month_of(day)
    before = previous(month)

    async def busiest(by: Dimension) -> list[str]:
        counted = await figures.counted(Extent(before.first, before.last), by, "three")
        return sorted(counted, key=lambda key: (-sum(counted[key]), key))

    agencies, communes, codes = [await busiest(by) for by in (Dimension.AGENCY, Dimension.COMMUNE, Dimension.CODE)]
    sizes: dict[str, int] = {}
    for procedure in catalogue.procedures.values():
        sizes[procedure.field_id] = sizes.get(procedure.field_id, 0) + 1
    rated = {catalogue.procedures[code].field_id for code in codes}
    field = max(rated, key=lambda each: (sizes[each], each))
    commune = next(key for key in communes if key)
    narrowed = (
        ("everything", PROVINCE, EVERYTHING),
        ("an agency", PROVINCE, Filters(agency=agencies[0])),
        ("a commune", PROVINCE, Filters(commune=commune)),
        ("a service", PROVINCE, Filters(code=codes[0])),
        (f"a field ({sizes[field]} services)", PROVINCE, Filters(field=field)),
        ("a channel", PROVINCE, Filters(channel="zalo_oa")),
        ("an origin", PROVINCE, Filters(origin="follow_up")),
        ("a channel, a field", PROVINCE, Filters(channel="zalo_oa", field=field)),
        ("a channel, an agency", PROVINCE, Filters(channel="zalo_oa", agency=agencies[0])),
        (FIVE, FIVE, EVERYTHING),
        (HALF, HALF, EVERYTHING),
        (f"{HALF}, a channel", HALF, Filters(channel="zalo_oa")),
        (f"{HALF}, a commune", HALF, Filters(commune=commune)),
    )
    known = [code for code in agencies if code in catalogue.agencies]
    readers = {PROVINCE: (), FIVE: tuple(known[:5]), HALF: tuple(known[: len(known) // 2])}
    return Ground(month, narrowed, readers)


async def hire(store: SqliteStore, readers: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Accounts of this run alone; the names to log in with, by reader."""
    hashed = await Passwords().hash(_PASSWORD)
    logins: dict[str, str] = {}
    for reader, agencies in readers.items():
        login = logins[reader] = f"bench-{secrets.token_hex(6)}"
        account = Account(login, reader, Role.VIEWER, agencies, now(), must_change=False)
        await store.office.staff.add(account, Keys(hashed), Act(now(), "cli:bench", "add"))
    return logins


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is logged in. `process`: the id of the one that answers."""

    session: aiohttp.ClientSession
    url: str
    process: int

    async def enter(self, login: str) -> None:
        """Cookies are kept for addresses by number as well: see how the session is made."""
        fields = {"login": login, "password": _PASSWORD}
        async with self.session.post(self.url + LOGIN, data=fields, allow_redirects=False) as response:
            if response.status != 303:
                raise AssertionError(f"logging in was answered with {response.status}")

    async def once(self, address: str) -> Time:
        cpu, start = _processor_ms(self.process), time.perf_counter()
        async with self.session.get(self.url + address, allow_redirects=False) as response:
            await response.read()
            wall = (time.perf_counter() - start) * 1000
            if response.status != 200:
                raise AssertionError(f"{address} was answered with {response.status}")
        spent = _processor_ms(self.process)
        return Time(wall, None if cpu is None or spent is None else spent - cpu)

    async def usual(self, address: str, runs: int = _RUNS) -> Time:
        """The middle one of some runs."""
        found = [await self.once(address) for _ in range(runs)]
        wall = statistics.median(each.wall for each in found)
        return next(each for each in found if each.wall == wall)


def _processor_ms(process: int) -> float | None:
    """Of all threads of a process and of those that it has started, until now."""
    total = 0.0
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            with suppress(FileNotFoundError):
                total += int((thread / "schedstat").read_text().split()[0]) / 1e6
                for child in (thread / "children").read_text().split():
                    total += _processor_ms(int(child)) or 0.0
    except OSError:
        return None
    return total


async def measure_overviews(staff: dict[str, Staff], place: Ground, floors: Floors) -> None:
    print("overview, page and data, ms that pass/of processors:")
    for reader, who in staff.items():
        cells = []
        for name, period in place.periods:
            found = await who.usual(overview_address(period))
            floors.overview.add(f"{reader}, {name}", found)
            cells.append(f"{name} {found}")
        print(f"  {reader:<32}{', '.join(cells)}", flush=True)


async def measure_tables(staff: dict[str, Staff], place: Ground, floors: Floors) -> None:
    for name, period in place.periods:
        if name in {"this month", "a quarter"}:
            continue
        print(f"tables of {name}, {period.first} to {period.last}, ms that pass/of processors, by")
        print(" " * 46 + "".join(f"{by.value:>11}" for by in By))
        for narrowing, reader, filters in place.narrowed:
            cells = []
            for by in By:
                found = await staff[reader].usual(table_address(by, period, filters))
                floors.breakdown.add(f"{name}, {narrowing}, by {by}", found)
                cells.append(f"{found!s:>11}")
            print(f"  {narrowing:<44}{''.join(cells)}", flush=True)


def _others(period: Period) -> Iterator[tuple[str, str]]:
    few = Narrowing(highest=1, is_helped=True, scale="five")
    yield "the ratings behind the whole", ratings_address(period, Which())
    yield "bad ones", ratings_address(period, Which(only=Narrowing(highest=1, scale="three")))
    yield "very few", ratings_address(period, Which(only=few))
    yield "use", f"{USE}?{PERIOD}={written(period)}"


async def measure_others(staff: Staff, place: Ground, floors: Floors) -> None:
    print("what else is looked at, of a year, ms that pass/of processors:")
    year = dict(place.periods)["a year"]
    for name, address in _others(year):
        found = await staff.usual(address)
        floors.breakdown.add(name, found)
        print(f"  {name:<44}{found!s:>11}", flush=True)


async def measure_files(staff: Staff, place: Ground, floors: Floors, by: Sequence[By] = (By.SERVICE,)) -> None:
    """Made in the report process, which is started by the first: that is part of it."""
    month = previous(place.month)
    print(f"files of {month.name}, ms that pass/of processors:")
    for form in ReportFormat:
        for each in by:
            found = await staff.usual(report_address(form, month, each), 1)
            if form is ReportFormat.XLSX:
                floors.xlsx.add(f"by {each}, the first one", found)
            print(f"  {f'{form}, by {each}':<44}{found!s:>11}", flush=True)


def without_most(place: Ground) -> Ground:
    """For a short look: everything, and a reader of half the agencies."""
    return replace(place, narrowed=tuple(each for each in place.narrowed if each[0] in {"everything", HALF}))
