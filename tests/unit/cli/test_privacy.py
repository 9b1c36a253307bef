"""`python -m bot privacy`: the register, what is held, and what has outlived its time, on either engine."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.privacy import _due, _requests, _table
from bot.dialogue.receipts import make_receipt
from bot.dialogue.signed_links import Signer
from bot.operations.privacy.document import document
from bot.operations.privacy.report import HeldTable
from bot.store.erasing import Deleted
from bot.store.holdings import Due, Erased, Held
from bot.store.interface import Record, Unfound, Unmet
from bot.store.opening import open_store
from bot.store.register import Nature, load_register
from tests.unit.store.samples import event

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
DUE_EVENTS = {"table": "events", "term": "events", "takes": ["row"], "rows": 1}
DUE_PHRASE = {"table": "unfound", "term": "unfound", "takes": ["row"], "rows": 1}


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_address"))
    return f"sqlite:///{tmp_path}/data.sqlite"


def run(address: str, *options: str) -> str:
    done = CliRunner().invoke(main, ["privacy", *options], env={"DATABASE_URL": address, "SECRET_KEY": "k" * 32})
    assert done.exit_code == 0, done.output
    return done.stdout


async def fill(address: str) -> None:
    """Two events, of which one is old, and an old phrase; one of the people had their data deleted."""
    store = await open_store(address)
    late, early = replace(event(), at=NOW, status="erased"), replace(event(), at=NOW - 91 * DAY)
    phrase = Unfound(NOW - 182 * DAY, "cai giay", "cai giay", Unmet.NOT_FOUND)
    await store.record(Record(late))
    await store.record(Record(replace(late, status="own_data")))
    await store.record(Record(early, unfound=phrase))
    await store.close()


def held(address: str) -> dict[str, tuple[int, str, int]]:
    tables = json.loads(run(address, "report", "--json"))["tables"]
    return {one["table"]: (one["rows"], one["oldest"], one["due"]) for one in tables if one["rows"] and one["due"]}


def test_what_is_held_is_told_and_what_is_over_goes(address: str) -> None:
    asyncio.run(fill(address))
    told = json.loads(run(address, "report", "--json"))
    (events,) = (one for one in told["tables"] if one["table"] == "events")
    assert events == {
        "table": "events",
        "rows": 3,
        "oldest": f"{NOW - 91 * DAY:%Y-%m-%d}",
        "of_a_person": ["hash", "use"],
        "ends": [{"after": "KEEP_EVENTS_DAYS (90 days)", "takes": ["row"]}],
        "due": 1,
    }
    (erased,), (shown,) = told["erased"], told["shown"]
    assert shown == erased
    assert (erased["channel"], erased["times"], erased["time_taken"]) == ("test", 1, None)
    assert told["due"] == [DUE_EVENTS, DUE_PHRASE]
    dry = {"is_dry_run": True, "due": [DUE_EVENTS, DUE_PHRASE], "changed": 0}
    assert json.loads(run(address, "forget", "--dry-run", "--json")) == dry
    assert {name: due for name, (_, _, due) in held(address).items()} == {"events": 1, "unfound": 1}
    assert json.loads(run(address, "forget", "--json")) == {**dry, "is_dry_run": False, "changed": 2}
    assert held(address) == {}
    assert run(address, "forget") == "0 rows had outlived its time\n0 rows deleted or emptied\n"


def test_the_settings_say_what_is_over(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(fill(address))
    monkeypatch.setenv("KEEP_EVENTS_DAYS", "92")
    monkeypatch.setenv("KEEP_UNFOUND_DAYS", "181")
    assert json.loads(run(address, "forget", "--dry-run", "--json"))["due"] == [DUE_PHRASE]
    ends = {one["table"]: one["ends"] for one in json.loads(run(address, "report", "--json"))["tables"]}
    assert ends["events"] == [{"after": "KEEP_EVENTS_DAYS (92 days)", "takes": ["row"]}]


def test_in_words() -> None:
    tables = (
        HeldTable(Held("t", 1200, "2026-01-02"), (Nature.HASH,), (("`KEEP_DAYS` (9 days)", ("a", "b")),), 3),
        HeldTable(Held("none", 0, ""), (), (), 0),
        HeldTable(Held("longer", 1, ""), (), (), 0),
    )
    assert list(_table(tables)) == [
        "table         rows  oldest      due now  goes after",
        "t            1,200  2026-01-02        3  KEEP_DAYS (9 days): a, b",
        "longer           1                    0  kept for good",
        "and 1 tables without rows",
    ]
    due = (Due("t", "events", ("row",), 2), Due("u", "raters", ("person", "words"), 1), Due("v", "keys", ("row",), 0))
    assert list(_due(due, "would go")) == [
        "t: 2 rows by the term `events`",
        "u: 1 rows by the term `raters`: person, words",
        "3 rows would go",
    ]
    asked = Erased("web", 2, "2026-01-02T03", "2026-01-04T05")
    assert list(_requests((asked,), (asked,)))[:2] == [
        "web: 2 had their data deleted, first at 2026-01-02 03h, last at 2026-01-04 05h (Vietnam)",
        "web: 2 asked what is held of them, first at 2026-01-02 03h, last at 2026-01-04 05h (Vietnam)",
    ]
    assert list(_requests((), ()))[:2] == [
        "no deletion on request is counted (those after a backup that was restored stand in `erasures`)",
        "nobody has asked what is held of them",
    ]


@pytest.mark.parametrize("command", ["report", "forget"])
def test_no_database_is_made_to_look_into(tmp_path: Path, command: str) -> None:
    address = f"sqlite:///{tmp_path}/data.sqlite"
    done = CliRunner().invoke(main, ["privacy", command], env={"DATABASE_URL": address})
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{address}: there is no database yet, so nothing is held\n"
    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_or_writes_it(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["privacy", "register"])
    assert (shown.exit_code, shown.stdout) == (0, document(load_register()))
    file = tmp_path / "privacy.md"
    written = CliRunner().invoke(main, ["privacy", "register", "--write", str(file)])
    assert (written.exit_code, written.stdout, file.read_text("utf-8")) == (0, "", shown.stdout)
    refused = CliRunner().invoke(main, ["privacy", "register", "--write", str(tmp_path / "none" / "privacy.md")])
    assert (refused.exit_code, "cannot be written" in refused.stderr) == (1, True)


def test_a_receipt_is_checked_without_the_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = make_receipt(Signer(b"k" * 32), datetime(2026, 11, 22, 8, 21, tzinfo=UTC), Deleted(2, 1, 0, 3, 1200))
    nowhere = f"sqlite:///{tmp_path}/data.sqlite"
    assert run(nowhere, "receipt", given.number) == (
        f"{given.number} is genuine: deleted at 2026-11-22 15:21 (Vietnam)\n"
        "  rows of what was remembered, deleted: 2\n"
        "  ids of messengers, deleted: 1\n"
        "  remarks, deleted: 0\n"
        "  ratings, nobody's since: 3\n"
        "  events, opinions and answers, nobody's since: 1,200\n"
    )
    counts = {"remembered": 2, "accounts": 1, "words": 0, "ratings": 3, "uses": 1200}
    told = {"number": given.number, "at": "2026-11-22T08:21:00+00:00", **counts}
    assert json.loads(run(nowhere, "receipt", given.number.lower(), "--json")) == told
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("SECRET_KEY", "l" * 32)
    for number in (given.number, "BNX-1234"):
        done = CliRunner().invoke(main, ["privacy", "receipt", number], env={"DATABASE_URL": nowhere})
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == f"{number} is no receipt of this installation; a letter may be missing or wrong\n"
