"""A transaction of a test's own, on whatever connection it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.store.sql.session import Counter, Database, Rows, Values


@dataclass(frozen=True, slots=True)
class AtOnce:
    """`bot.store.sql.session.Transaction` says what the methods do; sums are added at once. For one test alone."""

    database: Database

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        return self.database.execute(statement, values)

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]], /) -> None:
        for row in rows:
            self.database.execute(statement, row)

    def hold(self, name: str) -> None:
        """There is nobody else."""

    def add(
        self, counter: Counter, key: Sequence[str | int], amounts: Sequence[int], latest: Sequence[str] = ()
    ) -> None:
        self.database.execute(counter.statement, [*key, *amounts, *latest])
