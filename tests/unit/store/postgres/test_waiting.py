"""A server that is gone without a word, that only reads, or where others hold what is wanted: nobody waits for long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from bot.errors import StoreError
from bot.store.postgres import waiting
from bot.store.postgres.connection import PostgresConnection, PostgresDriver
from bot.store.postgres.store import PostgresStore
from bot.store.postgres.waiting import parameters
from bot.store.processes import Roll
from bot.store.sql.lanes import ReaderThreads, WriterThread
from bot.store.sql.session import Database, Transaction
from tests.unit.store.postgres.mute import Mute
from tests.unit.store.sql.lanes_samples import together

OURS = (
    "-c lock_timeout=2s -c statement_timeout=8s -c idle_in_transaction_session_timeout=5s"
    " -c client_encoding=UTF8 -c timezone=UTC"
)


def naming(name: str) -> Callable[[Transaction], str]:
    def write(database: Transaction) -> str:
        database.execute("insert into held_names (name) values (?)", [name])
        return name

    return write


def names(database: Database) -> list[str]:
    return [name for (name,) in database.execute("select name from held_names order by name").fetchall()]


@pytest.fixture
def mute(postgres_address: str) -> Iterator[Mute]:
    with Mute(postgres_address) as between:
        yield between


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_SECONDS_ON_THE_WAY", 0.5)


def test_what_the_address_says_has_the_last_word() -> None:
    assert parameters("postgresql://h/n", 8) == {
        "connect_timeout": 2,
        "application_name": "mot-cua",
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 8000,
        "target_session_attrs": "read-write",
        "options": OURS,
    }
    own = (
        "connect_timeout=9&application_name=x&keepalives_idle=1&keepalives_interval=1&keepalives_count=1"
        "&tcp_user_timeout=1&target_session_attrs=any&sslmode=verify-full&options=-c%20search_path%3Dhue"
    )
    assert parameters(f"postgresql://h/n?{own}", 8) == {"options": f"{OURS} -c search_path=hue"}


async def test_a_province_has_a_schema_of_its_own(postgres_address: str) -> None:
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute("create schema hue")
    store = await PostgresStore.open(f"{postgres_address}&options=-c%20search_path%3Dhue%20-c%20lock_timeout%3D7s")
    await store.close()
    with psycopg.connect(postgres_address) as connection:
        found = connection.execute("select to_regclass('hue.conversations') is not null").fetchone()
    assert found == (True,)


async def test_an_account_that_makes_no_tables_serves(postgres_address: str) -> None:
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute("drop role if exists serving")
        connection.execute("create role serving login")
        connection.execute("revoke create on schema public from public")
        connection.execute("grant select, insert, update, delete on all tables in schema public to serving")
    store = await PostgresStore.open(make_conninfo(postgres_address, user="serving"))
    assert await store.processes.roll() == Roll()
    await store.processes.leave("nobody")
    await store.close()


@pytest.mark.usefixtures("quick")
async def test_a_server_that_is_silent_is_given_up_by_all_at_once_and_found_again(mute: Mute) -> None:
    writer, readers = WriterThread(PostgresDriver(mute.address, 1)), ReaderThreads(PostgresDriver(mute.address, 1), 1)
    assert (await writer.run(naming("a")), await readers.run(names)) == ("a", ["a"])
    mute.be_silent()
    begun = time.monotonic()
    async with asyncio.timeout(60):
        written = await together(writer, *(naming(f"b{number}") for number in range(30)))
        with pytest.raises(StoreError, match="the database server cannot be reached"):
            await readers.run(names)
    assert time.monotonic() - begun < 15
    assert {type(result) for result in written} == {StoreError}
    again = time.monotonic()
    told = [str(await _refusal(writer)) for _ in range(50)]
    assert time.monotonic() - again < 5
    assert "the database server cannot be reached: the server did not answer a moment ago" in told
    mute.speak()
    async with asyncio.timeout(30):
        while await _refusal(writer) is not None:
            await asyncio.sleep(0)
        while "d" not in (found := await _read(readers)):
            await asyncio.sleep(0)
    # What was on its way with its commit arrived at last, all of it or nothing: nobody was told that it had not.
    assert [name for name in found if not name.startswith("b")] == ["a", "d"]
    assert len(found) in (2, 32)
    writer.close()
    readers.close()


async def _refusal(writer: WriterThread) -> StoreError | None:
    try:
        await writer.run(naming("d"))
    except StoreError as error:
        return error
    return None


async def _read(readers: ReaderThreads) -> list[str]:
    with suppress(StoreError):
        return await readers.run(names)
    return []


async def test_those_who_want_what_somebody_holds_do_not_keep_the_others_waiting(postgres_address: str) -> None:
    def changing(name: str) -> Callable[[Transaction], str]:
        def write(database: Transaction) -> str:
            database.execute("update held_names set name = name where name = ?", [name])
            return name

        return write

    writer = WriterThread(PostgresDriver(postgres_address))
    for name in ("free", "held"):
        await writer.run(naming(name))
    with psycopg.connect(postgres_address) as other:
        other.execute("select 1 from held_names where name = 'held' for update")
        begun = time.monotonic()
        results = await together(writer, *[changing("held")] * 10, changing("free"))
        seconds = time.monotonic() - begun
    locked_out = "LockNotAvailable: canceling statement due to lock timeout"
    assert [str(result) for result in results] == [*[locked_out] * 10, "free"]
    assert seconds < 10
    assert await together(writer, changing("held"), changing("free")) == ["held", "free"]
    writer.close()


async def test_a_server_that_only_reads_by_now_is_left_for_another(postgres_address: str) -> None:
    writer = WriterThread(PostgresDriver(postgres_address))
    await writer.run(lambda database: database.execute("set session default_transaction_read_only = on"))
    with pytest.raises(StoreError, match="ReadOnlySqlTransaction"):
        await writer.run(naming("a"))
    assert await writer.run(naming("b")) == "b"
    assert await writer.run(names) == ["b"]
    writer.close()


async def test_what_was_taken_back_is_not_told_as_written(postgres_address: str) -> None:
    def going_on(database: Transaction) -> str:
        with suppress(psycopg.Error):
            assert not database.execute("insert into held_names (name) values (null)").rowcount
        return "done"

    writer = WriterThread(PostgresDriver(postgres_address))
    with pytest.raises(StoreError, match="InFailedSqlTransaction: the server has taken back what was to be committed"):
        await writer.run(going_on)
    assert await writer.run(naming("a")) == "a"
    writer.close()


def test_only_steps_may_take_their_time(postgres_address: str) -> None:
    with closing(PostgresConnection(postgres_address, 1)) as connection:
        with pytest.raises(psycopg.errors.QueryCanceled):
            connection.execute("select pg_sleep(5)")
        with connection.without_haste():
            connection.begin()
            connection.execute("set local statement_timeout = 0")
            assert connection.execute("select 1 from pg_sleep(3.5)").fetchone() == (1,)
            connection.commit()
        with pytest.raises(psycopg.errors.QueryCanceled):
            connection.execute("select pg_sleep(5)")
