"""The tables, as named steps: a step that has been released is never changed, a new one is added below the others."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.sqlite.migrations import (
    cases,
    conversations,
    digests,
    drafts,
    editorial,
    follow_ups,
    freshness,
    identity,
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
    identity,
)


def apply(database: Database) -> None:
    """Bring the tables up to date; nothing happens to those that are."""
    for part in _PARTS:
        part.migrations.apply(database)


def are_applied(database: Database) -> bool:
    """Whether the tables are up to date; nothing is written."""
    return not any(part.migrations.pending(database) for part in _PARTS)
