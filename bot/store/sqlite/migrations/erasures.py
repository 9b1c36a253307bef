"""Whose data were deleted, for when a backup is restored."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_erasures")


@migrations()
def create_erasures(db: Database) -> None:
    """The last deletion of each person, by their keyed hash."""
    db.execute("create table erasures (person text primary key, at text not null)")
    db.execute("create index erasures_at on erasures (at)")
