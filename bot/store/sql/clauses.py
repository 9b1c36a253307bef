"""Conditions in SQL, with the values that they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition, and the values of its question marks."""

    sql: str
    values: tuple[object, ...]


def both(clauses: Iterable[Clause]) -> Clause:
    """All of them; without any, whatever it is."""
    parts = tuple(clauses)
    return Clause(
        " and ".join(part.sql for part in parts) or "1 = 1", tuple(value for part in parts for value in part.values)
    )


def one_of(column: str, values: Iterable[str] | Iterable[int]) -> Clause:
    named = tuple(sorted(values))
    return Clause(f"{column} in ({', '.join('?' * len(named))})", named) if named else Clause("1 = 0", ())


def days(first: date, last: date, column: str = "day") -> Clause:
    """Both included."""
    return Clause(f"{column} between ? and ?", (first.isoformat(), last.isoformat()))


def within(first: date | None, last: date | None, column: str = "day") -> tuple[Clause, ...]:
    """The same, where either end may be open."""
    ends = ((">=", first), ("<=", last))
    return tuple(Clause(f"{column} {sign} ?", (day.isoformat(),)) for sign, day in ends if day is not None)
