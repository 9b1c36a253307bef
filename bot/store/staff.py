"""Staff: who may see and do what, their sessions, and the log of every change."""

from __future__ import annotations

from typing import Protocol


class StaffBook(Protocol):
    """Every method may raise StoreError, and nothing else."""
