"""Lists that were read and not yet published, and what people have decided about them."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_drafts")


@migrations()
def create_drafts(db: Database) -> None:
    """`content`: see `bot.catalog.imports.kept`; `part`: empty for a list that was read."""
    db.execute(
        """
        create table drafts (
            number integer primary key autoincrement, state text not null, files text not null,
            whole integer not null, by text not null, at text not null, part text not null, content blob not null
        )
        """
    )
    db.execute(
        """
        create table draft_answers (
            draft integer not null references drafts (number), finding text not null, action text not null,
            value text not null, by text not null, at text not null, reason text not null,
            primary key (draft, finding)
        ) without rowid
        """
    )
