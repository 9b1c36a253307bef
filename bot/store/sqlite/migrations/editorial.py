"""What editors say beside the published catalogue."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_editorial")


@migrations()
def create_editorial_items(db: Database) -> None:
    """`number` is never given again. `item`: JSON, as `bot.catalog.editorial_record` writes it.

    `version` counts the changes, so that a process which looks every second reads one number.
    """
    db.execute(
        """
        create table editorial_items (
            number integer primary key autoincrement, kind text not null, item text not null, by text not null,
            at text not null, reason text not null
        )
        """
    )
    db.execute("create table editorial_version (only integer primary key check (only = 1), version integer not null)")
    db.execute("insert into editorial_version values (1, 0)")
    for change in ("insert", "update", "delete"):
        when = f"create trigger editorial_{change} after {change} on editorial_items"
        db.execute(f"{when} begin update editorial_version set version = version + 1; end")  # noqa: S608 - our own names
