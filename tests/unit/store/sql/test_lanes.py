"""One writer that commits in groups: fewer transactions, nothing lost, and a failure that stays where it belongs."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from bot.errors import StoreError
from bot.store.sql.lanes import ReaderThreads, WriterThread
from bot.store.sql.session import Connection, Database
from bot.store.sqlite.connection import SqliteConnection, SqliteDriver
from tests.unit.store.sql.lanes_samples import Gate, together


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "data.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table notes (number integer primary key, words text not null)")
    connection.close()
    return file


@pytest.fixture
def driver(path: Path) -> Iterator[SqliteDriver]:
    driver = SqliteDriver(path)
    yield driver
    driver.close()


@pytest.fixture
def writer(driver: SqliteDriver) -> Iterator[WriterThread]:
    opened = WriterThread(driver)
    yield opened
    opened.close()


def note(number: int, words: str | None = "words") -> Callable[[Database], int]:
    """Work that writes one line and gives its number."""

    def write(database: Database) -> int:
        database.execute("insert into notes values (?, ?)", [number, words])
        return number

    return write


def kept(path: Path) -> list[int]:
    connection = sqlite3.connect(path)
    found = [number for (number,) in connection.execute("select number from notes order by number")]
    connection.close()
    return found


def told(results: list[int | BaseException]) -> list[str]:
    return [f"{type(result).__name__}: {result}" for result in results]


def raw(connection: Connection) -> sqlite3.Connection:
    return cast(SqliteConnection, connection).database.conn


def counted(writer: WriterThread) -> list[str]:
    """From now on, each statement that begins or commits a transaction."""
    seen: list[str] = []

    def trace(statement: str) -> None:
        if statement.lower().startswith(("begin", "commit")):
            seen.append(statement.lower())

    raw(writer._opened()).set_trace_callback(trace)
    return seen


async def test_many_writes_share_a_transaction(writer: WriterThread, path: Path) -> None:
    await writer.run(note(999))
    seen = counted(writer)
    assert await together(writer, *(note(number) for number in range(200))) == list(range(200))
    assert kept(path) == [*range(200), 999]
    assert seen == ["begin immediate", "commit"] * 4


async def test_a_write_that_fails_leaves_the_others_alone(writer: WriterThread, path: Path) -> None:
    await writer.run(note(1))

    def halfway(database: Database) -> int:
        note(5)(database)
        note(1)(database)
        return 0

    def fault(database: Database) -> int:
        note(6)(database)
        raise ZeroDivisionError("a fault of ours")

    results = await together(writer, note(2), note(1), halfway, fault, note(3, None), note(4))
    assert told(results) == [
        "int: 2",
        "StoreError: IntegrityError: UNIQUE constraint failed: notes.number",
        "StoreError: IntegrityError: UNIQUE constraint failed: notes.number",
        "ZeroDivisionError: a fault of ours",
        "StoreError: IntegrityError: NOT NULL constraint failed: notes.words",
        "int: 4",
    ]
    assert kept(path) == [1, 2, 4]


async def test_a_file_that_may_not_be_written_is_told_to_all_and_mended(writer: WriterThread, path: Path) -> None:
    await writer.run_alone(lambda database: database.execute("pragma query_only = on").fetchall())
    results = await together(writer, note(1), note(2))
    assert told(results) == ["StoreError: OperationalError: attempt to write a readonly database"] * 2
    await writer.run_alone(lambda database: database.execute("pragma query_only = off").fetchall())
    assert await together(writer, note(1), note(2)) == [1, 2]
    assert kept(path) == [1, 2]


async def test_a_full_disk_is_told_and_mended(writer: WriterThread, path: Path) -> None:
    def limit(pages: int) -> Callable[[Connection], object]:
        return lambda database: database.execute(f"pragma max_page_count = {pages}").fetchall()

    await writer.run_alone(limit(1))
    long = "words " * 20_000
    results = await together(writer, note(1), note(2, long), note(3))
    assert told(results) == ["int: 1", "StoreError: OperationalError: database or disk is full", "int: 3"]
    assert kept(path) == [1, 3]
    await writer.run_alone(limit(1_000_000))
    assert await together(writer, note(2, long)) == [2]
    assert kept(path) == [1, 2, 3]


async def test_a_commit_that_fails_is_told_to_whose_fault_it_is(writer: WriterThread, path: Path) -> None:
    await writer.run_alone(
        lambda database: raw(database).executescript(
            "pragma foreign_keys = on;"
            "create table marks (number integer references notes (number) deferrable initially deferred);"
        )
    )

    def orphan(database: Database) -> int:
        database.execute("insert into marks values (77)")
        return 0

    results = await together(writer, note(1), orphan, note(2))
    assert told(results) == ["int: 1", "StoreError: IntegrityError: FOREIGN KEY constraint failed", "int: 2"]
    assert kept(path) == [1, 2]


async def test_another_process_that_holds_the_file_is_told_to_all(
    writer: WriterThread, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writer.run_alone(lambda database: database.execute("pragma busy_timeout = 10").fetchall())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    results = await together(writer, note(1), note(2))
    assert (
        told(results)
        == ["StoreError: OperationalError: database is locked; another process is writing, try again in a minute"] * 2
    )
    other.execute("rollback")
    other.close()
    assert await together(writer, note(1), note(2)) == [1, 2]


async def test_a_file_that_cannot_be_opened_is_tried_again(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "not yet there"
    driver = SqliteDriver(folder / "data.sqlite")
    writer = WriterThread(driver)
    with pytest.raises(StoreError, match="unable to open database file"):
        await writer.run(note(1))
    with pytest.raises(StoreError, match="unable to open database file"):
        await writer.run_alone(note(1))
    folder.mkdir()
    path.rename(folder / "data.sqlite")
    assert await writer.run(note(1)) == 1
    writer.close()
    driver.close()


async def test_what_runs_alone_is_in_no_transaction_and_in_its_turn(writer: WriterThread) -> None:
    def in_transaction(_: Database) -> int:
        return int(raw(writer._opened()).in_transaction)

    def count(database: Database) -> int:
        return int(database.execute("select count(*) from notes").fetchone()[0])

    gate = Gate()
    first = asyncio.create_task(writer.run_alone(gate))
    await gate.entered()
    inside, before = writer.run(in_transaction), writer.run(note(1))
    alone, seen, after = writer.run_alone(in_transaction), writer.run_alone(count), writer.run(note(2))
    results = asyncio.gather(inside, before, alone, seen, after)
    while writer._jobs.qsize() < 5:
        await asyncio.sleep(0)
    gate.open()
    await first
    assert list(await results) == [1, 1, 0, 1, 2]


async def test_what_breaks_off_alone_holds_nobody_up(writer: WriterThread, path: Path) -> None:
    def breaks_off(database: Database) -> int:
        note(1)(database)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await writer.run_alone(breaks_off)
    assert await writer.run(note(2)) == 2
    assert kept(path) == [1, 2]


async def test_who_does_not_wait_any_more_loses_nothing(writer: WriterThread, path: Path) -> None:
    gate = Gate()
    first = asyncio.create_task(writer.run_alone(gate))
    await gate.entered()
    waiting = [asyncio.create_task(writer.run(note(number))) for number in range(3)]
    while writer._jobs.qsize() < 3:
        await asyncio.sleep(0)
    waiting[0].cancel()
    gate.open()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    await first
    assert [isinstance(results[0], asyncio.CancelledError), *results[1:]] == [True, 1, 2]
    assert kept(path) == [0, 1, 2]


async def test_what_was_handed_in_before_closing_is_written(path: Path, driver: SqliteDriver) -> None:
    writer, gate = WriterThread(driver), Gate()
    first = asyncio.create_task(writer.run_alone(gate))
    await gate.entered()
    waiting = [asyncio.create_task(writer.run(note(number))) for number in range(100)]
    while writer._jobs.qsize() < 100:
        await asyncio.sleep(0)
    closing = asyncio.create_task(asyncio.to_thread(writer.close))
    gate.open()
    assert await asyncio.gather(*waiting) == list(range(100))
    await asyncio.gather(first, closing)
    assert kept(path) == list(range(100))


async def test_a_closed_lane_says_so(path: Path, driver: SqliteDriver) -> None:
    writer, readers = WriterThread(driver), ReaderThreads(driver, 1)
    for lane in (writer, readers):
        lane.close()
        lane.close()
        with pytest.raises(StoreError, match="the store is closed"):
            await lane.run(note(1))
    with pytest.raises(StoreError, match="the store is closed"):
        await writer.run_alone(note(1))
    assert kept(path) == []


async def test_each_commit_reaches_the_disk_and_what_is_deleted_is_overwritten(
    writer: WriterThread, driver: SqliteDriver
) -> None:
    def pragmas(database: Database) -> list[int]:
        return [database.execute(f"pragma {name}").fetchone()[0] for name in ("synchronous", "secure_delete")]

    readers = ReaderThreads(driver, 1)
    assert [await writer.run(pragmas), await writer.run_alone(pragmas), await readers.run(pragmas)] == [[2, 1]] * 3
    readers.close()


async def test_readers_read_beside_a_writer_that_is_busy(writer: WriterThread, driver: SqliteDriver) -> None:
    readers, gate = ReaderThreads(driver, 2), Gate()

    def write_slowly(database: Database) -> None:
        note(1)(database)
        gate(database)

    writing = asyncio.create_task(writer.run(write_slowly))
    await gate.entered()

    def count(database: Database) -> int:
        return int(database.execute("select count(*) from notes").fetchone()[0])

    assert list(await asyncio.gather(readers.run(count), readers.run(count))) == [0, 0]
    gate.open()
    await writing
    assert await readers.run(count) == 1
    readers.close()


async def test_what_cannot_be_read_is_a_store_error(driver: SqliteDriver) -> None:
    readers = ReaderThreads(driver, 1)
    with pytest.raises(StoreError, match="no such table: letters"):
        await readers.run(lambda database: database.execute("select * from letters").fetchall())
    readers.close()


async def test_the_log_is_carried_over_beside_the_writing_and_emptied_when_it_is_let_go_of(
    path: Path, driver: SqliteDriver, writer: WriterThread, tmp_path: Path
) -> None:
    log, alone = path.with_name(f"{path.name}-wal"), tmp_path / "alone.sqlite"

    def in_the_file() -> int:
        shutil.copy(path, alone)
        return len(kept(alone))

    numbers = iter(range(100_000))
    async with asyncio.timeout(30):
        while not in_the_file():
            await writer.run(note(next(numbers)))
    assert log.stat().st_size > 0
    await writer.run_alone(driver.empty_log)
    assert (log.stat().st_size, in_the_file()) == (0, next(numbers))


async def test_while_somebody_reads_writing_goes_on_and_the_log_is_carried_over_later(
    path: Path, driver: SqliteDriver, writer: WriterThread
) -> None:
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("begin")
    assert reader.execute("select count(*) from notes").fetchone() == (0,)
    for number in range(200):
        await writer.run(note(number))
    assert reader.execute("select count(*) from notes").fetchone() == (0,)
    reader.execute("commit")
    reader.close()
    await writer.run_alone(driver.empty_log)
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    assert kept(path) == list(range(200))
