"""`python -m bot privacy rotate-key`: from one key to the next, told step by step, on either engine."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.channels.telegram.address import Address
from bot.cli import main
from bot.operations.members import this_process
from bot.store.interface import Record
from bot.store.keyring import EARLIER_FILE, Keyring, load_keyring
from bot.store.opening import open_store
from bot.store.person import KEY_FILE, fingerprint, person_key
from tests.unit.store.samples import event, update

OLD, NEW = "o" * 32, "n" * 32
MARK = {key: fingerprint(key.encode()) for key in (OLD, NEW)}
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
FOLLOWS = {"SECRET_KEY": NEW, "PREVIOUS_SECRET_KEYS": OLD}
NOTHING = {"missing": [], "known": 0, "moved": 0, "is_begun": False, "is_finished": False, "is_dry_run": False}


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_address"))
    return f"sqlite:///{tmp_path}/data.sqlite"


def run(address: str, *options: str, **settings: str) -> Result:
    return CliRunner().invoke(main, ["privacy", "rotate-key", *options], env={"DATABASE_URL": address, **settings})


def told(address: str, *options: str, **settings: str) -> dict[str, object]:
    done = run(address, *options, "--json", **settings)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    found["before"] = [one["fingerprint"] for one in found["before"]]
    return dict(found)


def expected(stage: str, key: str, *before: str, people: int = 0, **others: object) -> dict[str, object]:
    left = {"people": people, "links": 0}
    usual = {"stage": stage, "key": key, "before": list(before), "left": left, "not_restarted": []}
    return {**NOTHING, **usual, **others}


async def fill(address: str, key: bytes) -> None:
    """One who wrote on Telegram just now, one who did so on the web, both since yesterday."""
    store = await open_store(address)
    await store.office.keys.begin(fingerprint(key), YESTERDAY, frozenset())
    reached, web = person_key(key, "telegram", "4711"), person_key(key, "web", "lan")
    for person in (reached, web):
        await store.record(Record(replace(event(person=person), at=YESTERDAY), f'"{person}"'))
    message = replace(update("1", reached, channel="telegram", address=str(Address(4711))), sent_at=YESTERDAY)
    await store.inbox.accept(message, YESTERDAY)
    await store.close()


async def kept(address: str, key: str) -> list[bool]:
    """Whether the two are known under it."""
    store = await open_store(address)
    try:
        ids = (("telegram", "4711"), ("web", "lan"))
        return [await store.conversation(person_key(key.encode(), *one)) is not None for one in ids]
    finally:
        await store.close()


def test_from_one_key_to_the_next(address: str) -> None:
    asyncio.run(fill(address, OLD.encode()))
    assert told(address, SECRET_KEY=OLD) == expected("settled", MARK[OLD])
    begun = run(address, "--begin", SECRET_KEY=OLD)
    assert (begun.exit_code, begun.stdout.splitlines()[0]) == (
        0,
        "Nothing has been changed: SECRET_KEY is set, so set the new one yourself, on every machine.",
    )
    assert OLD not in begun.output
    dry = expected("new", MARK[NEW], MARK[OLD], is_dry_run=True)
    assert told(address, "--dry-run", **FOLLOWS) == dry == told(address, "--dry-run", **FOLLOWS)
    assert asyncio.run(kept(address, NEW)) == [False, False]
    moved = expected("moving", MARK[NEW], MARK[OLD], people=1, known=1, moved=1)
    assert told(address, **FOLLOWS) == moved
    assert (asyncio.run(kept(address, NEW)), asyncio.run(kept(address, OLD))) == ([True, False], [False, True])
    # Once more changes nothing.
    assert told(address, **FOLLOWS) == {**moved, "moved": 0}
    refused = run(address, "--finish", **FOLLOWS)
    what = f"not finished: known under {MARK[OLD]} only: people 1, used links 0. With --anyway they become new people\n"
    assert (refused.exit_code, refused.stderr) == (1, what)
    done = expected("moving", MARK[NEW], MARK[OLD], people=1, is_finished=True)
    assert told(address, "--finish", "--anyway", "--dry-run", **FOLLOWS) == {**done, "is_dry_run": True}
    assert told(address, "--finish", "--anyway", **FOLLOWS) == done
    assert told(address, **FOLLOWS) == expected("settled", MARK[NEW])


def test_a_process_that_does_not_know_the_key_yet_is_waited_for(address: str) -> None:
    async def run_beside_another() -> Result:
        store = await open_store(address)
        try:
            await store.processes.beat(this_process(8080, datetime.now(UTC)))
            return await asyncio.to_thread(run, address, "--json", **FOLLOWS)
        finally:
            await store.close()

    asyncio.run(fill(address, OLD.encode()))
    done = asyncio.run(run_beside_another())
    assert (done.exit_code, done.stderr) == (1, "Restart these processes first, then run the same again.\n")
    assert "port 8080" in json.loads(done.stdout)["not_restarted"][0]
    assert asyncio.run(kept(address, NEW)) == [False, False]


def test_a_key_that_the_database_does_not_know(address: str) -> None:
    asyncio.run(fill(address, OLD.encode()))
    refused = run(address, SECRET_KEY=NEW)
    assert refused.exit_code == 1
    assert refused.stderr == (
        f"the key ({MARK[NEW]}) is none that the database knows; its own is {MARK[OLD]}. Put that back, or name it "
        "among the earlier keys. Where it is lost for good: --lost makes everybody a new person\n"
    )
    lost = expected("another", MARK[NEW], MARK[OLD], is_finished=True)
    assert told(address, "--lost", "--dry-run", SECRET_KEY=NEW) == {**lost, "is_dry_run": True}
    assert told(address, "--lost", SECRET_KEY=NEW) == lost
    assert told(address, SECRET_KEY=NEW) == expected("settled", MARK[NEW])


def test_a_key_that_is_named_no_more_although_people_are_left(address: str) -> None:
    asyncio.run(fill(address, OLD.encode()))
    told(address, **FOLLOWS)
    refused = run(address, SECRET_KEY=NEW)
    assert refused.exit_code == 1
    assert refused.stderr == (
        f"people may be known under {MARK[OLD]}, which is not among the earlier keys: name it there, or they become "
        "new people with --finish --anyway\n"
    )


@pytest.mark.parametrize("is_leaked", [False, True])
def test_the_key_beside_a_file_is_replaced(tmp_path: Path, is_leaked: bool) -> None:
    address, first = f"sqlite:///{tmp_path}/data.sqlite", load_keyring(tmp_path).current
    asyncio.run(fill(address, first))
    options = ("--begin", *(("--leaked",) if is_leaked else ()))
    dry = told(address, *options, "--dry-run")
    assert dry == expected("settled", fingerprint(first), is_begun=True, is_dry_run=True)
    assert load_keyring(tmp_path) == Keyring(first)
    done = run(address, *options)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        f"a new key is in {tmp_path / KEY_FILE}, the one of now ({fingerprint(first)}) in {tmp_path / EARLIER_FILE}",
    )
    ring = load_keyring(tmp_path)
    assert (ring.previous, ring.leaked) == (((), (first,)) if is_leaked else ((first,), ()))
    assert first.decode() not in done.output
    assert ring.current.decode() not in done.output
    # Not twice by mistake; but a key that leaks meanwhile is replaced at once.
    assert run(address, "--begin").stderr == (
        "a change of the key is under way: run it without --begin, and then with --finish\n"
    )
    assert told(address)["moved"] == 1
    assert run(address, "--begin", "--leaked").exit_code == 0
    assert load_keyring(tmp_path).leaked[:1] == (ring.current,)


def test_where_there_is_nothing_nothing_is_made(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/data.sqlite"
    done = run(address, "--begin")
    what = f"{address}: there is no database yet, so there is nothing to move\n"
    assert (done.exit_code, done.stderr, list(tmp_path.iterdir())) == (1, what, [])


def test_a_new_key_is_printed_and_nothing_else(tmp_path: Path) -> None:
    printed = [run(f"sqlite:///{tmp_path}/data.sqlite", "--print-key").stdout for _ in range(2)]
    assert len({*printed}) == 2
    assert all(len(bytes.fromhex(line.strip())) == 32 for line in printed)


@pytest.mark.parametrize("options", [("--begin", "--finish"), ("--leaked",), ("--anyway",), ("--lost", "--begin")])
def test_what_does_not_go_together(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert run(f"sqlite:///{tmp_path}/data.sqlite", *options).exit_code == 2
