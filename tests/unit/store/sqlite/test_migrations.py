"""Tables in a file: made once, whole or not at all."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from sqlite_utils import Database, Migrations

from bot.store.sqlite import migrations
from bot.store.sqlite.connection import SqliteConnection
from bot.store.sqlite.store import SqliteStore

breaking = Migrations("breaking")


@breaking()
def make_one(db: Database) -> None:
    """Which is whole."""
    db.execute("create table one (n integer)")


@breaking()
def break_off(db: Database) -> None:
    db.execute("create table two (n integer)")
    db.execute("insert into nowhere values (1)")


def tables(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table' order by 1")
        ]


def test_processes_that_begin_at_once_make_them_once(tmp_path: Path) -> None:
    processes = 4
    begin = Barrier(processes)

    def apply(_: int) -> tuple[str, ...]:
        with closing(SqliteConnection(tmp_path / "data.sqlite")) as connection:
            begin.wait(30)
            migrations.apply(connection.database)
            return migrations.made(connection.database)

    with ThreadPoolExecutor(processes) as pool:
        made = set(pool.map(apply, range(processes)))
    assert made == {tuple(step.name for step in migrations.all_steps())}


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with closing(SqliteConnection(tmp_path / "data.sqlite")) as connection:
        with pytest.raises(sqlite3.OperationalError, match="no such table: nowhere"):
            migrations.apply(connection.database, (breaking,))
        assert migrations.made(connection.database) == ()
        assert connection.execute("pragma busy_timeout").fetchone() == (1000,)
    assert tables(tmp_path / "data.sqlite") == []


async def test_where_nothing_is_missing_nobody_waits_for_who_is_writing(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    await (await SqliteStore.open(path)).close()
    with closing(SqliteConnection(path)) as busy, closing(SqliteConnection(path)) as other:
        busy.begin()
        migrations.apply(other.database)
        busy.rollback()


def test_steps_are_told_by_their_statements() -> None:
    scratch = Migrations("scratch")

    @scratch()
    def make_a_table(db: Database) -> None:
        """What it is for.

        judged safe: it is not used
        """
        db.table("a").create({"n": int}, pk="n")

    (step,) = migrations.all_steps((scratch,))
    assert (step.name, step.about, step.judged) == ("scratch.make_a_table", "What it is for.", "it is not used")
    assert [change.words for change in step.changes] == ["makes the table a"]
