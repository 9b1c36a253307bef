"""What keeps a catalogue true: how often people ask about what, who says that it looks old, what links answered."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_freshness")


@migrations()
def create_code_use(db: Database) -> None:
    """How many answers were about one procedure, by half months: no person, so kept longer than the events."""
    db.execute(
        """
        create table code_use (
            bucket text not null, code text not null, n integer not null, primary key (bucket, code)
        ) without rowid
        """
    )


@migrations()
def create_stale(db: Database) -> None:
    """`closing`: 0 while nobody has looked. `stale_said` has whose it was, and only so that they count once a day."""
    db.execute(
        """
        create table stale_counts (
            closing integer not null, code text not null, agency text not null, version text not null,
            day text not null, channel text not null, n integer not null,
            primary key (closing, code, agency, version, day, channel)
        ) without rowid
        """
    )
    db.execute(
        """
        create table stale_said (
            person text not null, code text not null, day text not null, primary key (person, code, day)
        ) without rowid
        """
    )
    db.execute("create index stale_said_day on stale_said (day)")
    db.execute(
        """
        create table stale_closings (
            id integer primary key, code text not null, state text not null, by text not null, at text not null,
            note text not null
        )
        """
    )


@migrations()
def create_link_checks(db: Database) -> None:
    """A row an address; what stands in `answer…` is of the last time that there was one."""
    db.execute(
        """
        create table link_checks (
            address text primary key, tried_at text not null, outcome text not null, why text not null,
            answered_at text, answer text, status integer, moved_to text, etag text, last_modified text,
            gone_since text, gone_until text
        ) without rowid
        """
    )
