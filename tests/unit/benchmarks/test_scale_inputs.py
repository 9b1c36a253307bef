"""What docs/scale.md is given of a measurement."""

from __future__ import annotations

import re
from pathlib import Path

from tests.benchmarks.scale_database import Held
from tests.benchmarks.scale_inputs import NAMES, inputs
from tests.benchmarks.scale_load import Waited
from tests.benchmarks.scale_run import Cost, Plan, Run
from tests.benchmarks.scale_service import Ready

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "scale.md").read_text("utf-8")
HELD = {"events": Held(10, 3025), "inbox": Held(4, 1764), "conversations": Held(2, 2098)}


def a_run(storage: str, processes: int, service: float) -> Run:
    waited = Waited(1.0, (), (), 0, 0)
    cost = Cost(service, {}, 0.456, 0.1, 10.0, 1.0, 6543.2, 0.0)
    ready = Ready(1, 1.0, 1.0, 100.0)
    return Run(storage, Plan(processes), ready, waited, waited, cost, 195.4, 10, HELD, {})


def test_they_are_of_one_process_on_a_server() -> None:
    runs = [a_run("SQLite", 1, 1.0), a_run("PostgreSQL", 2, 2.0), a_run("PostgreSQL", 1, 3.014)]
    assert inputs(runs) == {
        "service_ms": 3.01,
        "database_ms": 0.46,
        "event_bytes": 302,
        "inbox_bytes": 441,
        "conversation_bytes": 1049,
        "wal_bytes": 6543,
        "process_mb": 195,
    }


def test_without_such_a_run_there_are_none() -> None:
    assert inputs([a_run("SQLite", 1, 1.0), a_run("PostgreSQL", 2, 2.0)]) == {}


def test_the_page_has_a_row_for_each_and_says_that_it_was_measured() -> None:
    measured = re.findall(r"^\| `(\w+)` \| [\d.]+ \| [^|]*: measured \|$", PAGE, re.MULTILINE)
    assert tuple(measured) == NAMES
