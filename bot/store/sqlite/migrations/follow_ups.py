"""What is to be asked of people some hours after they opened a page of the portal."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_follow_ups")


@migrations()
def create_follow_ups(db: Database) -> None:
    """`how`: null while it waits, else how it ended. A number is never used again: it is the key of an update."""
    db.execute(
        """
        create table follow_ups (
            id integer primary key autoincrement, person text not null, code text not null, service text not null,
            agency text not null, commune text not null, opened_at text not null, due_at text not null,
            how text, ended_at text
        )
        """
    )
    db.execute("create unique index follow_ups_waiting on follow_ups (person) where how is null")
    db.execute("create index follow_ups_due on follow_ups (due_at) where how is null")
    db.execute("create index follow_ups_person on follow_ups (person, how)")
