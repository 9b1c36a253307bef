"""One run: so many processes of the service on one database, a load on them, and what each message has cost."""

from __future__ import annotations

import asyncio
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from tests.benchmarks.machine import processor_ms, written_bytes
from tests.benchmarks.scale_database import Held, Storage
from tests.benchmarks.scale_load import Load, Waited, loading
from tests.benchmarks.scale_service import Ready, Served, Work, serve

_SECONDS_TO_START = 600
_SECONDS_TO_STOP = 30
_WARM_UP_SECONDS = 2.0
PACE = 0.5
"""Of what can be answered at all: the share at which people's waiting is measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`processes` of the service, the catalogue `times` times over, `seconds` for each of two loads."""

    processes: int = 1
    times: int = 1
    seconds: float = 8.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one message, over a load. Milliseconds of processors, by thread for the service; bytes."""

    service: float
    threads: Mapping[str, float]
    database: float
    load: float
    statements: float
    commits: float
    journal: float | None
    written: float


@dataclass(frozen=True, slots=True)
class Run:
    """`full`: as many messages as can be. `calm`: at half that pace. `held`: what they have left, in all."""

    storage: str
    plan: Plan
    ready: Ready
    full: Waited
    calm: Waited
    cost: Cost
    megabytes: float
    messages: int
    held: Mapping[str, Held]
    statements: Mapping[str, float]

    @property
    def unanswered(self) -> int:
        return self.full.unanswered + self.calm.unanswered

    @property
    def unasked(self) -> int:
        """Answers that nobody waited for: given twice, as a rule."""
        return self.full.unasked + self.calm.unasked


@dataclass(frozen=True, slots=True)
class _Process:
    process: SpawnProcess
    pipe: Connection

    def work(self) -> Work:
        self.pipe.send("work")
        answer = self.pipe.recv()
        assert isinstance(answer, Work)
        return answer

    @property
    def id(self) -> int:
        return self.process.pid or 0


@dataclass(frozen=True, slots=True)
class _Spent:
    """Until some moment."""

    service: float
    database: float
    load: float
    threads: Counter[str]
    statements: Counter[str]
    journal: int | None
    written: int


def run(storage: Storage, plan: Plan, *, weighs: bool = True) -> Run:
    """`weighs`: whether it is looked up what the messages have left. Raises AssertionError where processes fail."""
    return asyncio.run(_run(storage, plan, weighs=weighs))


async def _run(storage: Storage, plan: Plan, *, weighs: bool) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        notices = Path(folder) / "notices"
        async with loading(notices) as load:
            processes = [_start(Served(storage.address, str(notices), plan.times)) for _ in range(plan.processes)]
            try:
                ready = [await asyncio.to_thread(_until_ready, each) for each in processes]
                await load.connect([each.port for each in ready])
                made = await _loaded(storage, plan, processes, load)
            finally:
                await asyncio.to_thread(_stop, processes)
    full, calm, cost, statements, megabytes, messages = made
    held = storage.held() if weighs else {}
    return Run(storage.name, plan, ready[0], full, calm, cost, megabytes, messages, held, statements)


async def _loaded(
    storage: Storage, plan: Plan, processes: Sequence[_Process], load: Load
) -> tuple[Waited, Waited, Cost, dict[str, float], float, int]:
    warm = await load.as_many_as_can_be(_WARM_UP_SECONDS)
    before = await asyncio.to_thread(_spent, storage, processes)
    full = await load.as_many_as_can_be(plan.seconds)
    after = await asyncio.to_thread(_spent, storage, processes)
    calm = await load.at_pace(full.per_second * PACE, plan.seconds)
    works = [await asyncio.to_thread(each.work) for each in processes]
    messages = sum(len(each.answers) for each in (warm, full, calm))
    megabytes = sum(each.megabytes for each in works) / len(works)
    cost, statements = _cost(before, after, len(full.answers))
    return full, calm, cost, statements, megabytes, messages


def _cost(before: _Spent, after: _Spent, messages: int) -> tuple[Cost, dict[str, float]]:
    def each(of: Callable[[_Spent], float]) -> float:
        return (of(after) - of(before)) / messages

    def difference(of: Callable[[_Spent], Counter[str]]) -> dict[str, float]:
        found = of(after)
        found.subtract(of(before))
        return {name: n / messages for name, n in found.most_common() if n}

    statements = difference(lambda spent: spent.statements)
    commits = statements.pop("commit", 0.0)
    journal = None
    if after.journal is not None and before.journal is not None:
        journal = (after.journal - before.journal) / messages
    cost = Cost(
        each(lambda spent: spent.service),
        difference(lambda spent: spent.threads),
        each(lambda spent: spent.database),
        each(lambda spent: spent.load),
        sum(statements.values()),
        commits,
        journal,
        each(lambda spent: spent.written),
    )
    return cost, statements


def _spent(storage: Storage, processes: Sequence[_Process]) -> _Spent:
    threads: Counter[str] = Counter()
    statements: Counter[str] = Counter()
    for each in processes:
        work = each.work()
        threads.update(work.threads)
        statements.update(work.statements)
    return _Spent(
        sum(processor_ms(each.id) for each in processes),
        storage.processor_ms(),
        time.process_time() * 1000,
        threads,
        statements,
        storage.journalled(),
        sum(written_bytes(each.id) for each in processes),
    )


def _start(served: Served) -> _Process:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(served, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Process(process, ours)


def _until_ready(process: _Process) -> Ready:
    assert process.pipe.poll(_SECONDS_TO_START), "a process of the service does not begin"
    answer = process.pipe.recv()
    assert isinstance(answer, Ready)
    return answer


def _stop(processes: Sequence[_Process]) -> None:
    for each in processes:
        if each.process.is_alive():
            each.pipe.send("stop")
    for each in processes:
        each.process.join(_SECONDS_TO_STOP)
        each.process.kill()
        each.pipe.close()
