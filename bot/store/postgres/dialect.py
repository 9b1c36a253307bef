"""The queries' SQL, as psycopg and PostgreSQL want it."""

from __future__ import annotations

import re
from functools import lru_cache

_MOST_STATEMENTS = 4096
# A text, a comment for PostgreSQL alone, a question mark, a name behind a colon (not a cast), an index that only SQLite
# has to be told, a per cent sign.
_TOKEN = re.compile(
    r"'(?:[^']|'')*'|/\*!(?P<own>.*?)\*/|(?P<mark>\?)|(?<!:):(?P<name>[a-z_]+)|(?P<told>\bindexed by [a-z_]+)|%",
    re.DOTALL,
)


_BY_BYTES = re.compile(r'\s+collate "C"', re.IGNORECASE)


def for_engine(statement: str, version: str) -> str:
    """A statement that makes tables, as an engine understands it that says `version` of itself.

    CockroachDB refuses `collate "C"` of a column; texts sort by their bytes there anyway.
    """
    return _BY_BYTES.sub("", statement) if version.startswith("CockroachDB") else statement


@lru_cache(_MOST_STATEMENTS)
def translated(statement: str) -> str:
    """With `%s` for `?`, `%(name)s` for `:name`, what stands in `/*! … */`, and no `indexed by`: it has statistics."""
    return _TOKEN.sub(_replaced, statement)


def _replaced(token: re.Match[str]) -> str:
    if token["own"] is not None:
        return token["own"].replace("%", "%%")
    if token["mark"] is not None:
        return "%s"
    if token["name"] is not None:
        return f"%({token['name']})s"
    if token["told"] is not None:
        return ""
    return token[0].replace("%", "%%")
