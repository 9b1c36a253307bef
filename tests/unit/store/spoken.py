"""What of SQL the queries may use: words that PostgreSQL, Citus, YugabyteDB and CockroachDB all understand.

docs/scale.md says where that was looked up. A word that is not here is looked up for each of them first.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from bot.store.postgres.steps import all_steps

_KEYWORDS = """
    all and as asc between by case conflict cross delete desc distinct do else end excluded exists filter for from
    group having in insert into is join left like limit locked not nothing null offset on or order outer returning
    select set skip then union update using values when where with
"""
_FUNCTIONS = "cast coalesce count gen_random_uuid max min replace substr sum"
_OF_STEPS = "add alter check collate column create default generated identity index key primary references table unique"
KEYWORDS = frozenset(_KEYWORDS.split())
FUNCTIONS = frozenset(_FUNCTIONS.split())
KINDS = frozenset({"bigint", "bytea", "integer", "text"})
OF_STEPS = frozenset(_OF_STEPS.split())
"""What the steps that make the tables say besides. One that says more names the engines that it is left out for."""
_NOT_WORDS = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|%\(\w+\)s|%s|%%|::", re.DOTALL)
_COLUMN = re.compile(r"(?:[(,]|\badd column)\s*\"?(\w+)\"?\s+(?:text|bigint|integer|bytea)\b")
_ALIAS = re.compile(r"\bas (\w+)|\b(?:from|join|,) (?:\w+|\)) (?:as )?(\w+)|\b(?:with|,) (\w+) (?:\([\w, ]+\) )?as \(")
_WITH_COLUMNS = re.compile(r"\b(?:with|as) \w+ ?\(([\w, ]+)\)")


@lru_cache
def _names() -> frozenset[str]:
    """Of tables and columns."""
    steps = all_steps()
    columns = (name for step in steps for statement in step.statements for name in _COLUMN.findall(statement))
    return frozenset(columns) | {table for step in steps for table in step.tables}


def outside(statement: str, allowed: Collection[str] = KEYWORDS) -> list[str]:
    """Words of a statement, as PostgreSQL is given it, that are neither `allowed`, nor functions, nor names of ours."""
    plain = " ".join(_NOT_WORDS.sub(" ? ", statement).lower().split())
    aliases = {name for found in _ALIAS.findall(plain) for name in found if name}
    listed = {name for found in _WITH_COLUMNS.findall(plain) for name in re.findall(r"\w+", found)}
    indexes = set(re.findall(r"\bindex (\w+) on\b", plain))
    known = KINDS.union(allowed, _names(), aliases, listed, indexes)
    words = re.findall(r"\b([a-z_]\w*)\b(\s*\()?", plain)
    return sorted({word for word, call in words if word not in known and not (call and word in FUNCTIONS)})
