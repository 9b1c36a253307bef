"""Community teams from the command line."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.store.sqlite.store import SqliteStore

pytestmark = pytest.mark.usefixtures("path")

NAME = "Tổ công nghệ số cộng đồng thôn 3"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["team", *words])


def test_a_team_is_added_once_closed_and_opened(path: Path) -> None:
    first = run("add", NAME, "H99.100", "--reason", "xã đề nghị")
    assert (first.exit_code, first.output) == (0, f"1  {NAME}  (H99.100)\n")
    again = run("add", "Tổ chuyển đổi số cộng đồng thôn 3", "Bình Mẫu")
    assert (again.exit_code, again.output) == (0, f"1  {NAME}  (H99.100)\n")
    assert re.fullmatch(rf"1  {NAME}  \(H99\.100, since [^;]+\)\n", run("list").output)
    closed = run("close", "1", "--reason", "giải thể")
    assert (closed.exit_code, closed.output) == (0, f"1  {NAME} is closed\n")
    assert run("list").output.endswith("; closed)\n")
    assert run("open", "1").output == f"1  {NAME} is open\n"
    run("close", "1")
    assert run("add", NAME, "H99.100").exit_code == 0
    assert [team["active"] for team in json.loads(run("list", "--json").output)] == [True]

    async def log() -> list[tuple[str, str]]:
        store = await SqliteStore.open(path / "data.sqlite")
        try:
            return [(entry.act.action, entry.act.reason) for entry in await store.office.staff.entries(9)]
        finally:
            await store.close()

    assert asyncio.run(log()) == [
        ("team_add", ""),
        ("team_close", ""),
        ("team_open", ""),
        ("team_close", "giải thể"),
        ("team_add", "xã đề nghị"),
    ]


def test_json_says_the_same() -> None:
    added = json.loads(run("add", NAME, "H99.100", "--json").output)
    since = added.pop("since")
    assert added == {"number": 1, "name": NAME, "commune": "H99.100", "active": True}
    closed = json.loads(run("close", "1", "--json").output)
    assert closed == {**added, "active": False, "since": since}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "", "H99.100"), "give it a name of at most 80 characters"),
        (("add", "a" * 81, "H99.100"), "give it a name of at most 80 characters"),
        (("add", "=1+1", "H99.100"), "give it a name of at most 80 characters"),
        (("add", "Tổ ông Ba 0912345678", "H99.100"), "its name holds a number that says who somebody is"),
        (
            ("add", NAME, "Nơi Nào Đó"),
            "there is no such commune, or the name may mean several; give its code (H99.101)",
        ),
        (("close", "7"), "there is no team 7; `team list` names them"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], sentence: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.output.rstrip().endswith(sentence)) == (1, True)


def test_wrong_use() -> None:
    assert run("close", "x").exit_code == 2
