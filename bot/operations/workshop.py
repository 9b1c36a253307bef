"""Where indexes are built: in a process beside this one, and where that fails in a thread of this one.

What goes there and what comes back are pickled, each as one, so that what is one object there is one here. They lie in
a file in between and are taken in by small pieces with a pause after each: a chat that waits meanwhile waits for one.
"""

from __future__ import annotations

import gc
import pickle
import tempfile
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

import structlog

from bot.operations.background import in_background
from bot.operations.other_process import OtherProcess

_log = structlog.get_logger(__name__)
_A = TypeVar("_A")
_T = TypeVar("_T")

SECONDS = 60.0
"""How long one piece of work may take; the shipped catalogue takes some three."""
IDLE_SECONDS = 60.0
"""An editor who tries one phrase tries another; after that its memory is free again."""
_PROTOCOL = 5
_PIECE = 1 << 16
"""Bytes between two pauses: a frame of a pickle, which is read and written as one. One takes about a millisecond."""
_PAUSE_SECONDS = 0.002
_FAILURES = (BrokenProcessPool, TimeoutError, OSError, EOFError, pickle.PickleError)
"""Of the process and of the way there and back; what the work itself raises is for whoever wanted it."""


class Workshop:
    """Builds what takes seconds, one thing at a time; `close` it in the end."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._process = OtherProcess(seconds, IDLE_SECONDS)

    async def made(self, work: Callable[[_A], _T], given: _A) -> _T:
        """What `work`, a named function, makes of plain data. Raises what it raises."""
        try:
            with tempfile.TemporaryDirectory(prefix="mot-cua-") as folder:
                there, back = Path(folder, "given"), Path(folder, "made")
                await in_background(_put, there, given)
                await self._process.run(_make, work, there, back)
                # Its type is what `work` makes.
                return cast(_T, await in_background(_take, back))
        except _FAILURES as error:
            _log.warning("workshop_failed", error=type(error).__name__, hint="made in a thread instead")
        return await in_background(work, given)

    async def close(self) -> None:
        await self._process.close()


class _Slowly:
    """A file that pauses after each piece that has been read or written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _PIECE

    def read(self, size: int) -> bytes:
        self._pause(size)
        return self._file.read(size)

    def readline(self) -> bytes:
        return self._file.readline()

    def write(self, piece: bytes) -> int:
        self._pause(len(piece))
        return self._file.write(piece)

    def _pause(self, size: int) -> None:
        self._left -= size
        if self._left <= 0:
            self._left = _PIECE
            time.sleep(_PAUSE_SECONDS)


def _put(path: Path, value: object) -> None:
    with path.open("wb") as file:
        pickle.Pickler(_Slowly(file), _PROTOCOL).dump(value)


def _take(path: Path) -> object:
    with path.open("rb") as file:
        # Nobody but this process and its own can write there.
        made = pickle.Unpickler(_Slowly(file)).load()  # noqa: S301
    # The collector is off until this is done. It would begin by walking all of this at once.
    gc.freeze()
    return made


def _make(work: Callable[[_A], object], given: Path, made: Path) -> None:
    """In the other process: there is nobody to give way to."""
    # A million objects that all stay until it is done: the collector would only walk them again and again.
    gc.disable()
    try:
        with given.open("rb") as file:
            value = work(pickle.load(file))  # noqa: S301
        with made.open("wb") as file:
            pickle.dump(value, file, _PROTOCOL)
    finally:
        gc.enable()
