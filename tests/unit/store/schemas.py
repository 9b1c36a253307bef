"""What the tables of a store look like, told alike for both engines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.store.sql.store import SqlStore
from tests.unit.store.looking import look

OF_THE_STEPS = frozenset({"_sqlite_migrations", "schema_steps"})
"""In which each engine notes the steps it has made, in its own way."""
_KINDS = {"integer": "whole", "bigint": "whole", "text": "text", "blob": "bytes", "bytea": "bytes"}
_COLUMNS = """
    select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid)
    from pg_class as c join pg_attribute as a on a.attrelid = c.oid
    left join pg_attrdef as d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum
"""
_INDEXES = """
    select t.relname, i.relname, x.indisprimary, x.indisunique,
        (select string_agg(pg_get_indexdef(x.indexrelid, n, true), ',' order by n)
            from generate_series(1, x.indnkeyatts) as n),
        pg_get_expr(x.indpred, x.indrelid)
    from pg_index as x join pg_class as i on i.oid = x.indexrelid join pg_class as t on t.oid = x.indrelid
    where t.relnamespace = current_schema()::regnamespace order by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns`: name to kind, whether it must be given, and its default. The indexes with their condition."""

    columns: dict[str, tuple[str, bool, str]]
    key: tuple[str, ...]
    unique: frozenset[tuple[tuple[str, ...], str]]
    indexes: dict[str, tuple[tuple[str, ...], str]]


async def of_sqlite(store: SqlStore) -> dict[str, Table]:
    tables = {}
    for name, made in await look(store, "select name, sql from sqlite_master where type = 'table' order by name"):
        if name in OF_THE_STEPS or name.startswith("sqlite_"):
            continue
        columns: dict[str, tuple[str, bool, str]] = {}
        key: dict[int, str] = {}
        for _, column, kind, not_null, default, place in await look(store, f"pragma table_info({name})"):
            # A key is never null, whether it was said or not.
            columns[str(column)] = (_KINDS[kind.lower()], bool(not_null) or place > 0, default or "")
            if place:
                key[place] = column
        unique: set[tuple[tuple[str, ...], str]] = set()
        indexes: dict[str, tuple[tuple[str, ...], str]] = {}
        for _, index, is_unique, origin, _ in await look(store, f"pragma index_list({name})"):
            rows = await look(store, f"pragma index_info({index})")
            keys = tuple(column or "(expression)" for _, _, column in rows)
            [(sql,)] = await look(store, "select sql from sqlite_master where name = ?", [index]) or [(None,)]
            where = _condition(sql.split(" where ")[1]) if sql and " where " in sql else ""
            if is_unique and origin != "pk":
                unique.add((keys, where))
            elif not is_unique:
                indexes[index] = (keys, where)
        assert made
        tables[name] = Table(columns, tuple(key[n] for n in sorted(key)), frozenset(unique), indexes)
    return tables


async def of_postgres(store: SqlStore) -> dict[str, Table]:
    columns: dict[str, dict[str, tuple[str, bool, str]]] = {}
    for table, column, kind, not_null, default in await look(store, _COLUMNS):
        told = re.sub(r"::\w+|[()]", "", default or "")
        columns.setdefault(table, {})[column] = (_KINDS.get(str(kind), str(kind)), not_null, told)
    keys: dict[str, tuple[str, ...]] = {}
    unique: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    indexes: dict[str, dict[str, tuple[tuple[str, ...], str]]] = {}
    for table, index, is_primary, is_unique, of, where in await look(store, _INDEXES):
        found = tuple(of.replace('"', "").split(",")), _condition(where or "")
        if is_primary:
            keys[table] = found[0]
        elif is_unique:
            unique.setdefault(table, set()).add(found)
        else:
            indexes.setdefault(table, {})[index] = found
    return {
        name: Table(columns[name], keys.get(name, ()), frozenset(unique.get(name, ())), indexes.get(name, {}))
        for name in columns
        if name not in OF_THE_STEPS
    }


def _condition(sql: str) -> str:
    """As both write it: without brackets and casts."""
    return " ".join(re.sub(r"::\w+|[()]|collate \"C\"", "", sql.lower()).split())
