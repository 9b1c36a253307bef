"""The processes that run on this store, what one of them does for all, and what any of them may be asked again."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_processes")


@migrations()
def create_processes(db: Database) -> None:
    """A row for each process that runs, and each lease; see `bot.store.processes`."""
    db.execute(
        """
        create table processes (
            id text primary key, label text not null, version text not null, started_at text not null,
            seen_at text not null, beats integer not null
        ) without rowid
        """
    )
    db.execute(
        """
        create table leases (
            name text primary key, holder text not null, renewals integer not null
        ) without rowid
        """
    )


@migrations()
def create_told(db: Database) -> None:
    """Answers to messages that may come again, to another process perhaps: kept for some minutes."""
    db.execute(
        """
        create table told (
            person text not null, message text not null, reply text not null, at text not null,
            primary key (person, message)
        ) without rowid
        """
    )
    db.execute("create index told_at on told (at)")
