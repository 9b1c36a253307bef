"""`make bench-scale`: what a message costs from the webhook to its answer, on PostgreSQL and SQLite, and what grows.

Every process of the service is a real one (`scale_service`): HTTP request with its signature, inbox, claim, dialogue on
the shipped catalogue, record, rendering for Zalo, closed. Not in it: TLS, and the platform's own answer. This process
makes the load; PostgreSQL runs beside them, and each commit reaches the disk. All share the cores of this machine.

Usage: python -m tests.benchmarks.bench_scale [--quick] [--only PART …] [--events N …] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.benchmarks.bench_channels import flush_ms, tell
from tests.benchmarks.floors import load
from tests.benchmarks.scale_chores import Chores, do_all
from tests.benchmarks.scale_database import OneFile, OnServer
from tests.benchmarks.scale_history import HISTORIES, History, grow_file, make_up, on_server
from tests.benchmarks.scale_inputs import inputs
from tests.benchmarks.scale_reports import Asked, ask_all
from tests.benchmarks.scale_run import Plan, Run, run
from tests.benchmarks.scale_tables import (
    print_catalogues,
    print_chores,
    print_costs,
    print_held,
    print_reports,
    print_runs,
    table,
)
from tests.postgres import Server, running_server

PARTS = ("processes", "catalogue", "history")
PROCESSES = (1, 2, 4)
TIMES = (1, 10, 40)
_SECONDS, _QUICK_SECONDS = 8.0, 3.0


@dataclass(slots=True)
class Found:
    """All that was measured. `flush`: milliseconds until a page is on the disk; `history`: by stored events."""

    flush: float
    processes: list[Run] = field(default_factory=list)
    catalogue: list[Run] = field(default_factory=list)
    history: list[tuple[int, Run]] = field(default_factory=list)
    reports: list[Asked] = field(default_factory=list)
    chores: list[Chores] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        return [*self.processes, *self.catalogue, *(run for _, run in self.history)]

    @property
    def holds(self) -> bool:
        """Everybody was answered, and nobody twice."""
        return not any(run.unanswered or run.unasked for run in self.runs)


def measure_processes(found: Found, server: Server, folder: Path, seconds: float) -> None:
    for processes in PROCESSES:
        tell(f"PostgreSQL, {processes} processes")
        address = server.new_database(has_tables=True)
        found.processes.append(run(OnServer(address), Plan(processes, seconds=seconds)))
        server.drop(address)
    for processes in PROCESSES[:2]:
        tell(f"SQLite, {processes} processes")
        found.processes.append(run(OneFile(folder / f"{processes}.sqlite"), Plan(processes, seconds=seconds)))


def measure_catalogues(found: Found, server: Server, seconds: float, all_times: Sequence[int]) -> None:
    for times in all_times:
        tell(f"a catalogue of {times} times the size")
        address = server.new_database(has_tables=True)
        found.catalogue.append(run(OnServer(address), Plan(times=times, seconds=seconds), weighs=False))
        server.drop(address)


def measure_history(found: Found, server: Server, folder: Path, seconds: float, events: int) -> None:
    history = History.of(events)
    if shutil.disk_usage(folder).free < history.bytes:
        tell(f"{events:,} events: left out, they need {history.bytes / 1e9:.0f} GB on the disk")
        return
    path = folder / f"{events}.sqlite"
    address = server.new_database(has_tables=True)
    if events:
        tell(f"{events:,} events: making them up")
        make_up(path, history)
        tell(f"{events:,} events: on the server")
        on_server(path, address, history)
        tell(f"{events:,} events: in a file")
        grow_file(path, history)
    for storage in (OnServer(address), OneFile(path)):
        tell(f"{events:,} events: a load, then reports and chores, {storage.name}")
        found.history.append((events, run(storage, Plan(seconds=seconds), weighs=False)))
        found.reports += ask_all(storage, history)
        found.chores.append(do_all(storage, events))
    server.drop(address)
    path.unlink(missing_ok=True)


def measure(parts: Sequence[str], seconds: float, times: Sequence[int], events: Sequence[int]) -> Found:
    with tempfile.TemporaryDirectory() as temporary, running_server(is_fast=False) as server:
        folder = Path(temporary)
        found = Found(flush_ms(folder))
        if "processes" in parts:
            measure_processes(found, server, folder, seconds)
        if "catalogue" in parts:
            measure_catalogues(found, server, seconds, times)
        if "history" in parts:
            for count in events:
                measure_history(found, server, folder, seconds, count)
    return found


def show(found: Found) -> None:
    print(f"{load()}; a page is on the disk in {found.flush:.1f} ms")
    if found.processes:
        print_runs(found.processes)
        print_costs(found.processes)
        print_held(found.processes)
    if found.catalogue:
        print_catalogues(found.catalogue)
    if found.history:
        print_reports(found.history, found.reports)
        print_chores(found.chores)
    if given := inputs(found.processes):
        print("\nInputs of docs/scale.md")
        table(("", "measured"), ((name, f"{value:g}") for name, value in given.items()))
    said = "everybody was answered, nobody twice" if found.holds else "SOMEBODY WAS NOT ANSWERED, OR TWICE"
    print(f"\n{said}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measures what a message costs, and what grows with what.")
    parser.add_argument("--quick", action="store_true", help="shorter loads, up to 10× catalogue and 100,000 events")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
    parser.add_argument("--seconds", type=float, help="of each load")
    parser.add_argument("--events", nargs="+", type=int, help="how many are stored before (0 1000000 10000000)")
    parser.add_argument("--json", metavar="FILE", type=Path, help="everything that was measured, for a script")
    options = parser.parse_args(arguments)
    seconds = options.seconds or (_QUICK_SECONDS if options.quick else _SECONDS)
    events = options.events if options.events is not None else HISTORIES[: 2 if options.quick else None]
    if options.quick and options.events is None:
        events = (0, 100_000)
    began = time.perf_counter()
    found = measure(options.only, seconds, TIMES[:2] if options.quick else TIMES, events)
    show(found)
    print(f"in {time.perf_counter() - began:.0f} s")
    if options.json:
        everything = {"inputs": inputs(found.processes), **asdict(found)}
        options.json.write_text(json.dumps(everything, ensure_ascii=False, indent=1), "utf-8")
    return 0 if found.holds else 1


if __name__ == "__main__":
    sys.exit(main())
