"""The two sides of a copy by their addresses, and what has to be so before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from bot.errors import StoreError, UnfinishedStore
from bot.store.moving.copying import telling
from bot.store.moving.identity import FINISH, UNFINISHED, identity_of, why_not
from bot.store.moving.sides import Source, Target
from bot.store.opening import file_of

_MIGRATE = "tables are of another release: bring it up to date first (python -m bot migrate)"


class Side(Target, Protocol):
    """What each engine makes of its connection."""

    def hold_still(self) -> None:
        """From now on all is read as of this moment, whoever writes."""
        ...

    def is_current(self) -> bool:
        """Whether no step of this release is missing."""
        ...

    def set_up(self) -> None:
        """Make the tables; where there are none."""
        ...

    def hurry(self) -> None:
        """For what can be made again: commits do not wait for the disk until `settle`."""
        ...

    def close(self) -> None: ...


@contextmanager
def opened_source(address: str) -> Iterator[Source]:
    """All is read as of this moment, while others go on writing.

    Raises StoreError, also where there is no store or its tables are not of this release.
    """
    with opened(address) as side:
        with telling(side):
            if not side.tables:
                raise StoreError("there is no store at the address of the source")
            if not side.is_current():
                raise StoreError(f"the source's {_MIGRATE}")
            if not identity_of(side).is_whole:
                raise UnfinishedStore(f"the source is itself {UNFINISHED}", FINISH)
            side.hold_still()
        yield side


@contextmanager
def opened_target(address: str, *, is_written: bool = True) -> Iterator[Target]:
    """A store that nobody else writes to. Where there are no tables, they are made if it `is_written`.

    Raises StoreError, also where its tables are not of this release.
    """
    with opened(address, is_made=is_written) as side:
        with telling(side):
            if side.tables and not side.is_current():
                raise StoreError(f"the target's {_MIGRATE}")
            if is_written and not side.tables:
                side.set_up()
            if is_written:
                side.hurry()
        yield side


def check(source: Source, target: Source, *, is_replaced: bool) -> None:
    """Raises StoreError where the target must not be written to. `is_replaced`: what it holds may go."""
    with telling(source, target):
        if source.place == target.place:
            raise StoreError("the source and the target are the same store")
        reason = None if is_replaced or not target.tables else why_not(source, target)
    if reason is not None:
        raise StoreError(f"the target is left as it is: {reason}. With --replace it becomes the source all the same")


@contextmanager
def opened(address: str, *, is_made: bool = False) -> Iterator[Side]:
    """A store as it is, be it of another release; without tables where there is none. `is_made`: a file, where none is.

    Raises StoreError.
    """
    file = file_of(address)
    side = _on_server(address) if file is None else _in_file(file, is_made=is_made)
    try:
        yield side
    finally:
        side.close()


# Each of these needs a library that the other does without.


def _on_server(address: str) -> Side:
    from bot.store.postgres.connection import PostgresDriver
    from bot.store.postgres.moving import PostgresSide

    driver = PostgresDriver(address)
    try:
        connection = driver.connect()
        try:
            return PostgresSide(connection, driver)
        except BaseException:
            connection.close()
            raise
    except driver.faults as error:
        raise driver.told(error) from error


def _in_file(file: Path, *, is_made: bool) -> Side:
    from bot.store.sqlite.connection import SqliteDriver, told_of
    from bot.store.sqlite.moving import SqliteSide, opened_file

    connection = opened_file(file, is_made=is_made)
    try:
        return SqliteSide(connection, file)
    except SqliteDriver.faults as error:
        connection.close()
        raise told_of(error) from error
    except StoreError:
        connection.close()
        raise
