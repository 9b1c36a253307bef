"""A PostgreSQL server, as the queries see it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import psycopg
from psycopg import errors
from psycopg.types.numeric import IntLoader

from bot.errors import DamagedStore, StoreError
from bot.store.postgres.address import without_password
from bot.store.postgres.dialect import translated
from bot.store.postgres.waiting import BoundedConnection, ServerSilent, parameters
from bot.store.sql.session import Row, Rows, Values
from bot.store.sql.texts import kept, kept_row

_SECONDS_AWAY = 3.0
"""For so long nobody else asks for a server that has kept somebody waiting: all are told at once that it is away."""
_STATEMENT_SECONDS = 60
_PATIENT = ("set statement_timeout = 0", "set idle_in_transaction_session_timeout = 0")
_HURRIED = "set local lock_timeout = '250ms'"
_READS_ONLY = ("in_hot_standby", "default_transaction_read_only")
_OF_DAMAGE = (errors.DataCorrupted, errors.IndexCorrupted)
"""XX001 and XX002."""
_DAMAGED = (
    "The server says that its own files are damaged. Ask whoever runs it; an index can be made anew with `reindex`, "
    "and a backup put back with `python -m bot restore FILE --replace` (docs/runbooks/backup.md)"
)
PASSING = (errors.SerializationFailure, errors.DeadlockDetected, errors.UniqueViolation)
"""A key that somebody else has just used is found by the next attempt."""


class _Sent:
    """The rows of a statement that was sent, and whose answer is waited for when somebody looks."""

    def __init__(self, cursor: psycopg.Cursor[Any], pipeline: psycopg.Pipeline) -> None:
        self._cursor, self._pipeline = cursor, pipeline

    @property
    def rowcount(self) -> int:
        if self._cursor.pgresult is None:
            self._pipeline.sync()
        return self._cursor.rowcount

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchall(self) -> list[Row]:
        return self._cursor.fetchall()


class PostgresConnection:
    """`bot.store.sql.session.Connection` says what the methods do."""

    def __init__(self, address: str, statement_seconds: int = _STATEMENT_SECONDS) -> None:
        """`address`: `postgresql://…`. `statement_seconds`: what a statement may take. Raises psycopg.Error."""
        self._connection = BoundedConnection.connect(address, autocommit=True, **parameters(address, statement_seconds))
        self._connection.bound(statement_seconds)
        # Sums of whole numbers are whole numbers.
        self._connection.adapters.register_loader("numeric", IntLoader)
        self._batch = ExitStack()
        self._pipeline: psycopg.Pipeline | None = None

    @property
    def is_broken(self) -> bool:
        return self._connection.closed

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        cursor = self._connection.execute(translated(statement), kept(values))
        return cursor if self._pipeline is None else _Sent(cursor, self._pipeline)

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]], /) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(translated(statement), map(kept_row, rows))

    def copy_rows(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """New rows, for `copy … from stdin`."""
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def execute_script(self, script: str) -> None:
        """Several statements, as they are."""
        self._connection.execute(script)

    def hold(self, name: str) -> None:
        self.execute("insert into held_names (name) values (?) on conflict (name) do nothing", [name])
        self.execute("select name from held_names where name = ? /*! for update */", [name])

    def take_time(self) -> None:
        """From now on a statement may take as long as it needs, and so may what is done between two."""
        for statement in _PATIENT:
            self._connection.execute(statement)
        self._connection.longest_wait = None

    @contextmanager
    def without_haste(self) -> Iterator[None]:
        """What is said to the server meanwhile may take as long as the server lets it."""
        before = self._connection.longest_wait
        self._connection.longest_wait = None
        try:
            yield
        finally:
            self._connection.longest_wait = before

    def begin(self, *, in_batches: bool = False, is_hurried: bool = False) -> None:
        if in_batches:
            self._pipeline = self._batch.enter_context(self._connection.pipeline())
        self._connection.execute("begin")
        if is_hurried:
            self._connection.execute(_HURRIED)

    def commit(self) -> None:
        ended = self._connection.execute("commit")
        self._wait_for_all()
        if ended.statusmessage != "COMMIT":
            # That is all that is said of it, where somebody went on after a statement that had failed.
            raise errors.InFailedSqlTransaction("the server has taken back what was to be committed")

    def rollback(self) -> None:
        with suppress(psycopg.Error):
            # What has failed is known already.
            self._wait_for_all()
        self._connection.execute("rollback")
        # Statements that a batch never came to, because one before them had failed, pass for prepared with the library,
        # and would fail for ever: it forgets all of them where it takes back a transaction itself.
        with self._connection.transaction(force_rollback=True):
            pass
        if any(self._connection.info.parameter_status(name) == "on" for name in _READS_ONLY):
            # Another server has taken its place: the next attempt looks for that one.
            self._connection.close()

    def _wait_for_all(self) -> None:
        """For the answers to what was sent. Raises psycopg.Error, of the first that failed."""
        self._pipeline = None
        self._batch.close()

    def close(self) -> None:
        self._connection.close()


class PostgresDriver:
    """`bot.store.sql.session.Driver` says what the methods do."""

    faults: tuple[type[BaseException], ...] = (psycopg.Error, OSError, UnicodeError)
    is_serial = False

    def __init__(self, address: str, statement_seconds: int = _STATEMENT_SECONDS) -> None:
        """`statement_seconds`: what a statement may take."""
        self._address = address
        self._statement_seconds = statement_seconds
        self._away_until = float("-inf")

    def connect(self) -> PostgresConnection:
        begun = time.monotonic()
        if begun < self._away_until:
            raise ServerSilent("the server did not answer a moment ago")
        try:
            return PostgresConnection(self._address, self._statement_seconds)
        except psycopg.OperationalError:
            ended = time.monotonic()
            if ended - begun >= 1:
                self._away_until = ended + _SECONDS_AWAY
            raise

    def told(self, error: BaseException) -> StoreError:
        # Without a code of its own it is none of the server's errors: nobody was there to say it.
        is_away = isinstance(error, psycopg.OperationalError) and error.sqlstate is None
        kind = "the database server cannot be reached" if is_away else type(error).__name__
        said = f"{kind}: {without_password(_said(error), self._address)}"
        told = DamagedStore(said, _DAMAGED) if isinstance(error, _OF_DAMAGE) else StoreError(said)
        told.__cause__ = error
        return told

    def is_passing(self, error: BaseException) -> bool:
        return isinstance(error, PASSING)

    def is_locked_out(self, error: BaseException) -> bool:
        return isinstance(error, errors.LockNotAvailable)

    def committed(self, pieces: int) -> None:
        """The server looks after its files itself."""


def _said(error: BaseException) -> str:
    """Without what the server adds to it: that has the values of the row."""
    primary = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return primary or str(error).split("\n")[0]
