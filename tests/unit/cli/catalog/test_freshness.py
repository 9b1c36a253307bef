"""`catalog review` and `catalog stale`: what is to be looked at, and closing what looks old."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.store.freshness import StaleReport
from bot.store.interface import Record
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Entry
from tests.unit.store.samples import event

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["catalog", *words])


def with_reports(path: Path, *reports: StaleReport) -> tuple[Entry, ...]:
    """The log; after these were said."""

    async def work() -> tuple[Entry, ...]:
        store = await SqliteStore.open(path / "data.sqlite")
        for report in reports:
            await store.office.stale.add(report)
        entries = await store.office.staff.entries(9)
        await store.close()
        return entries

    return asyncio.run(work())


def report(person: str, code: str = "1.900001", channel: str = "web") -> StaleReport:
    return StaleReport(AT, channel, person, code, "", "v1")


def test_the_review_leaves_with_nought_whatever_it_finds(path: Path) -> None:
    told = run("review", "--kind", "no_level")
    head, *rows = told.stdout.splitlines()
    assert (told.exit_code, head) == (0, f"{len(rows)} procedures to look at; nothing has been counted yet")
    assert [row for row in rows if "no level" not in row] == []
    assert rows


def test_the_review_as_json_and_narrowed(path: Path) -> None:
    whole = json.loads(run("review", "--json").stdout)
    assert whole["counted_since"] is None
    unchecked = json.loads(run("review", "--json", "--kind", "link_unchecked").stdout)["procedures"]
    assert (
        unchecked
        == [row for row in whole["procedures"] if {"why": "link_unchecked", "day": None} in row["reasons"]]
        != []
    )
    assert json.loads(run("review", "--json", "--kind", "link_gone").stdout)["procedures"] == []


def test_a_field_that_is_not_there_is_told(path: Path) -> None:
    told = run("review", "--field", "nowhere")
    assert (told.exit_code, told.stderr) == (1, "there is no field 'nowhere' in the catalogue\n")


def test_what_looks_old_is_listed_and_closed(path: Path) -> None:
    with_reports(path, report("p"), report("q", channel="zalo_oa"), report("p", "9.999999"))
    assert run("stale", "list").stdout == (
        "1.900001      2  Khai sinh: lần đầu (2026-11-20 to 2026-11-20; web 1, zalo_oa 1)\n"
        "9.999999      1  not in this catalogue (2026-11-20 to 2026-11-20; web 1)\n"
    )
    dry = run("stale", "close", "1.900001", "mended", "--dry-run")
    assert (dry.exit_code, dry.stdout) == (0, "1.900001 would be closed as mended\n")
    assert len(json.loads(run("stale", "list", "--json").stdout)) == 2
    done = run("stale", "close", "1.900001", "mended", "--note", "đã sửa lệ phí", "--reason", "Sở báo")
    assert (done.exit_code, done.stdout) == (0, "1.900001 is closed as mended\n")
    (closed,) = json.loads(run("stale", "list", "--closed", "--json").stdout)
    assert (closed["code"], closed["state"], closed["note"], closed["by"][:4]) == (
        *("1.900001", "mended", "đã sửa lệ phí", "cli:"),
    )
    (entry,) = with_reports(path)
    assert (entry.subject, entry.act.action, entry.act.reason) == ("stale:1.900001", "stale_close", "Sở báo")


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_what_is_not_open_is_not_closed(path: Path, dry: tuple[str, ...]) -> None:
    told = run("stale", "close", "1.900001", "fine", *dry)
    assert (told.exit_code, told.stderr) == (
        1,
        "nothing is open of 1.900001; `catalog stale list` shows what is\n",
    )
    assert run("stale", "close", "1.900001", "open").exit_code == 2


def test_answers_that_were_counted_are_told(path: Path) -> None:
    async def work() -> None:
        store = await SqliteStore.open(path / "data.sqlite")
        await store.record(Record(replace(event(), at=now(), codes=("1.900001",))))
        await store.close()

    asyncio.run(work())
    found = json.loads(run("review", "--json").stdout)
    today = day_of(now())
    first = today.replace(day=1 if today.day < 15 else 15)
    assert (found["counted_since"], found["procedures"][0]["code"], found["procedures"][0]["asked"]) == (
        *(first.isoformat(), "1.900001", 1),
    )
