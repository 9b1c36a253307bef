"""What every reader hands on, and how it tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.catalog.imports.model import Grid, Note

Progress = Callable[[int, int | None], None]
"""Called now and then with the rows done and the rows in all; None where nobody knows before the end."""

STEP = 500
"""Rows between two calls."""


@dataclass(frozen=True, slots=True)
class Document:
    grids: tuple[Grid, ...]
    notes: tuple[Note, ...] = ()


def quiet(_done: int, _total: int | None) -> None:
    """Nobody wants to know."""
