"""The process that makes reports: started when needed, mended once, given up when it is too slow, ended in the end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.operations.reports.csv_table import csv_table
from bot.operations.reports.model import ReportFormat
from bot.operations.reports.reporting import MOST_WAITING, ReportError, Reporting
from bot.ratings.charts.draw import draw
from bot.ratings.charts.model import Format
from bot.texts import load_texts
from tests.unit.operations.reports.samples import document
from tests.unit.ratings.charts.examples import BARS, CLOSE

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
async def reporting() -> AsyncIterator[Reporting]:
    opened = Reporting()
    yield opened
    await opened.close()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(path: str) -> int:
    """The first time."""
    if not Path(path).exists():
        Path(path).touch()
        die()
    return os.getpid()


async def test_it_makes_what_would_be_made_here(reporting: Reporting) -> None:
    texts = load_texts()
    assert await reporting.chart_svg(CLOSE) == draw(CLOSE, Format.SVG, texts)
    assert await reporting.chart_png(BARS) == draw(BARS, Format.PNG, texts)
    assert await reporting.document(document(), ReportFormat.CSV) == csv_table(document())


async def test_the_same_picture_is_drawn_once(reporting: Reporting) -> None:
    first = await reporting.chart_svg(CLOSE)
    assert await reporting.chart_svg(CLOSE) is first


async def test_it_is_another_process_and_the_same_one_again(reporting: Reporting) -> None:
    first = await reporting._run(os.getpid)
    assert first != os.getpid()
    assert await reporting._run(os.getpid) == first


async def test_several_ask_at_once(reporting: Reporting) -> None:
    found = await asyncio.gather(*(reporting._run(pow, 2, n) for n in range(5)))
    assert found == [1, 2, 4, 8, 16]


async def test_posters_that_wait_are_no_more_than_reports_can_wait_for(reporting: Reporting) -> None:
    wanted = [reporting.made(bytes, 1) for _ in range(MOST_WAITING + 2)]
    found = await asyncio.gather(*wanted, reporting._run(bytes, 2), return_exceptions=True)
    assert [one for one in found if isinstance(one, bytes)] == [b"\0"] * MOST_WAITING + [b"\0\0"]
    assert [type(one) for one in found[MOST_WAITING:-1]] == [ReportError, ReportError]
    assert await reporting.made(bytes, 1) == b"\0"


async def test_a_process_that_dies_is_replaced_once(reporting: Reporting, tmp_path: Path) -> None:
    survivor = await reporting._run(die_once, str(tmp_path / "died"))
    assert survivor != os.getpid()


async def test_a_process_that_always_dies_is_told_in_a_sentence_and_does_not_last(reporting: Reporting) -> None:
    with pytest.raises(ReportError, match="the process that makes reports has died twice; try again later"):
        await reporting._run(die)
    assert await reporting._run(pow, 2, 3) == 8


async def test_what_takes_too_long_is_given_up_and_its_process_ended() -> None:
    reporting = Reporting(seconds=20)
    busy = await reporting._run(os.getpid)
    reporting._process.seconds = 0.05
    with pytest.raises(ReportError, match=r"the report took longer than 0\.05 seconds"):
        await reporting._run(time.sleep, 600)
    reporting._process.seconds = 20
    assert await reporting._run(os.getpid) != busy
    await reporting.close()


async def test_a_fault_in_the_work_is_not_hidden(reporting: Reporting) -> None:
    with pytest.raises(ZeroDivisionError):
        await reporting._run(divmod, 1, 0)
    assert await reporting._run(pow, 2, 3) == 8


async def test_nothing_is_made_any_more_once_it_is_closed() -> None:
    reporting = Reporting()
    await reporting.close()
    await reporting.close()
    with pytest.raises(ReportError, match="no reports are made while the service stops"):
        await reporting.chart_svg(CLOSE)


def test_whoever_asks_for_reports_does_not_load_what_draws_them() -> None:
    code = (
        "import sys, bot.operations.reports.reporting, bot.operations.reports.desk\nprint('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
