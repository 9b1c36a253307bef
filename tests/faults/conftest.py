"""What all faults share: the table of figures, where processes come from, the seed."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.process import Nursery, open_nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town, open_town

_REPORT = pytest.StashKey[Report]()
_SEED = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_REPORT] = Report()
    given = os.environ.get("FAULTS_SEED")
    config.stash[_SEED] = int(given) if given else random.SystemRandom().randrange(1_000_000)


def pytest_report_header(config: pytest.Config) -> str:
    return _seed_line(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    report = config.stash[_REPORT]
    if report.rows:
        terminalreporter.write_line("")
        for line in report.lines():
            terminalreporter.write_line(line)
    # At the end too: `-q` hides the head.
    terminalreporter.write_line(_seed_line(config))


def _seed_line(config: pytest.Config) -> str:
    return f"the same moments again: make faults SEED={config.stash[_SEED]}; {os.cpu_count()} cores"


@pytest.fixture(scope="session")
def report(pytestconfig: pytest.Config) -> Report:
    return pytestconfig.stash[_REPORT]


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    return pytestconfig.stash[_SEED]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with open_nursery() as opened:
        yield opened


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path, MAX_MESSAGES_PER_MINUTE="0") as opened:
        yield opened
