"""What works that are committed together have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.store.sql.session import Connection, Counter, Rows, Values


class Grouped:
    """The transaction that a group of works shares; sums are added up, and written at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sums: dict[Counter, dict[tuple[str | int, ...], tuple[list[int], Sequence[str]]]] = {}

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        return self._connection.execute(statement, values)

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]], /) -> None:
        self._connection.execute_many(statement, rows)

    def hold(self, name: str) -> None:
        self._connection.hold(name)

    def add(
        self, counter: Counter, key: Sequence[str | int], amounts: Sequence[int], latest: Sequence[str] = ()
    ) -> None:
        sums = self._sums.setdefault(counter, {})
        before = sums.get(tuple(key))
        added = list(amounts) if before is None else [a + b for a, b in zip(before[0], amounts, strict=True)]
        sums[tuple(key)] = (added, latest)

    def write_sums(self) -> None:
        # In one order for all: two that wait for each other would never end.
        for counter in sorted(self._sums):
            sums = self._sums[counter]
            rows = [(*key, *sums[key][0], *sums[key][1]) for key in sorted(sums) if any(sums[key][0])]
            if rows:
                self._connection.execute_many(counter.statement, rows)
