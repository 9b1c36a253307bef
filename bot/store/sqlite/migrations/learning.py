"""What the search could not find, and the words that staff teach it."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_learning")


@migrations()
def create_unfound(db: Database) -> None:
    """Masked words of nobody; `day` in Vietnam."""
    db.execute(
        """
        create table unfound (
            folded text not null, day text not null, why text not null, words text not null, n integer not null,
            primary key (folded, day, why)
        ) without rowid
        """
    )
    db.execute("create index unfound_day on unfound (day)")


@migrations()
def create_taught_aliases(db: Database) -> None:
    """`version` counts the changes, so that a process which looks every few seconds reads one number."""
    db.execute(
        "create table taught_aliases (phrase text primary key, code text not null, by text not null, at text not null)"
    )
    db.execute("create table taught_version (only integer primary key check (only = 1), version integer not null)")
    db.execute("insert into taught_version values (1, 0)")
    for change in ("insert", "update", "delete"):
        when = f"create trigger taught_{change} after {change} on taught_aliases"
        db.execute(f"{when} begin update taught_version set version = version + 1; end")  # noqa: S608 - our own names
