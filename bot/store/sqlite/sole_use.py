"""Whether this process is the only one that has a file open: locks that the system frees when a process dies."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

_SHARED_FIRST, _SHARED_BYTES = 0x40000002, 510
"""Where the locks of SQLite's readers lie: far behind the end of the file, or in a page that is never used."""


def _locks() -> ModuleType | None:
    """The system's own locks; None where it has none of the kind."""
    try:
        return importlib.import_module("fcntl")
    except ImportError:
        return None


def locked(descriptor: int) -> bool:
    """Whether this process has the open file to itself from now on, until it is closed; True where that cannot be
    known."""
    fcntl = _locks()
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def in_use_by_others(path: Path) -> Iterator[bool]:
    """Whether another process has the file open by SQLite, be it damaged or not. If not, none can open it in this
    block; this process must not open it there either."""
    fcntl = _locks()
    if fcntl is None or not path.exists():
        yield False
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        try:
            # Whoever has it open as we do (with a log beside it) holds these bytes until they close it.
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED_FIRST)
        except OSError:
            yield True
        else:
            yield False
    finally:
        os.close(descriptor)


class SoleUse:
    """Beside the file lies an empty one with `-lock` at the end of its name, which all who have it open hold together.

    Whoever comes first has it alone from `take` to `share`: those that come meanwhile wait until it is ready.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-lock")
        self._descriptor: int | None = None

    def take(self) -> bool:
        """False where another process has it, or where that cannot be known."""
        fcntl = _locks()
        if fcntl is None:
            return False
        try:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def share(self) -> None:
        """From now on until `free` nobody else is the only one. Waits for who is getting ready."""
        fcntl = _locks()
        if fcntl is None or self._descriptor is None:
            return
        with suppress(OSError):
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def free(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
