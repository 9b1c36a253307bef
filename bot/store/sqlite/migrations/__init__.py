"""The tables, as named steps: a step that has been released is never changed, a new one is added below the others."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.sqlite.migrations import (
    cases,
    conversations,
    digests,
    editorial,
    follow_ups,
    learning,
    ratings,
    reviews,
    sharing,
    staff,
)


def apply(database: Database) -> None:
    """Bring the tables up to date; nothing happens to those that are."""
    for part in (
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
    ):
        part.migrations.apply(database)
