"""A server that was restarted has cut every connection: who had nothing in hand does not notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import psycopg
import pytest

from bot.errors import StoreError
from bot.store.postgres.connection import PostgresConnection, PostgresDriver
from bot.store.sql.lanes import ReaderThreads, WriterThread
from bot.store.sql.session import Database, Transaction
from tests.unit.store.sql.lanes_samples import together

CUT = "terminating connection due to administrator command|server closed the connection unexpectedly"
"""Whether the server's last words are still read."""


@pytest.fixture
def readers(postgres_address: str) -> Iterator[ReaderThreads]:
    opened = ReaderThreads(PostgresDriver(postgres_address), 1)
    yield opened
    opened.close()


@pytest.fixture
def writer(postgres_address: str) -> Iterator[WriterThread]:
    opened = WriterThread(PostgresDriver(postgres_address))
    yield opened
    opened.close()


def number(database: Database) -> int:
    """Of the server's process behind this connection."""
    return int(database.execute("select pg_backend_pid()").fetchone()[0])


def cut(address: str, process: int) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        assert connection.execute("select pg_terminate_backend(%s, 5000)", [process]).fetchone() == (True,)


async def test_a_reader_reads_again_on_a_new_connection(readers: ReaderThreads, postgres_address: str) -> None:
    before = await readers.run(number)
    assert await readers.run(number) == before
    cut(postgres_address, before)
    after = await readers.run(number)
    assert after != before
    assert await readers.run(number) == after


async def test_a_reader_that_is_cut_twice_says_so(readers: ReaderThreads, postgres_address: str) -> None:
    seen: list[int] = []

    def read(database: Database) -> int:
        seen.append(number(database))
        cut(postgres_address, seen[-1])
        return number(database)

    await readers.run(number)
    with pytest.raises(StoreError, match="terminating connection due to administrator command"):
        await readers.run(read)
    assert len(set(seen)) == 2
    assert await readers.run(number) not in seen


async def test_a_writer_begins_on_a_new_connection(writer: WriterThread, postgres_address: str) -> None:
    before = await writer.run(number)
    cut(postgres_address, before)
    assert await writer.run(number) != before


async def test_a_writer_that_is_cut_in_the_middle_says_so_and_wrote_nothing(
    writer: WriterThread, postgres_address: str
) -> None:
    def write(database: Transaction) -> None:
        database.hold("x")
        cut(postgres_address, number(database))
        database.hold("y")

    with pytest.raises(StoreError, match=CUT):
        await writer.run(write)
    names = "select name from held_names"
    assert await writer.run(lambda database: database.execute(names).fetchall()) == []


class CutAtCommit(PostgresConnection):
    """The server's answer never comes."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._address = address

    def commit(self) -> None:
        cut(self._address, number(self))
        super().commit()


class Cutting(PostgresDriver):
    def connect(self) -> PostgresConnection:
        return CutAtCommit(self._address)


async def test_what_may_be_committed_is_not_done_again(postgres_address: str) -> None:
    writer = WriterThread(Cutting(postgres_address))
    seen: list[str] = []

    def noting(name: str) -> Callable[[Transaction], None]:
        return lambda _: seen.append(name)

    results = await together(writer, noting("a"), noting("b"))
    writer.close()
    assert [type(each) for each in results] == [StoreError] * 2
    assert [bool(re.search(CUT, str(each))) for each in results] == [True] * 2
    assert seen == ["a", "b"]


async def test_a_server_that_is_not_there_is_told_and_found_later(postgres_address: str) -> None:
    driver = PostgresDriver(f"{postgres_address}&port=1")
    for lane in (WriterThread(driver), ReaderThreads(driver, 1)):
        with pytest.raises(StoreError, match=r"^the database server cannot be reached: "):
            await lane.run(number)
        lane.close()
