"""What stands in the tables of a store, whichever engine it is in: beside its methods."""

from __future__ import annotations

from typing import Any

from bot.store.sql.session import Row, Values
from bot.store.sql.store import SqlStore


async def look(store: SqlStore, query: str, values: Values = ()) -> list[Row]:
    """The rows of a query that both engines understand."""
    return await store._readers.run(lambda database: database.execute(query, values).fetchall())


async def change(store: SqlStore, statement: str, values: Values = ()) -> None:
    """As nobody but a test does it."""
    await store._writer.run(lambda database: _changed(database.execute(statement, values)))


def _changed(_: Any) -> None:
    """What a statement gives belongs to the thread that executed it."""
