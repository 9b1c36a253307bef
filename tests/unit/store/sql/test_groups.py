"""Works that share a transaction: each fails alone, is tried again where others were in its way, and sums come last."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter as Sums
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store.sql.lanes import _TRIES, WriterThread
from bot.store.sql.session import Counter, Transaction
from bot.store.sqlite.connection import SqliteConnection, SqliteDriver
from tests.unit.store.sql.lanes_samples import together

TABLES = """
    pragma journal_mode = wal;
    create table days (day text, what text, n integer not null, m integer not null, primary key (day, what));
    create table ages (age integer primary key, n integer not null);
"""
DAYS, AGES = Counter("days", ("day", "what"), ("n", "m")), Counter("ages", ("age",), ("n",))


class Busy(sqlite3.OperationalError):
    """Somebody else was in the way."""


class Shared(SqliteDriver):
    """A file that others write to as well, as a server is."""

    def is_passing(self, error: BaseException) -> bool:
        return isinstance(error, Busy)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "data.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(TABLES)
    return file


@pytest.fixture
def writer(path: Path) -> Iterator[WriterThread]:
    driver = Shared(path)
    opened = WriterThread(driver)
    yield opened
    opened.close()
    driver.close()


def kept(path: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        days = connection.execute("select day, what, n, m from days order by 1, 2").fetchall()
        return days, connection.execute("select age, n from ages order by 1").fetchall()


def adding(age: int, amount: int = 1) -> Callable[[Transaction], int]:
    def write(database: Transaction) -> int:
        database.add(AGES, (age,), (amount,))
        return age

    return write


def hindered(times: int, seen: list[str], name: str) -> Callable[[Transaction], int]:
    """Work that others come in the way of so many times; each attempt is noted in `seen`."""

    def write(database: Transaction) -> int:
        seen.append(name)
        database.execute("insert into ages values (?, 1)", [ord(name)])
        if seen.count(name) <= times:
            raise Busy("again")
        return ord(name)

    return write


def statements(writer: WriterThread) -> list[str]:
    """From now on, all that is said to the file."""
    seen: list[str] = []
    cast(SqliteConnection, writer._opened()).database.conn.set_trace_callback(seen.append)
    return seen


def said(results: list[int | BaseException]) -> list[object]:
    return [f"{type(each).__name__}: {each}" if isinstance(each, BaseException) else each for each in results]


async def test_what_others_came_in_the_way_of_is_tried_again_with_its_group(writer: WriterThread, path: Path) -> None:
    seen: list[str] = []
    results = await together(writer, hindered(0, seen, "a"), hindered(_TRIES - 1, seen, "b"))
    assert (results, "".join(seen)) == ([97, 98], "ab" * _TRIES)
    assert kept(path) == ([], [(97, 1), (98, 1)])


async def test_what_is_always_hindered_is_given_up_and_the_others_go_on(writer: WriterThread, path: Path) -> None:
    seen: list[str] = []
    results = await together(writer, hindered(0, seen, "a"), hindered(99, seen, "b"), hindered(0, seen, "c"))
    assert said(results) == [97, "StoreError: Busy: again", 99]
    assert "".join(seen) == "ab" * _TRIES + "a" + "b" * _TRIES + "c"
    assert kept(path) == ([], [(97, 1), (99, 1)])


async def test_one_by_itself_is_given_up_after_as_many_tries(writer: WriterThread, path: Path) -> None:
    seen: list[str] = []
    with pytest.raises(StoreError, match=r"^Busy: again$"):
        await writer.run(hindered(99, seen, "a"))
    assert (len(seen), kept(path)) == (_TRIES, ([], []))


async def test_where_one_fails_each_runs_alone(writer: WriterThread, path: Path) -> None:
    def fails(database: Transaction) -> int:
        database.add(AGES, (7,), (1,))
        database.execute("insert into nowhere values (1)")
        return 0

    trace = statements(writer)
    results = await together(writer, adding(7), fails, adding(7), adding(8))
    assert said(results) == [7, "StoreError: OperationalError: no such table: nowhere", 7, 8]
    ended = [each.lower() for each in trace if each.lower().startswith(("commit", "rollback"))]
    assert ended == ["rollback", "commit", "rollback", "commit", "commit"]
    assert kept(path) == ([], [(7, 2), (8, 1)])


async def test_sums_are_the_last_of_a_transaction_merged_and_in_one_order(writer: WriterThread, path: Path) -> None:
    def many(database: Transaction) -> int:
        database.add(DAYS, ("b", "x"), (1, 0))
        database.add(AGES, (3,), (5,))
        database.execute("insert into ages values (1, 1)")
        return 0

    def more(database: Transaction) -> int:
        database.add(DAYS, ("a", "y"), (0, 2))
        database.add(DAYS, ("b", "x"), (1, 1))
        database.add(AGES, (2,), (1,))
        database.add(AGES, (9,), (1,))
        database.add(AGES, (9,), (-1,))
        database.execute("insert into ages values (4, 1)")
        return 1

    trace = statements(writer)
    assert await together(writer, many, more) == [0, 1]
    said = [each.strip().partition(" on conflict")[0] for each in trace if "insert" in each.lower()]
    assert said == [
        "insert into ages values (1, 1)",
        "insert into ages values (4, 1)",
        "insert into ages (age, n) values (2, 1)",
        "insert into ages (age, n) values (3, 5)",
        "insert into days (day, what, n, m) values ('a', 'y', 0, 2)",
        "insert into days (day, what, n, m) values ('b', 'x', 2, 1)",
    ]
    assert kept(path) == ([("a", "y", 0, 2), ("b", "x", 2, 1)], [(1, 1), (2, 1), (3, 5), (4, 1)])


WORKS = st.lists(
    st.tuples(
        st.booleans(),
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(-2, 2), st.integers(-2, 2))),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=40)
@given(WORKS)
def test_sums_are_what_a_dictionary_adds_up(works: list[tuple[bool, list[tuple[str, str, int, int]]]]) -> None:
    """A work that fails adds nothing; what comes to nothing is not written."""

    def work(number: int) -> Callable[[Transaction], int]:
        fails, amounts = works[number]

        def write(database: Transaction) -> int:
            for day, what, n, m in amounts:
                database.add(DAYS, (day, what), (n, m))
            if fails:
                raise ZeroDivisionError
            return number

        return write

    async def run(path: Path) -> list[int | BaseException]:
        driver = SqliteDriver(path)
        writer = WriterThread(driver)
        try:
            return await together(writer, *map(work, range(len(works))))
        finally:
            writer.close()
            driver.close()

    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(TABLES)
        results = asyncio.run(run(path))
        found, _ = kept(path)
    assert [None if isinstance(each, ZeroDivisionError) else each for each in results] == [
        None if fails else number for number, (fails, _) in enumerate(works)
    ]
    is_one = not any(fails for fails, _ in works)
    parts = [[each for _, amounts in works for each in amounts]] if is_one else [a for fails, a in works if not fails]
    expected: Sums[tuple[str, str, int]] = Sums()
    written: set[tuple[str, str]] = set()
    for part in parts:
        sums: Sums[tuple[str, str, int]] = Sums()
        for day, what, n, m in part:
            sums[day, what, 0] += n
            sums[day, what, 1] += m
        written |= {(day, what) for (day, what, _), amount in sums.items() if amount}
        expected.update(sums)
    assert found == [(*key, expected[(*key, 0)], expected[(*key, 1)]) for key in sorted(written)]
