"""Statements that are sent without waiting for their answers: what fails is still told to whose fault it is."""

from __future__ import annotations

from collections.abc import Callable

from bot.errors import StoreError
from bot.store.postgres.connection import PostgresDriver
from bot.store.sql.lanes import WriterThread
from bot.store.sql.session import Transaction
from tests.unit.store.sql.lanes_samples import together

_NAME = "insert into held_names (name) values (?)"


async def test_only_what_fails_fails_though_nobody_looks_at_its_answer(postgres_address: str) -> None:
    def naming(name: str | None) -> Callable[[Transaction], str | None]:
        def write(database: Transaction) -> str | None:
            database.execute(_NAME, [name])
            return name

        return write

    def looking(database: Transaction) -> str:
        database.execute(_NAME, ["d"])
        changed = database.execute("update held_names set name = 'e' where name = 'd'")
        (count,) = database.execute("select count(*) from held_names").fetchone()
        return f"{changed.rowcount} {count}"

    writer = WriterThread(PostgresDriver(postgres_address))
    results = await together(writer, naming("a"), naming(None), looking, naming("b"))
    assert [type(result) if isinstance(result, StoreError) else result for result in results] == [
        "a",
        StoreError,
        "1 2",
        "b",
    ]
    query = "select name from held_names order by name"
    assert await writer.run(lambda database: database.execute(query).fetchall()) == [("a",), ("b",), ("e",)]
    writer.close()


async def test_what_a_failed_batch_never_came_to_is_not_taken_for_prepared(postgres_address: str) -> None:
    def counting(name: str) -> Callable[[Transaction], str]:
        def write(database: Transaction) -> str:
            database.execute("update held_names set name = name where name = ?", [name])
            return name

        return write

    def failing(database: Transaction) -> str:
        database.execute(_NAME, [None])
        return ""

    writer = WriterThread(PostgresDriver(postgres_address))
    await together(writer, counting("a"))
    await together(writer, failing)
    results = await together(writer, failing, *[counting("a")] * 10)
    assert [result if isinstance(result, str) else type(result) for result in results] == [StoreError, *["a"] * 10]
    writer.close()
