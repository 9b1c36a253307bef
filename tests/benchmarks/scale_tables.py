"""What was measured, as tables to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from tests.benchmarks.scale_chores import Chores
from tests.benchmarks.scale_reports import Asked
from tests.benchmarks.scale_run import Cost, Run

_STORE_THREADS = ("store-writer", "store-reader", "store-checkpoints")
_LEAST_BYTES = 1.0
"""A message: tables that hold less are not shown one by one."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as what is in them; all but the first to the right."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for line in lines:
        first, *rest = (
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  " + "  ".join((first, *rest)).rstrip())


def _named(run: Run) -> str:
    return f"{run.storage}, {run.plan.processes} process{'es' * (run.plan.processes > 1)}"


def print_runs(runs: Sequence[Run]) -> None:
    print("\nMessages a second, from the webhook to the answer handed out, and milliseconds that people wait")
    head = ("", "as many as can be /s", "p50", "p99", "half of that /s", "p50", "p99", "acknowledged p99")
    table(
        head,
        (
            (
                _named(run),
                *(f"{value:.0f}" for value in (run.full.per_second, run.full.answer_ms(0.5), run.full.answer_ms(0.99))),
                *(f"{value:.0f}" for value in (run.calm.per_second, run.calm.answer_ms(0.5), run.calm.answer_ms(0.99))),
                f"{run.calm.ack_ms(0.99):.0f}",
            )
            for run in runs
        ),
    )


def per_core(cost: Cost) -> float:
    """Messages a second that a core answers where it does nothing else: service and database together."""
    return 1000 / (cost.service + cost.database)


def print_costs(runs: Sequence[Run]) -> None:
    print("\nCost of a message: milliseconds of processors, statements, bytes written")
    head = ("", "service", "of it store", "database", "both: /s and core", "statements", "commits", "log bytes")
    rows = []
    for run in runs:
        cost = run.cost
        store = sum(cost.threads.get(name, 0.0) for name in _STORE_THREADS)
        journal = cost.written if cost.journal is None else cost.journal
        times = (cost.service, store, cost.database)
        rows.append(
            (
                _named(run),
                *(f"{value:.2f}" for value in times),
                f"{per_core(cost):.0f}",
                f"{cost.statements:.1f}",
                f"{cost.commits:.2f}",
                f"{journal:.0f}",
            )
        )
    table(head, rows)
    cores = os.cpu_count() or 1
    used = max(
        run.full.per_second * (run.cost.service + run.cost.database + run.cost.load) / 1000 / cores for run in runs
    )
    load = sum(run.cost.load for run in runs) / len(runs)
    print(
        f"  The load itself takes {load:.2f} ms a message of the same {cores} cores; at most {used:.0%} of "
        "them were used by all of this. More processes than cores answer no more: what limits is processors."
    )
    print("  SQLite has no log of its own here: what its processes had written to the disk.")


def print_held(runs: Sequence[Run]) -> None:
    for storage in dict.fromkeys(run.storage for run in runs):
        run = next(run for run in runs if run.storage == storage and run.held)
        print(f"\nBytes kept of a message, {storage}, with indexes, tidied up ({run.messages} messages)")
        held = sorted(run.held.items(), key=lambda each: -each[1].bytes)
        shown = [each for each in held if each[1].bytes / run.messages >= _LEAST_BYTES and each[1].rows > 1]
        table(
            ("", "rows", "bytes a row", "bytes a message"),
            (
                (name, str(table.rows), f"{table.bytes / table.rows:.0f}", f"{table.bytes / run.messages:.0f}")
                for name, table in shown
            ),
        )


def print_catalogues(runs: Sequence[Run]) -> None:
    print("\nBy size of the catalogue, PostgreSQL, 1 process")
    table(
        ("", "begins in s", "MB", "messages/s", "service ms", "half of that: p50", "p99"),
        (
            (
                f"{run.plan.times}×",
                f"{run.ready.seconds:.1f}",
                f"{run.megabytes:.0f}",
                f"{run.full.per_second:.0f}",
                f"{run.cost.service:.2f}",
                f"{run.calm.answer_ms(0.5):.0f}",
                f"{run.calm.answer_ms(0.99):.0f}",
            )
            for run in runs
        ),
    )


def print_reports(history: Sequence[tuple[int, Run]], reports: Sequence[Asked]) -> None:
    print("\nBy what is stored already, 1 process")
    table(
        ("", "events", "messages/s", "service ms", "database ms", "half of that: p50", "p99"),
        (
            (
                run.storage,
                f"{events:,}",
                f"{run.full.per_second:.0f}",
                f"{run.cost.service:.2f}",
                f"{run.cost.database:.2f}",
                f"{run.calm.answer_ms(0.5):.0f}",
                f"{run.calm.answer_ms(0.99):.0f}",
            )
            for events, run in history
        ),
    )
    print("\nWhat staff read, milliseconds (the first time)")
    counts = sorted({each.events for each in reports})
    found = {(each.storage, each.name, each.events): each for each in reports}
    table(
        ("", *(f"{count:,} events" for count in counts)),
        (
            (f"{storage}: {name}", *(_times(found[storage, name, count]) for count in counts))
            for storage, name in dict.fromkeys((each.storage, each.name) for each in reports)
        ),
    )


def print_chores(chores: Sequence[Chores]) -> None:
    print("\nOnce a day, or for one person, milliseconds (forgetting goes bite by bite: others wait for one bite)")
    table(
        ("", "events", "opening", "erasing a person", "nothing too old", "a day too old", "rows of it", "a bite"),
        (
            (
                each.storage,
                f"{each.events:,}",
                *(f"{value:.0f}" for value in (each.opening, each.erasing, each.nothing, each.forgetting)),
                f"{each.rows:,}",
                f"{each.a_bite:.0f}",
            )
            for each in chores
        ),
    )


def _times(asked: Asked) -> str:
    return f"{asked.usual:.0f} ({asked.first:.0f})"
