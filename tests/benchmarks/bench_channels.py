"""`make bench-channels`: the assistant's real process under load on each channel, killed in the middle of it.

The platforms are fakes on this machine, in the process that also writes. "calm": a few messages a second, what people
feel. "burst": many at once; after half of it the process is killed (kill -9) and started again on the same file, and
the platform brings again what was not acknowledged. Nothing acknowledged may be lost, doubled, or out of order: the
exit code is 1 if so. Times fail nothing; they are of this machine.

Usage: python -m tests.benchmarks.bench_channels [--only telegram] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.operations.messages.pacing import pace_of
from tests.benchmarks.channel_figures import Figures, judge, percentile
from tests.benchmarks.channel_load import QUESTIONS, Process, Run
from tests.benchmarks.channel_platforms import PLATFORMS, Load, Platform
from tests.integration.channels.town import open_town
from tests.log import lines_of

PHASES = ("calm", "burst")
SECONDS_OF_A_CALL = 0.05
"""What a platform takes to answer a call of ours, so that some are under way when the process is killed."""
FIRST_PERSON = {"rehearsal": 1001, "calm": 20_001, "burst": 30_001}
_HEAD = (
    "", "updates", "accepted/s", "no answer", "ack p50", "p99 ms", "answer p50", "p99 ms",
    "lost", "uncertain", "doubled", "out of order",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """What one platform came to: by phase, and how often the process complained of what."""

    platform: str
    phases: Mapping[str, Figures]
    complaints: Mapping[str, int]


async def rehearse(platform: Platform, process: Process) -> dict[str, str]:
    """The first line of the answer to each question. Each is asked once, by another person."""
    run = Run(platform, dict.fromkeys(QUESTIONS, ""))
    for number, question in enumerate(QUESTIONS):
        run.say(FIRST_PERSON["rehearsal"] + number, question)
    if not await run.settle(process, 0):
        raise AssertionError(f"{platform.name}: what was asked before the load was not answered: {process.lines}")
    answers = {message.person: message.heading for message in platform.since(0)}
    if len(platform.since(0)) != len(QUESTIONS) or len(set(answers.values())) != len(QUESTIONS):
        raise AssertionError(f"{platform.name}: not one message of its own for each question: {answers}")
    return {said: answers[str(FIRST_PERSON["rehearsal"] + number)] for number, said in enumerate(QUESTIONS)}


async def kill_after(seconds: float, process: Process) -> None:
    await asyncio.sleep(seconds)
    process.kill()
    process.start()


async def phase(name: str, load: Load, platform: Platform, process: Process, headings: dict[str, str]) -> Figures:
    """Write, have the process killed if it is the burst, wait until all is done with, count."""
    tell(f"{platform.name}: {name}, {load.updates} updates at {load.per_second:.0f}/s")
    run, first, line = Run(platform, headings), len(platform.since(0)), len(process.lines)
    async with asyncio.TaskGroup() as group:
        if name == "burst":
            group.create_task(kill_after(load.seconds / 2, process))
        group.create_task(run.write(load, FIRST_PERSON[name]))
    await run.settle(process, first)
    uncertain = sum("send_uncertain" in said for said in process.lines[line:])
    return judge(run.said, platform.since(first), set(headings.values()), run.began, uncertain)


async def measure(name: str, folder: Path) -> Result:
    tell(f"{name}: starting")
    async with open_town(folder, MAX_MESSAGES_PER_MINUTE="0") as town:
        process = Process(folder, town.settings)
        platform = PLATFORMS[name](town)
        for fake in (town.telegram, town.zalo_oa, town.zalo_bot):
            fake.webhook_url = f"{process.url}/webhooks/{platform.path}"
            fake.slow(SECONDS_OF_A_CALL)
        try:
            process.start()
            await process.until_it_answers()
            headings = await rehearse(platform, process)
            loads = {"calm": platform.calm, "burst": platform.burst}
            phases = {said: await phase(said, loads[said], platform, process, headings) for said in PHASES}
        finally:
            await process.stop()
    return Result(name, phases, complaints(process.lines))


def complaints(lines: Sequence[str]) -> dict[str, int]:
    """How many lines of the log at WARNING or above there are of each kind."""
    loud = (line for line in lines_of("\n".join(lines)) if line["level"] not in {"debug", "info"})
    return dict(Counter(str(line["event"]) for line in loud))


def flush_ms(folder: Path) -> float:
    """How long a page takes to reach the disk, as the system says; acknowledging waits for it."""
    times = []
    with (folder / "flush").open("wb", buffering=0) as file:
        for _ in range(50):
            start = time.perf_counter()
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())
            times.append(time.perf_counter() - start)
    return percentile(times, 0.5) * 1000


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def row(platform: str, figures: Figures) -> tuple[str, ...]:
    return (
        platform,
        str(figures.updates),
        f"{figures.accepted_per_second:.0f}",
        str(figures.unanswered),
        *(f"{ms:.0f}" for ms in (figures.ack_p50, figures.ack_p99, figures.answer_p50, figures.answer_p99)),
        *(str(count) for count in (figures.lost, figures.uncertain, figures.doubled, figures.out_of_order)),
    )


def show(results: Sequence[Result]) -> None:
    """One table for each phase, and what is to be known of it."""
    for name in PHASES:
        print(f"\n{name}")
        rows = [_HEAD, *(row(result.platform, result.phases[name]) for result in results)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for cells in rows:
            print("  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)))
    print()
    for result in results:
        print(limit(result.platform, result.phases["burst"]))
        for name, figures in result.phases.items():
            for fault in faults(figures):
                print(f"{result.platform}, {name}: {fault}")
        if result.complaints:
            print(f"{result.platform}, its log: {dict(result.complaints)}")


def limit(platform: str, burst: Figures) -> str:
    """What the answers of the burst wait for."""
    pace = pace_of(platform)
    seconds = (burst.updates - pace.at_once) / pace.per_second
    apart = f", {pace.apart:.0f} s apart to one person" if pace.apart else ""
    return (
        f"{platform}: answers leave at {pace.per_second:.0f}/s{apart}, which is what the platform allows: "
        f"the {burst.updates} of the burst take at least {seconds:.0f} s"
    )


def faults(figures: Figures) -> list[str]:
    said = (
        (figures.lost - figures.uncertain, "LOST: acknowledged and never answered"),
        (figures.doubled, "DOUBLED: sent once too often"),
        (figures.out_of_order, "OUT OF ORDER: answered before something older"),
        (figures.updates - figures.accepted, "never accepted, and given up by the platform"),
        (figures.refused, "requests answered with another status than 2xx"),
        (figures.strange, "messages that nobody asked for"),
    )
    return [f"{count} {what}" for count, what in said if count]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Loads the assistant's real process on each channel, and kills it.")
    parser.add_argument("--only", choices=list(PLATFORMS), help="this platform alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    options = parser.parse_args(arguments)
    names = [options.only] if options.only else list(PLATFORMS)
    load, results = os.getloadavg()[0], []
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            results.append(asyncio.run(measure(name, Path(folder))))
    if options.json:
        print(json.dumps({result.platform: asdict(result) for result in results}, ensure_ascii=False))
    else:
        with tempfile.TemporaryDirectory() as folder:
            flush = flush_ms(Path(folder))
        print(f"{os.cpu_count()} cores, load {load:.1f} before it began; a page reaches the disk in {flush:.2f} ms")
        show(results)
    return 0 if all(figures.holds for result in results for figures in result.phases.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
