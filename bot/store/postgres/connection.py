"""A PostgreSQL server, as the queries see it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import Any

import psycopg
from psycopg import errors
from psycopg.types.numeric import IntLoader

from bot.errors import DamagedStore, StoreError
from bot.store.postgres.address import without_password
from bot.store.postgres.dialect import translated
from bot.store.sql.session import Row, Rows, Values
from bot.store.sql.texts import kept, kept_row

_SECONDS_TO_CONNECT = 2
_OPTIONS = (
    # Whoever waits longer for a row waits in vain: the other has died, or is stopped.
    "-c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=10s"
    " -c client_encoding=UTF8 -c timezone=UTC"
)
_OF_DAMAGE = (errors.DataCorrupted, errors.IndexCorrupted)
"""XX001 and XX002."""
_DAMAGED = (
    "The server says that its own files are damaged. Ask whoever runs it; an index can be made anew with `reindex`, "
    "and a backup put back with `python -m bot restore FILE --replace` (docs/runbooks/backup.md)"
)
_PASSING = (errors.SerializationFailure, errors.DeadlockDetected, errors.UniqueViolation)
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

    def __init__(self, address: str) -> None:
        """`address`: `postgresql://…`. Raises psycopg.Error."""
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            address, autocommit=True, connect_timeout=_SECONDS_TO_CONNECT, options=_OPTIONS, application_name="mot-cua"
        )
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

    def begin(self, *, in_batches: bool = False) -> None:
        if in_batches:
            self._pipeline = self._batch.enter_context(self._connection.pipeline())
        self._connection.execute("begin")

    def commit(self) -> None:
        self._connection.execute("commit")
        self._wait_for_all()

    def rollback(self) -> None:
        with suppress(psycopg.Error):
            # What has failed is known already.
            self._wait_for_all()
        self._connection.execute("rollback")

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

    def __init__(self, address: str) -> None:
        self._address = address

    def connect(self) -> PostgresConnection:
        return PostgresConnection(self._address)

    def told(self, error: BaseException) -> StoreError:
        # Not what the server adds to it: that has the values of the row.
        what = str(error).split("\n")[0] if not isinstance(error, psycopg.Error) or error.diag is None else _said(error)
        # Without a code of its own it is none of the server's errors: nobody was there to say it.
        is_away = isinstance(error, psycopg.OperationalError) and error.sqlstate is None
        kind = "the database server cannot be reached" if is_away else type(error).__name__
        said = f"{kind}: {without_password(what, self._address)}"
        told = DamagedStore(said, _DAMAGED) if isinstance(error, _OF_DAMAGE) else StoreError(said)
        told.__cause__ = error
        return told

    def is_passing(self, error: BaseException) -> bool:
        return isinstance(error, _PASSING)

    def committed(self, pieces: int) -> None:
        """The server looks after its files itself."""


def _said(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error).split("\n")[0]
