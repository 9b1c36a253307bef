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
    learning,
    processes,
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
    processes,
)


def apply(database: Database) -> None:
    """Bring the tables up to date; nothing happens to those that are."""
    for part in _PARTS:
        part.migrations.apply(database)
