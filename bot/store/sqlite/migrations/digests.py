"""Who of staff is sent the figures, and which they have been sent."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_digests")


@migrations()
def create_digests(db: Database) -> None:
    db.execute(
        """
        create table digest_subscriptions (
            login text not null, kind text not null, since text not null, primary key (login, kind)
        ) without rowid
        """
    )
    db.execute(
        """
        create table digests_sent (
            digest text not null, login text not null, at text not null, primary key (digest, login)
        ) without rowid
        """
    )
