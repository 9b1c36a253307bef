"""The tables, as named steps: a step that has been released is never changed, a new one is added below the others.

What is written at the head of a step, if anything, says what it is for (`bot.store.sql.steps`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlite_utils import Database, Migrations

from bot.store.sql.steps import Step, described
from bot.store.sqlite.migrations import (
    cases,
    conversations,
    digests,
    drafts,
    editorial,
    erasures,
    follow_ups,
    freshness,
    identity,
    keys,
    learning,
    processes,
    publications,
    ratings,
    reviews,
    sharing,
    staff,
)

PARTS = (
    conversations.migrations,
    ratings.migrations,
    learning.migrations,
    editorial.migrations,
    staff.migrations,
    follow_ups.migrations,
    digests.migrations,
    cases.migrations,
    reviews.migrations,
    sharing.migrations,
    freshness.migrations,
    drafts.migrations,
    publications.migrations,
    processes.migrations,
    identity.migrations,
    erasures.migrations,
    keys.migrations,
)
_LONGEST_WAIT = 60_000
"""Milliseconds for which whoever begins waits for another who is making steps."""
_NO_STEP = ("select", "pragma", "begin", "commit", "savepoint", "release", "--")


def all_steps(parts: Sequence[Migrations] = PARTS) -> tuple[Step, ...]:
    """In their order, as they make an empty database."""
    scratch = Database(memory=True)
    try:
        return tuple(_steps(scratch, parts))
    finally:
        scratch.close()


def made(database: Database) -> tuple[str, ...]:
    """Names of the steps that this database has made, also of newer versions of the program. Raises sqlite3.Error."""
    if not database.table(Migrations.migrations_table).exists():
        return ()
    rows = database.execute(f"select migration_set, name from {Migrations.migrations_table} order by id")  # noqa: S608
    return tuple(f"{part}.{name}" for part, name in rows.fetchall())


def apply(database: Database, parts: Sequence[Migrations] = PARTS) -> None:
    """Bring the tables up to date: all that is missing, or nothing. Raises sqlite3.Error."""
    if is_current(database, parts):
        return
    (before,) = database.execute("pragma busy_timeout").fetchone()
    database.execute(f"pragma busy_timeout = {_LONGEST_WAIT}").fetchall()
    try:
        # Whoever begins at the same time waits here, and then finds them made.
        database.execute("begin immediate")
        for part in parts:
            part.apply(database)
        database.execute("commit")
    finally:
        database.rollback()
        database.execute(f"pragma busy_timeout = {before}").fetchall()


def is_current(database: Database, parts: Sequence[Migrations] = PARTS) -> bool:
    """Whether no step of this release is missing. Raises sqlite3.Error."""
    return not any(part.pending(database) for part in parts)


def _steps(scratch: Database, parts: Sequence[Migrations]) -> Iterator[Step]:
    for part in parts:
        for one in part.pending(scratch):
            statements: list[str] = []
            with _told_to(statements, scratch):
                one.fn(scratch)
            text = one.fn.__doc__ or one.name.replace("_", " ")
            yield described(f"{part.name}.{one.name}", text, statements)


@contextmanager
def _told_to(statements: list[str], scratch: Database) -> Iterator[None]:
    """Every statement that changes something, as SQLite hears it."""

    def hear(statement: str) -> None:
        if not statement.lower().lstrip().startswith(_NO_STEP):
            statements.append(statement)

    scratch.conn.set_trace_callback(hear)
    try:
        yield
    finally:
        scratch.conn.set_trace_callback(None)
