"""A file that is there whole or not at all, and that only its owner may ever read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from bot.errors import BackupError
from bot.store.sqlite.sole_use import locked


class PartFile:
    """A file beside `whole`, empty at first. It is removed where the block ends without `finish`, and where the process
    is killed, by the next that begins. Raises BackupError."""

    def __init__(self, whole: Path, kind: str = "part") -> None:
        self._whole = whole
        self.path = whole.with_name(f".{whole.name}.{kind}")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            if not locked(self._descriptor):
                os.close(self._descriptor)
                self._descriptor = None
                raise BackupError(f"{self._whole} is being written by another process")
            os.fchmod(self._descriptor, 0o600)
            os.ftruncate(self._descriptor, 0)
        except OSError as error:
            self.__exit__(None, None, None)
            raise BackupError(f"{self._whole} cannot be written: {error.strerror}") from error
        return self

    @property
    def file(self) -> BinaryIO:
        """It, from its beginning; reading goes on after `vanish`, and closing it keeps the file."""
        file = os.fdopen(self._number, "r+b", closefd=False)
        file.seek(0)
        return file

    def vanish(self) -> None:
        """Nobody finds it any more, whatever becomes of this process; who has it open goes on."""
        self.path.unlink()

    def sync(self) -> None:
        """All of it is on the disk. Raises OSError."""
        os.fsync(self._number)

    def finish(self) -> None:
        """Put it in the place of `whole`: on the disk, and all at once. Raises OSError."""
        self.sync()
        self.path.replace(self._whole)
        sync_folder(self._whole.parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is None:
            return
        with suppress(OSError):
            if os.fstat(self._descriptor).st_ino == self.path.lstat().st_ino:
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = None

    @property
    def _number(self) -> int:
        if self._descriptor is None:
            raise BackupError(f"{self._whole} is not open")
        return self._descriptor


def sync_folder(folder: Path) -> None:
    """A name that was given or taken there is on the disk."""
    with suppress(OSError):
        # Not every system lets a folder be opened.
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
