"""`python -m bot demo-data`: says what it would do, asks before, and refuses a store with real data."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.store.interface import Record
from bot.store.sqlite.demonstration import Holding, holding
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import event


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'demo.sqlite'}")
    return tmp_path / "demo.sqlite"


def run(*words: str, said: str = "") -> Result:
    return CliRunner().invoke(main, ["demo-data", *words], said)


def test_a_dry_run_only_says_what_would_be_done(database: Path) -> None:
    done = run("--ratings", "20", "--dry-run")
    plan = f"would make up 20 ratings and 200 events over 12 report months (seed 1) in {database}\n"
    assert (done.exit_code, done.output, list(database.parent.iterdir())) == (0, plan, [])


def test_it_asks_before(database: Path) -> None:
    plan = f"20 ratings and 5 events over 2 report months (seed 3) in {database}"
    refused = run("--ratings", "20", "--events", "5", "--seed", "3", "--months", "2", said="n\n")
    assert (refused.exit_code, refused.output, database.exists()) == (
        1,
        f"Make up {plan}? [y/N]: n\nAborted!\n",
        False,
    )
    done = run("--ratings", "20", "--events", "5", "--seed", "3", "--months", "2", said="y\n")
    first, *_, last = done.output.splitlines()
    assert (done.exit_code, first, last) == (
        0,
        f"Make up {plan}? [y/N]: y",
        f"made up {plan}; figures and pages say that it is a demonstration",
    )
    assert holding(database) is Holding.DEMONSTRATION


def test_a_demonstration_is_replaced(database: Path) -> None:
    assert run("--ratings", "5", "--yes").exit_code == 0
    done = run("--ratings", "6", "--dry-run")
    assert done.output.endswith(f"in {database}, in place of the demonstration that is there\n")


def test_real_data_is_refused(database: Path) -> None:
    async def use() -> None:
        store = await SqliteStore.open(database)
        await store.record(Record(event()))
        await store.close()

    asyncio.run(use())
    refusal = f"{database} holds real conversations, events or ratings: a demonstration needs a store of its own\n"
    for words in (("--yes",), ("--dry-run",)):
        done = run("--ratings", "5", *words)
        assert (done.exit_code, done.output) == (1, refusal)


def test_a_server_is_refused_and_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://motcua:geheim@db.example.gov.vn/motcua")
    monkeypatch.setenv("SECRET_KEY", "s" * 32)
    done = run("--ratings", "20", "--yes")
    said = (
        "demo-data fills an SQLite file only, and DATABASE_URL names a server. Fill a file "
        "(DATABASE_URL=sqlite:///PATH), then copy it there: "
        "`python -m bot store copy --from sqlite:///PATH --to postgresql://…`\n"
    )
    assert (done.exit_code, done.stdout, done.stderr, list(tmp_path.iterdir())) == (2, "", said, [])
