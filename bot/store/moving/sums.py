"""A checksum of a table, the same whichever engine holds it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.moving.sides import Source
from bot.store.moving.tables import Table
from bot.store.moving.walking import pages
from bot.store.sql.session import Row

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Sum:
    """`checksum`: BLAKE2b over all rows in the order of the primary key, in hexadecimal digits."""

    rows: int
    checksum: str


class Adding:
    """A checksum while it is made. Each row as a line of JSON, its columns by their names; bytes in hexadecimal."""

    def __init__(self, table: Table) -> None:
        self._digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
        self._rows = 0
        self._digest.update(_encoded([table.names]))

    def add(self, rows: Sequence[Row]) -> None:
        if rows:
            self._digest.update(_encoded(rows))
            self._rows += len(rows)

    @property
    def sum(self) -> Sum:
        return Sum(self._rows, self._digest.hexdigest())


def _encoded(rows: Sequence[Row]) -> bytes:
    # In one list, whose brackets are cut off: what stands between two rows is the same wherever a page ends.
    written = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_bytes)
    return written[1:-1].encode() + b","


def _bytes(value: object) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError(f"a column holds {type(value).__name__}")
    return {"bytes": value.hex()}


def sum_of(side: Source, table: Table) -> Sum:
    """Of all rows as they stand now, each of them read."""
    adding = Adding(table)
    for rows in pages(side, table):
        adding.add(rows)
    return adding.sum
