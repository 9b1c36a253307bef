"""`make bench-publish`: questions at an even pace while catalogues are published: none fails, none is mixed.

In every catalogue all names bear its number. An answer belongs to one catalogue where its text, its choices and the
version of its recorded event have the same number. Each publication is made when the one before is served.

Usage: python -m tests.benchmarks.bench_publish [--shipped] [--publications N] [--rate N]
By default 50 publications of the small second province at 200 questions a second; --shipped: of the shipped catalogue.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from bot.app import House, open_house
from bot.catalog.folder import Contents
from bot.catalog.load import version_of
from bot.dialogue.messages import Incoming, Reply, Status
from bot.operations.log_setup import set_up_log, shape_at_first
from bot.operations.publishing.served import contents_of
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import SHIPPED_CATALOGUE
from bot.store.publications import Publication, PublicationKind
from bot.store.staff import Act
from tests.benchmarks.channel_load import QUESTIONS
from tests.benchmarks.floors import load
from tests.benchmarks.marked import marked, marks_in
from tests.unit.handlers.example import FileFree

SECOND_PROVINCE = Path(__file__).parents[1] / "fixtures" / "second_province"
SECONDS_BEFORE = 3.0
MOST_MILLISECONDS = 50.0
"""Within which 95 of 100 questions must be answered while catalogues are swapped."""
OF_SECOND_PROVINCE = ("1.900001", "1.900002", "1.900003", "đăng ký khai sinh", "giấy khai sinh", "tách thửa", "tạm trú")


@dataclass(frozen=True, slots=True)
class Asked:
    """`person`: nobody else asked in that name. `seconds`: from when it was due. `is_during`: while publishing."""

    person: str
    reply: Reply
    seconds: float
    is_during: bool


@dataclass(slots=True)
class Found:
    """`taken`: seconds from each publication until it was served."""

    asked: list[Asked] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    failed: int = 0
    mixed: int = 0
    named: int = 0
    """Answers in which a name stands."""


async def measure(
    folder: Path, questions: Sequence[str], publications: int, rate: float, before: float = SECONDS_BEFORE
) -> Found:
    """Ask `rate` questions a second, first for `before` seconds, then until all is published and served."""
    shipped, found = contents_of(folder), Found()
    catalogues = [marked(shipped, number) for number in range(1, publications + 1)]
    numbers = {version_of(contents): number for number, contents in enumerate(catalogues, start=1)}
    with tempfile.TemporaryDirectory() as data:
        settings = FileFree(database_url=f"sqlite:///{data}/data.sqlite", catalog_dir=folder, max_messages_per_minute=0)
        async with open_house(settings) as house:
            publishing = asyncio.create_task(_publish(house, catalogues, before, found))
            await _ask(house, questions, rate, publishing, before, found)
            await publishing
            events = await house.store.recent_events(len(found.asked))
    _judge(found, {event.person: event.catalogue_version for event in events}, numbers, version_of(shipped))
    return found


async def _publish(house: House, catalogues: Sequence[Contents], before: float, found: Found) -> None:
    await asyncio.sleep(before)
    act = Act(now(), "bench", "catalog_publish", "bench")
    for number, contents in enumerate(catalogues):
        version, today = version_of(contents), day_of(now())
        kind = PublicationKind.PUBLISHED
        publication = Publication(0, version, kind, today, "", None, "bench", now(), "bench")
        start = time.perf_counter()
        done = await house.store.office.publications.publish(publication, contents, number, replace(act, at=now()))
        if not isinstance(done, Publication):
            raise SystemExit(f"publication {number + 1} was refused: {done}")
        while house.assistant.catalogue.version != version:
            await asyncio.sleep(0.005)
        found.taken.append(time.perf_counter() - start)


async def _ask(
    house: House, questions: Sequence[str], rate: float, publishing: asyncio.Task[None], before: float, found: Found
) -> None:
    async def ask(number: int, due: float) -> None:
        person = f"person-{number}"
        text = questions[number % len(questions)]
        reply = await house.assistant.answer(Incoming("bench", person, text, person=person, language="vi"))
        found.asked.append(Asked(person, reply, time.perf_counter() - due, due - begin > before))

    begin = time.perf_counter()
    tasks: set[asyncio.Task[None]] = set()
    for number in count():
        if publishing.done():
            break
        due = begin + number / rate
        if due > time.perf_counter():
            await asyncio.sleep(due - time.perf_counter())
        task = asyncio.create_task(ask(number, due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)


def _judge(found: Found, versions: Mapping[str, str], numbers: Mapping[str, int], shipped: str) -> None:
    for asked in found.asked:
        version, marks = versions.get(asked.person, ""), marks_in(asked.reply)
        found.failed += asked.reply.status is Status.FAILED or not version
        # What is shipped has no numbers in its names; an answer without a name fits every catalogue.
        own = {numbers[version]} if version in numbers else set()
        is_known = version in numbers or version == shipped
        found.mixed += not is_known or (bool(marks) and marks != own)
        found.named += bool(marks)


def _line(name: str, seconds: Sequence[float]) -> str:
    times = sorted(1000 * one for one in seconds)
    at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99)]
    told = "   ".join(
        f"{what} {ms:6.1f}" for what, ms in zip(("p50", "p95", "p99", "most"), (*at, times[-1]), strict=True)
    )
    return f"  {name:<22}{len(times):>7}   {told} ms"


def main() -> int:
    set_up_log(shape_at_first())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help="the shipped catalogue")
    parser.add_argument("--publications", type=int, default=50)
    parser.add_argument("--rate", type=float, default=200.0, help="questions a second")
    given = parser.parse_args()
    folder = SHIPPED_CATALOGUE if given.shipped else SECOND_PROVINCE
    questions = QUESTIONS if given.shipped else OF_SECOND_PROVINCE
    print(f"{given.publications} publications, {given.rate:.0f} questions a second; {load()}", flush=True)
    found = asyncio.run(measure(folder, questions, given.publications, given.rate))
    during = [one.seconds for one in found.asked if one.is_during]
    print(_line("before", [one.seconds for one in found.asked if not one.is_during]))
    print(_line("while publishing", during))
    taken = sorted(found.taken)
    print(f"  served after {taken[len(taken) // 2]:.1f} s, at most {taken[-1]:.1f} s")
    print(f"  answers: {len(found.asked)}, with names {found.named}, failed {found.failed}, mixed {found.mixed}")
    p95 = 1000 * sorted(during)[int(len(during) * 0.95)]
    met = not found.failed and not found.mixed and p95 <= MOST_MILLISECONDS and found.named * 2 > len(found.asked)
    print(
        f"  {'met' if met else 'MISSED'}: none failed, none mixed, p95 {p95:.1f} ms (at most {MOST_MILLISECONDS:.0f})"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
