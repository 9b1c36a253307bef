"""Tables on a server: made once, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import psycopg
import pytest

from bot.errors import StoreError
from bot.store.postgres import steps
from bot.store.postgres.connection import PostgresConnection
from bot.store.sql.steps import Step
from tests.postgres import Server

FIRST = Step("1", "", ("create table one (n integer)", "insert into one values (1)"))
SECOND = Step("2", "", ("create table two (n integer)", "create index i on two (n)"))
BREAKS = Step(
    "2", "", ("create table two (n integer)", "create table three (n integer)", "insert into nowhere values (1)")
)
NO_SUCH_THING = Step(
    "2", "", ("create table two (n integer)", "create wonder w"), left_out="where there are no wonders"
)


@pytest.fixture
def address(postgres_server: Server) -> Iterator[str]:
    """Of an empty database."""
    made = postgres_server.new_database()
    yield made
    postgres_server.drop(made)


@pytest.fixture
def connection(address: str) -> Iterator[PostgresConnection]:
    with closing(PostgresConnection(address)) as opened:
        yield opened


class EachByItself(PostgresConnection):
    """As an engine that makes tables outside of the transaction."""

    def execute_script(self, script: str) -> None:
        with closing(PostgresConnection(self.address)) as other:
            other.execute_script(script)

    address = ""


def tables(connection: PostgresConnection) -> list[str]:
    rows = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    return [name for (name,) in rows]


def test_those_that_are_missing_are_made_in_their_order(connection: PostgresConnection) -> None:
    assert steps.made(connection) == ()
    steps.apply(connection, (FIRST,))
    steps.apply(connection, (FIRST, SECOND))
    steps.apply(connection, (FIRST, SECOND))
    assert steps.made(connection) == ("1", "2")
    assert tables(connection) == ["one", "schema_steps", "two"]
    assert connection.execute("select n from one").fetchall() == [(1,)]


def test_processes_that_begin_at_once_make_them_once(address: str) -> None:
    processes = 6
    begin = Barrier(processes)

    def apply(_: int) -> tuple[str, ...]:
        with closing(PostgresConnection(address)) as connection:
            begin.wait(30)
            steps.apply(connection)
            return steps.made(connection)

    with ThreadPoolExecutor(processes) as pool:
        made = set(pool.map(apply, range(processes)))
    assert made == {tuple(step.name for step in steps.all_steps())}


def test_a_step_that_fails_leaves_nothing_and_can_be_made_later(connection: PostgresConnection) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        steps.apply(connection, (FIRST, BREAKS))
    assert (steps.made(connection), tables(connection)) == ((), ["schema_steps"])
    steps.apply(connection, (FIRST, SECOND))
    assert steps.made(connection) == ("1", "2")


def test_an_engine_that_cannot_take_tables_back_is_told(address: str) -> None:
    with closing(EachByItself(address)) as connection:
        connection.address = address
        with pytest.raises(
            StoreError, match=r"a step failed \(UndefinedTable\).*cannot take back.*: one, two, three\."
        ):
            steps.apply(connection, (FIRST, BREAKS))
        assert steps.made(connection) == ()


def test_tables_that_no_step_has_made_are_left_alone(connection: PostgresConnection) -> None:
    connection.execute("create table two (words text)")
    with pytest.raises(StoreError, match="already tables of the step 1, which this database has not made: two"):
        steps.apply(connection, (FIRST, SECOND))
    assert (steps.made(connection), tables(connection)) == ((), ["schema_steps", "two"])


def test_what_an_engine_does_not_have_is_left_out_where_the_step_says_so(connection: PostgresConnection) -> None:
    steps.apply(connection, (FIRST, NO_SUCH_THING))
    assert steps.made(connection) == ("1", "2")
    assert tables(connection) == ["one", "schema_steps"]
    noted = connection.execute("select name, left_out from schema_steps where name <> '' order by name").fetchall()
    assert noted == [("1", None), ("2", "SyntaxError")]


def test_else_it_is_a_fault(connection: PostgresConnection) -> None:
    with pytest.raises(psycopg.errors.SyntaxError):
        steps.apply(connection, (FIRST, Step("2", "", NO_SUCH_THING.statements)))
    assert steps.made(connection) == ()


def test_a_script_is_cut_into_its_statements() -> None:
    script = "-- one; two\ncreate table a (n text default ';');\nselect $$ a; b -- c\n$$; -- end;\nselect 'it''s;' - 1"
    assert steps.statements_of(script) == (
        "create table a (n text default ';')",
        "select $$ a; b -- c\n$$",
        "select 'it''s;' - 1",
    )
