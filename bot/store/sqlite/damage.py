"""A file that is damaged: found when it is opened or while it is used, and from then on not written to any more.

Whatever is written to it may overwrite what could still be saved. So a mark is put beside it, which holds for all
processes and after a restart; it goes when the file is found to be whole, or a backup was put in its place.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from threading import Timer

import structlog

from bot.errors import DamagedStore

_log = structlog.get_logger(__name__)
MARK = "-damaged"
ADVICE = (
    "Nothing is written to it any more. Stop the service and put a backup in its place: "
    "`python -m bot restore FILE --replace` (docs/runbooks/backup.md)"
)
_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BY_THE_SYSTEM = sqlite3.SQLITE_IOERR_CORRUPTFS
_HEADER, _PAGE_SIZE, _PAGES = 100, slice(16, 18), slice(28, 32)
_LARGEST_PAGE = 65_536


class DamagedFileError(sqlite3.DatabaseError):
    """Instead of writing."""


def is_damage(error: BaseException) -> bool:
    """Whether an error says that the file is not what SQLite has written."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and (code & 0xFF in _CODES or code == _BY_THE_SYSTEM)


class Damage:
    """What is known of the file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mark = path.with_name(path.name + MARK)
        self._what = ""
        self._held: sqlite3.Connection | None = None

    @property
    def is_known(self) -> bool:
        return bool(self._what) or self._mark.exists()

    def refuse(self) -> None:
        """To be asked before anything is written. Raises DamagedFileError."""
        if self.is_known:
            raise DamagedFileError(f"{self._path.name} is damaged: nothing is written to it")

    def notice(self, error: BaseException) -> bool:
        """Whether an error says that the file is damaged; the first time it is marked, and the log says what to do."""
        if not is_damage(error):
            return False
        if not self._what:
            self._note(str(error))
            _log.error("store_damaged", error=str(self.told()))
        return True

    def told(self) -> DamagedStore:
        """What is damaged and what to do."""
        return DamagedStore(f"{self._path} is damaged ({self._what or 'found earlier'})", ADVICE)

    def examine(self, seconds: float) -> None:
        """Look through the file for so long, before anything is done with it; all of it where it was damaged before.

        Raises DamagedStore, and sqlite3.Error where it cannot be read for another reason.
        """
        was_marked = self._mark.exists()
        if found := damage_of(self._path, None if was_marked else seconds)[0]:
            self._note(found)
            raise self.told()
        if was_marked:
            self._mark.unlink(missing_ok=True)

    def believe_mark(self) -> None:
        """Raises DamagedStore where another process has found it damaged."""
        if self._mark.exists():
            raise self.told()

    def hold_log(self) -> None:
        """Keep the log beside the file as it is until `let_go_of_log`, whatever else is closed: SQLite would carry it
        over into the file. A connection that cannot write keeps the others from it, and does not do so itself."""
        with suppress(sqlite3.Error):
            connection = sqlite3.connect(only_read(self._path), uri=True, check_same_thread=False)
            connection.execute("select count(*) from sqlite_master").fetchall()
            self._held = connection

    def let_go_of_log(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def _note(self, what: str) -> None:
        self._what = " ".join(what.replace("*", " ").split())
        with suppress(OSError):
            self._mark.touch(mode=0o600)


def damage_of(path: Path, seconds: float | None) -> tuple[str, bool]:
    """What is wrong with a file, empty where nothing was found; and whether all of it was looked at.

    `seconds`: None: all of it, and its indexes too. Nothing is written. Raises sqlite3.Error where it cannot be read
    for another reason than that it is damaged.
    """
    if missing := _missing(path):
        return missing, False
    connection = sqlite3.connect(only_read(path), uri=True, check_same_thread=False)
    # Not by a progress handler: that is not asked while a table is looked through.
    alarm = Timer(seconds or 0, connection.interrupt)
    alarm.daemon = True
    try:
        if seconds is not None:
            alarm.start()
        what = "integrity_check" if seconds is None else "quick_check"
        found = [str(row[0]) for row in connection.execute(f"pragma {what}(1)")]
        return ("" if found == ["ok"] else found[0]), True
    except sqlite3.Error as error:
        if is_damage(error):
            return str(error), False
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            return "", False
        raise
    finally:
        alarm.cancel()
        if alarm.ident is not None:
            alarm.join()
        connection.close()


def _missing(path: Path) -> str:
    """Whether the end of the file is missing, without reading it; empty where it is all there, or the log has it."""
    with suppress(OSError):
        size, log = path.stat().st_size, path.with_name(f"{path.name}-wal")
        if size and not (log.exists() and log.stat().st_size):
            with path.open("rb") as file:
                header = file.read(_HEADER)
            page = int.from_bytes(header[_PAGE_SIZE], "big")
            needed = int.from_bytes(header[_PAGES], "big") * (_LARGEST_PAGE if page == 1 else page)
            if header.startswith(b"SQLite format 3\0") and size < needed:
                return f"it has {size:,} bytes instead of {needed:,}"
    return ""


def only_read(path: Path) -> str:
    """The address by which SQLite opens a file and never writes to it; `uri=True` goes with it."""
    return f"{path.resolve().as_uri()}?mode=ro"
