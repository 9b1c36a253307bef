"""One SQLite file in WAL mode, as the queries see it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import TransactionError

from bot.errors import DamagedStore, StoreError
from bot.store.sql.session import Connection, Rows, Values
from bot.store.sql.texts import kept, kept_row
from bot.store.sqlite.damage import ADVICE, Damage, DamagedFileError

_BUSY_SECONDS = 1.0
"""How long another program may keep the file to itself: a platform waits two seconds for its acknowledgement."""
_WORK_BETWEEN_CHECKPOINTS = 64
"""Some thousand pages of the log."""
_FAULTS = (sqlite3.Error, sqlite3.Warning, TransactionError, OSError, UnicodeError)
_LOCKED = "database is locked"
"""What SQLite says when it has waited in vain."""


class SqliteConnection:
    """`bot.store.sql.session.Connection` says what the methods do. `database`: for making tables."""

    is_broken = False

    def __init__(self, path: Path, damage: Damage | None = None) -> None:
        # Closed from the thread that closes the store, hence not bound to the one that opens it.
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        # An acknowledged message must outlive a power cut: each commit reaches the disk. Commits are few: the writer
        # commits in groups.
        connection.execute("pragma synchronous = full")
        # What is deleted is overwritten: not every build of SQLite does so unasked.
        connection.execute("pragma secure_delete = on")
        # Nobody's commit has to carry the log over into the file as well, see `Checkpoints`.
        connection.execute("pragma wal_autocheckpoint = 0")
        self.database = Database(connection, execute_plugins=False)
        self._connection = connection
        self._damage = damage or Damage(path)

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        return self._connection.execute(statement, kept(values))

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]], /) -> None:
        self._connection.executemany(statement, map(kept_row, rows))

    def hold(self, name: str) -> None:
        """Whoever writes has the whole file to themselves."""

    def begin(self, *, in_batches: bool = False, is_hurried: bool = False) -> None:
        del in_batches, is_hurried
        self._damage.refuse()
        # Waits for the lock at once, so that two processes never both read before they write.
        self._connection.execute("begin immediate")

    def commit(self) -> None:
        self._connection.commit()

    def rollback(self) -> None:
        self._connection.rollback()

    def close(self) -> None:
        self.database.close()


def told_of(error: BaseException) -> StoreError:
    """What SQLite raised, for whoever reads the log."""
    hint = "; another process is writing, try again in a minute" if _LOCKED in str(error) else ""
    told = StoreError(f"{type(error).__name__}: {error}{hint}")
    told.__cause__ = error
    return told


class SqliteDriver:
    """`bot.store.sql.session.Driver` says what the methods do."""

    faults: tuple[type[BaseException], ...] = _FAULTS
    is_serial = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self.damage = Damage(path)
        self._checkpoints = Checkpoints(path, self.damage)

    def connect(self) -> SqliteConnection:
        return SqliteConnection(self._path, self.damage)

    def told(self, error: BaseException) -> StoreError:
        if self.damage.notice(error) or isinstance(error, DamagedFileError):
            # Whoever is told of the damage may rely on it that nothing is written from then on.
            self._checkpoints.rest()
            damaged = DamagedStore(f"{type(error).__name__}: {error}", ADVICE)
            damaged.__cause__ = error
            return damaged
        return told_of(error)

    def is_passing(self, error: BaseException) -> bool:
        """SQLite waits by itself; whoever has waited in vain is told."""
        # What else was to be written with it is not written any more either.
        self.damage.notice(error)
        return False

    def is_locked_out(self, error: BaseException) -> bool:
        """Of a file that another has, nothing can be written at all."""
        del error
        return False

    def committed(self, pieces: int) -> None:
        self._checkpoints.count(pieces)

    def empty_log(self, connection: Connection) -> None:
        """Carry all over into the file and cut the log beside it off; on a connection that is in no transaction."""
        self._checkpoints.empty(connection)

    def close(self) -> None:
        self._checkpoints.close()


class Checkpoints:
    """A thread that carries the log beside the file over into the file, while others go on reading and writing.

    SQLite would do so within the commit that makes the log long, and within each one behind it for as long as somebody
    reads: whoever waits for that commit would wait for two more syncs of the disk.
    """

    def __init__(self, path: Path, damage: Damage) -> None:
        self._path = path
        self._damage = damage
        self._written = 0
        self._is_due = threading.Event()
        self._is_closed = False
        self._alone = threading.Lock()
        """SQLite refuses one while another is going on."""
        self._thread = threading.Thread(target=self._serve, name="store-checkpoints", daemon=True)
        self._thread.start()

    def count(self, written: int) -> None:
        """So many pieces of work have been committed. For the writer's thread."""
        self._written += written
        if self._written >= _WORK_BETWEEN_CHECKPOINTS:
            self._written = 0
            self._is_due.set()

    def empty(self, connection: Connection) -> None:
        self._damage.refuse()
        with self._alone:
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def rest(self) -> None:
        """Wait for what is being carried over at this moment."""
        with self._alone:
            pass

    def close(self) -> None:
        self._is_closed = True
        self._is_due.set()
        self._thread.join()

    def _serve(self) -> None:
        connection: SqliteConnection | None = None
        while self._is_due.wait() and not self._is_closed:
            self._is_due.clear()
            # What cannot be carried over now is carried over next time.
            with suppress(*_FAULTS), self._alone:
                self._damage.refuse()
                connection = connection or SqliteConnection(self._path, self._damage)
                connection.execute("pragma wal_checkpoint(passive)").fetchall()
        if connection is not None:
            connection.close()
