"""The tables, as named steps: a step that has been released is never changed, a new one is added behind the others.

Each is a file of SQL, with what it is for at its head. Every process makes those that are missing when it begins; two
that begin at once wait for each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import errors

from bot.errors import StoreError
from bot.store.postgres.connection import PASSING, PostgresConnection
from bot.store.postgres.dialect import for_engine
from bot.store.sql.steps import Step, described

_FOLDER = Path(__file__).parent
_MADE = """
    create table if not exists schema_steps (
        name text collate "C" primary key, made_at timestamptz default now(), left_out text collate "C"
    )
"""
_FIRST = "insert into schema_steps (name) values ('') on conflict (name) do nothing"
_BEGUN_AT_ONCE = (
    *PASSING,
    *(errors.DuplicateTable, errors.DuplicateObject),
)
"""What PostgreSQL says to the second of two who make the same table, `if not exists` or not."""
_UNKNOWN = (errors.FeatureNotSupported, errors.SyntaxError, errors.UndefinedObject, errors.UndefinedFunction)
"""What an engine says of something that it does not have."""
_TRIES = 5
_STRANGE = (
    "there are already tables of the step {step}, which this database has not made: {tables}. They are another "
    "program's, or were left by an attempt that broke off on an engine that cannot take tables back. Nothing was "
    "changed: put them aside, or remove them if nothing is in them, and run `python -m bot migrate`"
)
_LEFT = (
    "a step failed ({error}), and this engine cannot take back what had been made of it: {tables}. There is nothing in "
    "these tables yet: remove them, and run `python -m bot migrate` in one process before any other is started"
)
_PART = re.compile(r"(?P<quoted>'(?:[^']|'')*'|\$\$.*?\$\$|--[^\n]*)|(?P<end>;)|[^'$;-]+|.", re.DOTALL)


def all_steps() -> tuple[Step, ...]:
    """In their order."""
    return tuple(_step(file) for file in sorted(_FOLDER.glob("*.sql")))


def made(connection: PostgresConnection) -> tuple[str, ...]:
    """Names of the steps that this database has made, also of newer versions of the program. Raises psycopg.Error."""
    if not connection.execute("select to_regclass('schema_steps') is not null").fetchone()[0]:
        return ()
    rows = connection.execute("select name from schema_steps where name <> '' order by name").fetchall()
    return tuple(name for (name,) in rows)


def apply(connection: PostgresConnection, steps: Sequence[Step] | None = None) -> None:
    """Make those of `steps` (all of them) that are missing. Raises psycopg.Error, StoreError."""
    steps = all_steps() if steps is None else steps
    if not _missing(connection, steps):
        return
    with connection.without_haste():
        _apply(connection, steps)


def _apply(connection: PostgresConnection, steps: Sequence[Step]) -> None:
    _prepare(connection)
    try:
        connection.begin()
        _hold(connection)
        missing = _missing(connection, steps)
        strange = _tables(connection, missing)
        for step in missing if not strange else ():
            _make(connection, step)
        connection.commit()
    except BaseException as error:
        with suppress(psycopg.Error):
            connection.rollback()
            left = _tables(connection, _missing(connection, steps))
            if left:
                raise StoreError(_LEFT.format(error=type(error).__name__, tables=", ".join(left))) from error
        raise
    if strange:
        raise StoreError(_STRANGE.format(step=missing[0].name, tables=", ".join(strange)))


def _hold(connection: PostgresConnection) -> None:
    """Until the end of the transaction nobody else makes steps."""
    # Whoever begins at the same time waits here, however long the steps take, and then finds them made.
    connection.execute("set local statement_timeout = 0")
    connection.execute("set local lock_timeout = 0")
    connection.execute("select name from schema_steps where name = '' for update")
    # But for what others are using nobody waits long: everybody else would wait behind.
    connection.execute("set local lock_timeout = '5s'")


def _tables(connection: PostgresConnection, steps: Sequence[Step]) -> list[str]:
    """Which of the tables that these steps make are there."""
    named = [table for step in steps for table in step.tables]
    return [one for one in named if connection.execute("select to_regclass(?) is not null", [one]).fetchone()[0]]


def _prepare(connection: PostgresConnection) -> None:
    """The table that steps are noted in, with the row that is held meanwhile."""
    for attempt in range(1, _TRIES + 1):
        try:
            connection.execute(for_engine(_MADE, _version(connection)))
            connection.execute(_FIRST)
        except _BEGUN_AT_ONCE:
            if attempt == _TRIES:
                raise
        else:
            return


def _missing(connection: PostgresConnection, steps: Sequence[Step]) -> tuple[Step, ...]:
    there = set(made(connection))
    return tuple(step for step in steps if step.name not in there)


def _version(connection: PostgresConnection) -> str:
    return str(connection.execute("select version()").fetchone()[0])


def _make(connection: PostgresConnection, step: Step) -> None:
    version = _version(connection)
    connection.execute("savepoint step")
    why = None
    try:
        for statement in step.statements:
            connection.execute_script(for_engine(statement, version))
    except _UNKNOWN as error:
        if not step.left_out:
            raise
        connection.execute("rollback to savepoint step")
        why = type(error).__name__
    connection.execute("release savepoint step")
    connection.execute("insert into schema_steps (name, left_out) values (?, ?)", [step.name, why])


def _step(file: Path) -> Step:
    text = file.read_text("utf-8")
    head: list[str] = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        head.append(line.removeprefix("--"))
    return described(file.stem, "\n".join(head), statements_of(text))


def statements_of(script: str) -> tuple[str, ...]:
    """One by one, without comments."""
    found = [""]
    for part in _PART.finditer(script):
        if part["end"]:
            found.append("")
        elif not (part["quoted"] or "").startswith("--"):
            found[-1] += part[0]
    return tuple(one.strip() for one in found if one.strip())
