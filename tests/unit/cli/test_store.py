"""`python -m bot store copy`: what it says and refuses, whether it is final, and that it survives being killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.store import opening
from bot.store.moving.opening import opened
from bot.store.person import load_secret
from tests.postgres import Server
from tests.unit.store.moving.sides import contents, database, fill

_SECONDS = 60
_MANY = 150_000
_THERE = 2
"""Rows that every new store has: those that count changes."""
_MANY_EVENTS = f"""
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < {_MANY})
    insert into events (at, channel, person, status, codes, catalogue_version)
    select '2026-11-22T08:00:00+00:00', 'web', 'p' || n, 'answered', '1.000001', 'v1' from numbers
"""  # noqa: S608


@pytest.fixture
def source(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data.sqlite"


@pytest.fixture
def server(postgres_server: Server) -> Iterator[str]:
    """The address of a database without tables."""
    address = postgres_server.new_database()
    yield address
    postgres_server.drop(address)


def run(source: str, target: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["store", "copy", "--to", target, *options], env={"DATABASE_URL": source})


def told(done: Result) -> tuple[int, list[str]]:
    """The exit code and the lines, without how long it took."""
    return done.exit_code, [re.sub(r" in \d+\.\d s;", " in … s;", line) for line in done.output.splitlines()]


async def test_it_says_what_it_would_do_does_it_and_has_nothing_left_to_do(source: str, server: str) -> None:
    await fill(source, 0, 3)
    rows = sum(len(table) for table in contents(source).values())
    would = run(source, server, "--dry-run")
    assert (would.exit_code, would.stdout.splitlines()[-1]) == (
        0,
        f"{rows} rows of {server} would be written, of {rows} in {source}",
    )
    done = f"{rows} rows in {source}, {{}} written to {server} in … s; counts and checksums are the same on both sides"
    final = "the copy is final: nobody was working on the source"
    code, lines = told(run(source, server))
    assert (code, lines[-2:]) == (0, [done.format(rows - _THERE), final])
    events = next(line for line in lines if line.startswith("events "))
    assert events.split()[:6] == ["events", "6", "0", "6", "0", "0"]
    code, lines = told(run(source, server))
    assert (code, lines[-2:]) == (0, [done.format(0), final])
    assert contents(server) == contents(source)


async def test_as_json(source: str, server: str) -> None:
    await fill(source, 0, 3)
    told = json.loads(run(source, server, "--json").stdout)
    events = next(table for table in told.pop("tables") if table["table"] == "events")
    assert re.fullmatch("[0-9a-f]{32}", events.pop("checksum"))
    assert events == {"table": "events", "rows": 6, "found": 0, "added": 6, "changed": 0, "removed": 0}
    assert told.pop("seconds") >= 0
    assert told == {"from": source, "to": server, "is_dry_run": False, "is_final": True, "why_not_final": []}


async def test_a_source_that_is_being_used_makes_no_final_copy(source: str, server: str) -> None:
    await fill(source, 0, 3)
    store = await opening.open_store(source)
    code, lines = told(run(source, server))
    await store.close()
    line = (
        "NOT FINAL: the source was worked on meanwhile (another process has the file open). Stop that, and run the "
        "same again: it copies what has changed since"
    )
    assert (code, lines[-1]) == (0, line)


async def test_a_target_that_is_being_used_is_refused(source: str, server: str, tmp_path: Path) -> None:
    await fill(source, 0, 3)
    target = f"sqlite:///{tmp_path}/other.sqlite"
    store = await opening.open_store(target)
    used = "the target is being used (another process has the file open): stop that first"
    assert told(run(source, target)) == (1, [used])
    await store.close()
    assert run(source, target).exit_code == 0


async def test_a_key_that_lies_beside_the_file_is_spoken_of(source: str, server: str, tmp_path: Path) -> None:
    await fill(source, 0, 1)
    load_secret(tmp_path)
    line = f"{tmp_path}/person.key is not copied: SECRET_KEY has to be what stands in it, or everybody is a new person"
    assert run(source, server).stdout.splitlines()[-1] == line


async def test_other_data_are_refused_before_anything_is_made(source: str, server: str) -> None:
    await fill(source, 0, 1)
    other = source.replace("data", "other")
    await fill(other, 0, 2)
    line = (
        "the target is left as it is: it holds the data of another store. "
        "With --replace it becomes the source all the same"
    )
    assert told(run(source, other)) == (1, [line])
    assert run(source, other, "--replace").exit_code == 0
    assert contents(other) == contents(source)
    assert told(run(source.replace("data", "none"), server)) == (
        1,
        ["there is no store at the address of the source"],
    )
    with opened(server) as side:
        assert side.tables == ()


@pytest.mark.parametrize("address", ["mysql://a@b/c", "sqlite:///", "sqlite://data.sqlite", "/srv/data.sqlite"])
def test_unknown_addresses_are_wrong_use(source: str, address: str) -> None:
    line = "an address begins with sqlite:/// and the path of a file, or with postgresql://"
    to, by = run(source, address), run(source, source, "--from", address)
    assert [(done.exit_code, done.output.splitlines()[-1]) for done in (to, by)] == [
        (2, f"Error: --to: {line}"),
        (2, f"Error: --from: {line}"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://mot:geheim@127.0.0.1:1/cua",
        "postgresql://mot:geheim@127.0.0.1:no/cua",
        "postgresql://mot:geheim%@127.0.0.1/cua",
        "postgresql://mot:geheim@[127.0.0.1/cua",
        "postgresql://mot@127.0.0.1:1/cua?password=geheim",
        "postgresql://mot:geheim/geheim@127.0.0.1:1/cua",
    ],
)
async def test_a_password_is_never_told(source: str, address: str) -> None:
    await fill(source, 0, 1)
    for done in (run(source, address), run(address, source, "--from", address)):
        assert done.exit_code == 1
        assert done.output != ""
        assert "geheim" not in done.output


def test_killed_in_the_middle_and_run_again_it_comes_to_the_same(source: str, server: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["migrate"], env={"DATABASE_URL": source}).exit_code == 0
    with database(source) as say:
        say(_MANY_EVENTS)
    environment = os.environ | {"DATABASE_URL": source}
    command = [sys.executable, "-m", "bot", "store", "copy", "--to", server]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + _SECONDS
        while _events(server) == 0:
            assert time.monotonic() < deadline
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    there = _events(server)
    assert 0 < there < _MANY
    again = json.loads(run(source, server, "--json").stdout)
    events = next(table for table in again["tables"] if table["table"] == "events")
    assert (events["rows"], events["found"], events["added"], again["is_final"]) == (
        _MANY,
        there,
        _MANY - there,
        True,
    )
    assert contents(server) == contents(source)


def _events(address: str) -> int:
    with opened(address) as side:
        return next((side.count(table) for table in side.tables if table.name == "events"), 0)
