"""`python -m bot backup` and `restore`: what is told, and the exit codes."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.store.interface import Record
from bot.store.sqlite.store import SqliteStore
from tests.unit.catalog.conftest import SECOND_PROVINCE
from tests.unit.store.samples import event


async def _filled(file: Path) -> None:
    store = await SqliteStore.open(file)
    await store.record(Record(event(), "state"))
    await store.close()


@pytest.fixture
def store(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a store with an event in it; there is a key."""
    monkeypatch.setenv("SECRET_KEY", "s" * 32)
    asyncio.run(_filled(path / "data.sqlite"))
    return path / "data.sqlite"


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.stdout, done.stderr


def test_there_and_back(store: Path, path: Path) -> None:
    code, said, left_out = run("backup", "b.sqlite")
    assert code == 0
    assert re.fullmatch(r"b\.sqlite: \d+ rows of \d+ tables, as of .+ \(Vietnam\); [\d,]+ bytes, checked\n", said)
    assert left_out.splitlines() == [
        "not in it: the secret key (SECRET_KEY); keep it in another place",
        f"not in it: the folder {SECOND_PROVINCE} (CATALOG_DIR); what was published from it is",
    ]
    assert run("restore", "b.sqlite")[0] == 1
    code, said, _ = run("restore", "b.sqlite", "--replace")
    assert code == 0
    assert f"what was there before is in {store}-before-" in said


def test_for_programs(store: Path) -> None:
    code, said, _ = run("backup", "b.sqlite", "--json")
    made = json.loads(said)
    assert (code, made["file"], made["encrypted"], made["newest"]) == (0, "b.sqlite", "none", event().at.isoformat())
    assert {one["table"]: one["rows"] for one in made["tables"]}["events"] == 1
    code, said, _ = run("restore", "b.sqlite", "--dry-run", "--json")
    told = json.loads(said)
    assert (code, told["made_at"], told["key"], told["new_steps"]) == (1, made["made_at"], made["key"], 0)
    assert told["backup"] == told["now"]
    assert told["obstacles"] == ["The database is not empty; --replace puts the backup in its place."]
    code, said, _ = run("restore", "b.sqlite", "--replace", "--json")
    told = json.loads(said)
    assert (code, told["closed"], told["obstacles"]) == (0, 0, [])
    assert Path(told["kept"]).parent == store.parent


def test_wrong_use(path: Path) -> None:
    assert run("backup", "b.sqlite") == (2, "", f"There is no database at {path}/data.sqlite: nothing to back up.\n")
    assert run("backup", "b.sqlite", "--recipient", "age1x", "--gpg-recipient", "me")[0] == 2


def test_what_fails_is_told_in_a_sentence(store: Path) -> None:
    assert run("backup", "nowhere/b.sqlite") == (1, "", "nowhere/b.sqlite cannot be written: there is no folder\n")
    assert run("backup", "b.sqlite", "--recipient", "age1x")[0] == 1
    assert run("restore", "b.sqlite") == (1, "", "b.sqlite cannot be read: No such file or directory\n")
