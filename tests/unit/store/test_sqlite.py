"""The store on a real file, and what happens when the file cannot be used."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.interface import Record
from bot.store.sql.forgetting import A_BITE
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import NEVER_KEPT, NOW, cutoffs, event, opinion, update


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "folder" / "data.sqlite")
    yield opened
    await opened.close()


async def test_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    first = await SqliteStore.open(path)
    await first.record(Record(event(), "state"))
    await first.close()
    second = await SqliteStore.open(path)
    assert (await second.conversation("p"), await second.recent_events(9)) == ("state", (event(),))
    await second.close()


async def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    await store.record(Record(event(), "state"))
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
        "data.sqlite": 0o600,
        "data.sqlite-lock": 0o600,
        "data.sqlite-shm": 0o600,
        "data.sqlite-wal": 0o600,
    }
    await store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.sqlite", "data.sqlite-lock"]


async def test_many_writers_at_once(store: SqliteStore) -> None:
    await asyncio.gather(*(store.record(Record(event(n, f"p{n % 7}"), str(n))) for n in range(200)))
    assert len(await store.recent_events(1000)) == 200
    assert {await store.conversation(f"p{n}") for n in range(7)} == {str(n) for n in range(193 + 3, 200)} | {
        "193",
        "194",
        "195",
    }


async def test_two_processes_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    one, other = await SqliteStore.open(path), await SqliteStore.open(path)
    await asyncio.gather(*(s.record(Record(event(n), str(n))) for n in range(50) for s in (one, other)))
    assert len(await one.recent_events(1000)) == 100
    await one.close()
    await other.close()


async def test_the_file_is_in_wal_mode_and_its_steps_are_named(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    await (await SqliteStore.open(path)).close()
    connection = sqlite3.connect(path)
    mode = connection.execute("pragma journal_mode").fetchone()
    steps = connection.execute(
        "select migration_set, name from _sqlite_migrations where migration_set = 'mot_cua' order by rowid"
    ).fetchall()
    connection.close()
    assert mode == ("wal",)
    assert steps == [
        ("mot_cua", name)
        for name in (
            "create_conversations",
            "create_events",
            "create_helpfulness",
            "find_rows_of_a_person",
            "create_inbox",
            "create_contacts",
            "create_switches_and_tokens",
            "index_brought",
            "keep_since_when_somebody_was_brought",
        )
    ]


async def test_what_cannot_be_written_is_a_store_error(store: SqliteStore) -> None:
    with pytest.raises(StoreError):
        await store.record(Record(event(), None, opinion(code=NEVER_KEPT)))
    assert await store.recent_events(1) == ()


async def test_a_closed_store_says_so(store: SqliteStore) -> None:
    await store.close()
    with pytest.raises(StoreError, match="the store is closed"):
        await store.conversation("p")


async def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    path.write_text("this is no database, but long enough to be looked at " * 50)
    with pytest.raises(StoreError, match="file is not a database"):
        await SqliteStore.open(path)


async def test_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        await SqliteStore.open(tmp_path / "file" / "data.sqlite")


async def test_a_file_that_is_there_but_may_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, **_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", path)

    (tmp_path / "data.sqlite").write_text("")
    monkeypatch.setattr(Path, "touch", refused)
    with pytest.raises(StoreError, match=r"data\.sqlite cannot be written: Read-only file system"):
        await SqliteStore.open(tmp_path / "data.sqlite")


async def test_a_file_of_the_release_before_is_brought_up_to_date(tmp_path: Path) -> None:
    """With the two tables of the first release, and what is in them kept."""
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    await store.record(Record(event(1), "state"))
    await store.close()
    connection = sqlite3.connect(path)
    connection.executescript(
        "drop table helpfulness; drop index idx_events_person;"
        "delete from _sqlite_migrations where name in ('create_helpfulness', 'find_rows_of_a_person');"
    )
    connection.close()
    store = await SqliteStore.open(path)
    await store.record(Record(event(2), "newer", opinion(2)))
    assert (await store.conversation("p"), await store.recent_events(9), await store.recent_helpfulness(9)) == (
        "newer",
        (event(2), event(1)),
        (opinion(2),),
    )
    await store.close()


async def test_an_opinion_that_cannot_be_kept_takes_nothing_else_with_it_halfway(store: SqliteStore) -> None:
    with pytest.raises(StoreError):
        await store.record(Record(event(), "state", opinion(code=NEVER_KEPT)))
    assert (await store.conversation("p"), await store.recent_events(9), await store.recent_helpfulness(9)) == (
        None,
        (),
        (),
    )


async def test_what_is_erased_is_not_on_the_disk_any_more(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    person, words = "abcdef0123456789" * 4, "the state of one person " * 20
    store = await SqliteStore.open(path)
    await store.record(Record(event(1, person), words, opinion(1, person)))
    await store.record(Record(event(2, "q"), "another"))
    await store.erase(person, NOW)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    # But for the note that it was done, which goes in its time.
    assert [secret for secret in (person, words[:40]) if secret.encode() in kept] == [person]
    await store.forget(replace(cutoffs(NOW, NOW), erasures=NOW + timedelta(days=1)))
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [secret for secret in (person, words[:40]) if secret.encode() in kept] == []
    await store.close()


async def test_what_was_closed_leaves_the_disk_with_the_daily_round(tmp_path: Path) -> None:
    """The log beside the file holds what was written before, until it is let go of."""
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    words = "the words of one person " * 20
    await store.inbox.accept(replace(update("k", address="the id of one person"), body=words), NOW)
    (task,) = await store.inbox.claim("test", "one", NOW, NOW, 1)
    await store.inbox.close(task.id, "answered", NOW)
    await store.erase("p", NOW)
    await store.inbox.accept(replace(update("l", address="the id of one person"), body=words), NOW)
    (task,) = await store.inbox.claim("test", "one", NOW, NOW, 1)
    await store.inbox.close(task.id, "answered", NOW)
    day = NOW.replace(day=NOW.day + 1)
    await store.forget(replace(cutoffs(NOW, NOW), contacts=day))
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [secret for secret in (words[:40], "the id of one person") if secret.encode() in kept] == []
    await store.close()


async def test_a_day_of_old_rows_goes_bite_by_bite_and_others_get_in_between(store: SqliteStore) -> None:
    ago = -90 * 24 * 3600
    await asyncio.gather(*(store.record(Record(event(ago + n), None)) for n in range(2 * A_BITE + 1)))
    later, done = event(1, "q"), []

    async def write() -> None:
        await store.record(Record(later, None))
        done.append("written")

    async def forget() -> int:
        day = NOW - timedelta(days=1)
        gone = await store.forget(cutoffs(day, day))
        done.append("forgotten")
        return gone

    # Handed in behind the first bite, hence written before the last one.
    gone, _ = await asyncio.gather(forget(), write())
    assert (gone, done) == (2 * A_BITE + 1, ["written", "forgotten"])
    assert await store.recent_events(9) == (later,)
