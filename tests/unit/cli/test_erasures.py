"""`python -m bot privacy erasures`: deletions carried over by a file, on either engine."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.errors import MotCuaError
from bot.operations.privacy.erasures_file import as_file, from_file
from bot.store.erasing import Erasure
from bot.store.interface import Record
from bot.store.opening import open_store
from bot.store.person import fingerprint
from tests.unit.store.samples import NOW, event

KEY = "k" * 32
AN, BA = "a" * 64, "b" * 64
MARK = fingerprint(KEY.encode())


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_address"))
    return f"sqlite:///{tmp_path}/new/data.sqlite"


def invoke(address: str, *words: str, key: str = KEY) -> Result:
    words = ("privacy", "erasures", *words)
    return CliRunner().invoke(main, words, env={"DATABASE_URL": address, "SECRET_KEY": key})


async def fill(address: str, *erased: str) -> None:
    store = await open_store(address)
    for person in (AN, BA):
        await store.record(Record(event(1, person), "state"))
    for person in erased:
        await store.erase(person, NOW)
    await store.close()


async def left(address: str) -> list[bool]:
    store = await open_store(address)
    found = [await store.conversation(person) is not None for person in (AN, BA)]
    await store.close()
    return found


def test_what_was_deleted_on_one_machine_is_deleted_on_another(address: str, tmp_path: Path) -> None:
    old, file = f"sqlite:///{tmp_path}/old.sqlite", tmp_path / "list.json"
    asyncio.run(fill(old, AN))
    asyncio.run(fill(address))
    assert invoke(old, "export", str(file)).stdout == f"1 deletions written to {file}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert from_file(file.read_bytes(), MARK) == (Erasure(AN, NOW),)
    dry = invoke(address, "import", str(file), "--dry-run")
    assert (dry.exit_code, dry.stdout) == (0, "1 deletions in the list, 1 of them not known here\n")
    assert asyncio.run(left(address)) == [True, True]
    done = json.loads(invoke(address, "import", str(file), "--json").stdout)
    assert done == {"is_dry_run": False, "deletions": 1, "unknown": 1, "deleted": 1}
    assert asyncio.run(left(address)) == [False, True]
    assert invoke(address, "import", str(file)).stdout == (
        "1 deletions in the list, 0 of them not known here\n0 people were held here still: their data are deleted\n"
    )
    assert json.loads(invoke(address, "export", str(file), "--json").stdout) == {"deletions": 1}


def test_under_another_key_nothing_is_done(address: str, tmp_path: Path) -> None:
    asyncio.run(fill(address))
    file = tmp_path / "list.json"
    file.write_bytes(as_file((Erasure(AN, NOW),), MARK))
    refused = invoke(address, "import", str(file), key="l" * 32)
    assert (refused.exit_code, refused.stderr[:40]) == (1, "it was made under another secret key: no")
    assert asyncio.run(left(address)) == [True, True]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"format": 1, "key": "x", "erasures": [["", "2026-11-21T08:00:00+00:00"]]}',
        b'{"format": 1, "key": "x", "erasures": [["' + b"a" * 64 + b'", "2026-11-21T08:00:00"]]}',
        b'{"format": 1, "key": "x", "erasures": [["' + b"a" * 64 + b'"]]}',
        b'{"format": 2, "key": "x", "erasures": []}',
        b"\xff\xfe",
    ],
)
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(MotCuaError, match="nothing was changed"):
        from_file(content, "x")


def test_where_there_is_nothing(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/data.sqlite"
    for words in (("export", str(tmp_path / "x")), ("import", str(tmp_path / "x"))):
        refused = invoke(nowhere, *words)
        assert (refused.exit_code, refused.stderr) == (
            1,
            f"{nowhere}: there is no database yet; restore the backup first\n",
        )
    asyncio.run(fill(nowhere))
    assert "cannot be read" in invoke(nowhere, "import", str(tmp_path / "x")).stderr
    assert "cannot be written" in invoke(nowhere, "export", str(tmp_path / "none" / "x")).stderr
