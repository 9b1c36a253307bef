"""What docs/scale.md is given of what was measured, by the names that it has there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.benchmarks.scale_database import Held
from tests.benchmarks.scale_run import Run

ROWS = {"event_bytes": "events", "inbox_bytes": "inbox", "conversation_bytes": "conversations"}
"""Bytes of a row with its indexes, of which table."""
NAMES = ("service_ms", "database_ms", *ROWS, "wal_bytes", "process_mb")


def inputs(runs: Sequence[Run]) -> dict[str, float]:
    """Of the run of one process on PostgreSQL; empty where there was none."""
    run = next((run for run in runs if run.storage == "PostgreSQL" and run.plan.processes == 1 and run.held), None)
    if run is None:
        return {}
    of_rows = (bytes_a_row(run.held, table) for table in ROWS.values())
    times = (round(run.cost.service, 2), round(run.cost.database, 2))
    return dict(zip(NAMES, (*times, *of_rows, round(run.cost.journal or 0), round(run.megabytes)), strict=True))


def bytes_a_row(held: Mapping[str, Held], table: str) -> int:
    return round(held[table].bytes / held[table].rows)
