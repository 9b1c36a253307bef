"""The tables, as named steps: a step that has been released is never changed, a new one is added below the others."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from bot.store.sqlite.migrations import (
    cases,
    conversations,
    digests,
    drafts,
    editorial,
    follow_ups,
    freshness,
    learning,
    publications,
    ratings,
    reviews,
    sharing,
    staff,
)

_PARTS = (
    conversations,
    ratings,
    learning,
    editorial,
    staff,
    follow_ups,
    digests,
    cases,
    reviews,
    sharing,
    freshness,
    drafts,
    publications,
)


def apply(database: Database) -> None:
    """Bring the tables up to date; nothing happens to those that are."""
    for part in _PARTS:
        part.migrations.apply(database)


def known() -> frozenset[tuple[str, str]]:
    """All steps of this release, each as its part and its name."""
    nothing = Database(memory=True)
    try:
        return frozenset(
            (part.migrations.name, step.name) for part in _PARTS for step in part.migrations.pending(nothing)
        )
    finally:
        nothing.close()


def made(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """The steps that the tables in a file have behind them. Raises sqlite3.Error where there are none."""
    return frozenset(connection.execute(f"select migration_set, name from {Migrations.migrations_table}"))  # noqa: S608
