"""What the queries are written against: one SQL that SQLite and PostgreSQL both understand.

Values stand as `?` or `:name`. What only PostgreSQL needs stands in `/*! … */`, which is a comment to SQLite. What only
SQLite is told, `indexed by …`, is left out for PostgreSQL: it has statistics.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.errors import StoreError

Row = tuple[Any, ...]
Values = Sequence[Any] | dict[str, Any]
Result = TypeVar("Result")


class Rows(Protocol):
    """What a statement gives. `rowcount`: how many rows it changed."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Row]: ...


class Database(Protocol):
    """A connection, for as long as a piece of work has it."""

    def execute(self, statement: str, values: Values = (), /) -> Rows: ...


@dataclass(frozen=True, slots=True, order=True)
class Counter:
    """A table of sums: its key, the columns that are added to, and those that say what was given last."""

    table: str
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    latest: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        """Adds one row of key, amounts, and what is given last."""
        columns = (*self.keys, *self.sums, *self.latest)
        changes = [f"{name} = {self.table}.{name} + excluded.{name}" for name in self.sums]
        added = ", ".join((*changes, *(f"{name} = excluded.{name}" for name in self.latest)))
        return (
            f"insert into {self.table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))}) "  # noqa: S608
            f"on conflict ({', '.join(self.keys)}) do update set {added}"
        )


class Transaction(Database, Protocol):
    """What may change something: all of it is committed, or nothing."""

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]], /) -> None: ...

    def hold(self, name: str) -> None:
        """Until the commit nobody else goes on who holds the same name: for what looks before it writes."""
        ...

    def add(
        self, counter: Counter, key: Sequence[str | int], amounts: Sequence[int], latest: Sequence[str] = ()
    ) -> None:
        """Add to the sums below `key`, as the last thing before the commit. What comes to nothing is not written.

        Everybody adds to the same few rows: whoever changes one keeps all others waiting until their commit. What this
        piece of work reads meanwhile does not have it.
        """
        ...


Read = Callable[[Database], Result]
Write = Callable[[Transaction], Result]


class Readers(Protocol):
    """Several that read side by side. `threads`: how many."""

    @property
    def threads(self) -> int: ...

    async def run(self, work: Read[Result]) -> Result:
        """The result of `work`. Raises StoreError."""
        ...


class Writer(Protocol):
    """`is_serial`: nobody else writes between what a piece of work reads and what it writes."""

    @property
    def is_serial(self) -> bool: ...

    async def run(self, work: Write[Result]) -> Result:
        """The result of `work`, committed. It must not begin or commit. Raises StoreError.

        It may be called more than once, where the first attempt was taken back: it changes nothing but the store.
        """
        ...


class Connection(Database, Protocol):
    """A connection of one thread. `is_broken`: nothing can be done with it any more."""

    @property
    def is_broken(self) -> bool: ...

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]], /) -> None: ...

    def hold(self, name: str) -> None: ...

    def begin(self, *, in_batches: bool = False, is_hurried: bool = False) -> None:
        """`in_batches`: what is executed may be sent without waiting for its answer, as long as nobody looks at that.

        That something has failed is then told by a later statement, or by the commit. `is_hurried`: what others hold
        is waited for only briefly.
        """
        ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


class Driver(Protocol):
    """How an engine is spoken to. `faults`: what its library raises. `is_serial`: transactions never overlap."""

    @property
    def is_serial(self) -> bool: ...

    @property
    def faults(self) -> tuple[type[BaseException], ...]: ...

    def connect(self) -> Connection:
        """Raises one of `faults`."""
        ...

    def told(self, error: BaseException) -> StoreError:
        """The same for whoever reads the log: without personal data."""
        ...

    def is_passing(self, error: BaseException) -> bool:
        """Whether it came of others who wrote at the same time: the same again may succeed."""
        ...

    def is_locked_out(self, error: BaseException) -> bool:
        """Whether it has waited in vain for one thing that others hold; what wants something else may go on."""
        ...

    def committed(self, pieces: int) -> None:
        """So many pieces of work have been committed. For the writer's thread."""
        ...
