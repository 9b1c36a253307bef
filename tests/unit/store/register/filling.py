"""One row in each table of a store, every column of it filled; and what of it is gone afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from bot.store.register import ROW
from bot.store.sql.store import SqlStore
from tests.unit.store.engines import SQLITE
from tests.unit.store.looking import change, look
from tests.unit.store.schemas import Table, of_postgres, of_sqlite

Values = Mapping[str, object]
Given = Mapping[str, Values]
OLD = "2020-01-01T00:00:00.000000+00:00"
PERSON = "p"
_TIMES = ("_at", "_until", "_since", "last_seen")
_BY_NAME: Values = {
    "at": OLD,
    "day": OLD[:10],
    "bucket": OLD[:10],
    "hour": OLD[:13],
    "since": OLD,
    "person": PERSON,
    "state": '{"brought": {}, "profile": {}}',
    "channel": "c",
    "scale": "three",
    "flags": "",
    "mark": "counted",
    "n": 7,
    "n1": 7,
}
_FIRST = "drafts"
"""Which others refer to."""
_THERE = ("taught_version", "editorial_version", "store_identity")
"""Which have their one row from the beginning."""


async def tables_of(store: SqlStore, engine: str) -> dict[str, Table]:
    """Those of the store: what a library or the steps keep for themselves is left out."""
    return await (of_sqlite(store) if engine == SQLITE else of_postgres(store))


async def fill(store: SqlStore, tables: Mapping[str, Table], given: Given) -> None:
    """`given`: by table, what is to stand in columns, instead of what stands there otherwise."""
    for name in sorted(tables, key=lambda name: (name != _FIRST, name)):
        if name in _THERE:
            continue
        values = {
            column: _value(column, kind, given.get(name, {})) for column, (kind, _, _) in tables[name].columns.items()
        }
        columns, places = ", ".join(f'"{column}"' for column in values), ", ".join("?" * len(values))
        await change(store, f"insert into {name} ({columns}) values ({places})", list(values.values()))  # noqa: S608


async def standing(store: SqlStore, tables: Mapping[str, Table]) -> dict[str, dict[str, object]]:
    """What stands in each table that has rows; of several rows, what stands in any."""
    found: dict[str, dict[str, object]] = {}
    for name, table in tables.items():
        columns = ", ".join(f'"{column}"' for column in table.columns)
        for row in await look(store, f"select {columns} from {name}"):  # noqa: S608
            others = found.get(name, {})
            named = zip(table.columns, row, strict=True)
            found[name] = {column: others.get(column) or value for column, value in named}
    return found


def gone(before: Mapping[str, Values], after: Mapping[str, Values]) -> dict[str, set[str]]:
    """By table: ROW, or the columns that were emptied."""
    lost = {}
    for name, row in before.items():
        left = after.get(name)
        what = {ROW} if left is None else {column for column in row if row[column] and not left[column]}
        if what:
            lost[name] = what
    return lost


def _value(column: str, kind: str, given: Values) -> object:
    if column in given or column in _BY_NAME:
        return {**_BY_NAME, **given}[column]
    if kind == "whole":
        return 1
    if kind == "bytes":
        return b"b"
    return OLD if column.endswith(_TIMES) else "t"
