"""`python -m bot staff digest`: on a real store, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.support import FAILED, UNUSABLE
from tests.unit.operations.staff.conftest import quick


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'staff.sqlite'}")
    monkeypatch.setenv("LOGNAME", "operator")
    monkeypatch.setenv("CATALOG_DIR", str(Path(__file__).parents[2] / "fixtures" / "second_province"))
    monkeypatch.setattr("bot.cli.staff.Passwords", quick)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["staff", *words])


def test_these_and_no_others() -> None:
    run("add", "lan", "--name", "Lan")
    for options, said in (
        (("--monthly", "--half-yearly"), "lan gets: monthly, half-yearly\n"),
        (("--yearly", "--reason", "asked by phone"), "lan gets: yearly\n"),
        ((), "lan gets: no digests\n"),
    ):
        found = run("digest", "lan", *options)
        assert (found.exit_code, found.output) == (0, said)
    log = [json.loads(line) for line in run("log", "--json").stdout.splitlines()]
    assert [(line["action"], line["reason"], line["after"]) for line in log[:3]] == [
        ("digests", "", {"digests": []}),
        ("digests", "asked by phone", {"digests": ["yearly"]}),
        ("digests", "", {"digests": ["monthly", "half-yearly"]}),
    ]


def test_nobody_of_that_name() -> None:
    found = run("digest", "nobody", "--monthly")
    assert (found.exit_code, found.output) == (
        FAILED,
        "there is no account with this login name; `python -m bot staff list` lists them\n",
    )


def test_a_reason_on_one_line() -> None:
    assert run("digest", "lan", "--reason", "a\nb").exit_code == UNUSABLE
