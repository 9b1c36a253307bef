"""Which store it is, see `bot.store.moving.identity`."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_identity")


@migrations()
def create_identity(db: Database) -> None:
    """`id`: random, and the same in a copy. `is_whole`: 0 in a copy that was begun and is not finished."""
    db.execute(
        """
        create table store_identity (
            only integer primary key check (only = 1), id text not null, is_whole integer not null
        )
        """
    )
    db.execute("insert into store_identity values (1, lower(hex(randomblob(16))), 1)")
