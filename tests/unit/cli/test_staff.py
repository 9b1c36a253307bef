"""`python -m bot staff`: on a real store, through the real commands."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.support import FAILED, UNUSABLE
from bot.operations.staff.passwords import Passwords
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.staff.conftest import quick


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'staff.sqlite'}")
    monkeypatch.setenv("LOGNAME", "operator")
    monkeypatch.setenv("CATALOG_DIR", str(Path(__file__).parents[2] / "fixtures" / "second_province"))
    monkeypatch.setattr("bot.cli.staff.Passwords", quick)
    return tmp_path / "staff.sqlite"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["staff", *words])


def log() -> list[dict[str, object]]:
    return [json.loads(line) for line in run("log", "--json").stdout.splitlines()]


def accounts() -> dict[str, dict[str, object]]:
    rows = json.loads(run("list", "--json").stdout)["accounts"]
    return {row["login"]: row for row in rows}


def test_nobody_yet() -> None:
    found = run("list")
    assert (found.exit_code, found.output) == (
        0,
        "nobody yet; `python -m bot staff add LOGIN --name NAME --role admin` adds the first\n",
    )
    assert run("list", "--json").output == '{"accounts": []}\n'


def test_somebody_is_added_with_a_password_that_works(database: Path) -> None:
    found = run("add", "lan", "--name", "Bà Lan", "--agency", "H99.05", "--agency", "H99.101", "--reason", "mới về")
    assert (found.exit_code, found.stderr) == (
        0,
        "lan: password for the first login, shown this once, good for 3 days:\n",
    )
    password = found.stdout.strip()

    async def is_right(passwords: Passwords) -> bool:
        store = await SqliteStore.open(database)
        keys = await store.office.staff.keys("lan")
        await store.close()
        return keys is not None and await passwords.verify(keys.password_hash, password)

    assert asyncio.run(is_right(quick()))
    assert password not in run("log", "--json").output
    row = accounts()["lan"]
    del row["created_at"]
    assert row == {
        "login": "lan",
        "name": "Bà Lan",
        "role": "viewer",
        "agencies": ["H99.05", "H99.101"],
        "is_active": True,
        "must_change": True,
        "has_codes": False,
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["add", "L", "--name", "x"], UNUSABLE, "a login name has 3 to 32"),
        (["add", "lan", "--name", " "], UNUSABLE, "a name of 1 to 80 characters"),
        (["add", "lan"], UNUSABLE, "Missing option '--name'"),
        (["add", "lan", "--name", "x", "--role", "chief"], UNUSABLE, "'chief' is not one of"),
        (["add", "lan", "--name", "x", "--agency", "H99.999"], UNUSABLE, "not in the catalogue"),
        (["add", "lan", "--name", "x", "--role", "editor", "--agency", "H99.05"], UNUSABLE, "only a viewer"),
        (["add", "lan", "--name", "x", "--reason", "a" * 301], UNUSABLE, "at most 300 characters"),
        (["add", "chi", "--name", "x"], FAILED, "there is an account with this login name"),
        (["disable", "chi"], FAILED, "the last active admin"),
        (["set", "chi", "--role", "editor"], FAILED, "the last active admin"),
        (["disable", "ai"], FAILED, "there is no account"),
        (["enable", "ai"], FAILED, "there is no account"),
        (["reset", "ai"], FAILED, "there is no account"),
        (["set", "ai", "--name", "x"], FAILED, "there is no account"),
        (["set", "chi"], UNUSABLE, "say what to change"),
        (["set", "chi", "--agency", "H99.05", "--all-agencies"], UNUSABLE, "either --agency or --all-agencies"),
        (["log", "--limit", "0"], UNUSABLE, "is not in the range"),
    ],
)
def test_what_is_refused_is_told_and_changes_nothing(words: list[str], code: int, said: str) -> None:
    run("add", "chi", "--name", "Ông Chi", "--role", "admin")
    before = log()
    found = run(*words)
    assert (found.exit_code, said in found.stderr, found.stdout) == (code, True, "")
    assert log() == before


def test_every_change_is_in_the_log() -> None:
    run("add", "chi", "--name", "Ông Chi", "--role", "admin")
    run("add", "lan", "--name", "Bà Lan")
    said = [
        run("set", "lan", "--agency", "H99.05", "--reason", "về phòng khác").output,
        run("set", "lan", "--all-agencies").output,
        run("disable", "lan", "--reason", "nghỉ việc").output,
        run("enable", "lan").output,
    ]
    assert said == ["lan is changed\n", "lan is changed\n", "lan is disabled\n", "lan is enabled\n"]
    assert run("reset", "lan").exit_code == 0
    told = [(row["actor"], row["action"], row["subject"], row["reason"]) for row in reversed(log())]
    assert told == [
        ("cli:operator", "add", "chi", ""),
        ("cli:operator", "add", "lan", ""),
        ("cli:operator", "set", "lan", "về phòng khác"),
        ("cli:operator", "set", "lan", ""),
        ("cli:operator", "disable", "lan", "nghỉ việc"),
        ("cli:operator", "enable", "lan", ""),
        ("cli:operator", "reset", "lan", ""),
    ]
    sides = [(row["before"], row["after"]) for row in reversed(log())][2:]
    assert sides == [
        ({"agencies": []}, {"agencies": ["H99.05"]}),
        ({"agencies": ["H99.05"]}, {"agencies": []}),
        ({"is_active": True}, {"is_active": False}),
        ({"is_active": False}, {"is_active": True}),
        ({}, {"password": "changed"}),
    ]


def test_whoever_is_logged_in_is_logged_out() -> None:
    run("add", "lan", "--name", "Bà Lan")
    run("add", "mai", "--name", "Bà Mai")
    one = run("log-out", "lan", "--reason", "mất máy")
    assert (one.exit_code, one.output) == (0, "lan is logged out everywhere\n")
    everybody = run("log-out", "--everybody")
    assert (everybody.exit_code, everybody.output) == (
        0,
        "lan is logged out everywhere\nmai is logged out everywhere\n",
    )
    assert [line["subject"] for line in log() if line["action"] == "end_sessions"] == ["mai", "lan", "lan"]
    assert run("log-out", "nobody").exit_code == FAILED
    assert run("log-out").exit_code == UNUSABLE
    assert run("log-out", "lan", "--everybody").exit_code == UNUSABLE


def test_lines_for_people() -> None:
    run("add", "chi", "--name", "Ông Chi", "--role", "admin", "--reason", "người đầu tiên")
    run("add", "lan", "--name", "Bà Lan", "--agency", "H99.05")
    run("disable", "lan")
    assert run("list").output.splitlines() == [
        "chi              admin   waiting for a password Ông Chi (all agencies)",
        "lan              viewer  disabled               Bà Lan (H99.05)",
    ]
    assert [line[28:] for line in run("log", "--limit", "1").output.splitlines()] == [
        'cli:operator disable lan: {"is_active": true} -> {"is_active": false}'
    ]
