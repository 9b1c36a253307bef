"""Under which secret keys people are known here, see `bot.store.keys`."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_keys")


@migrations()
def create_keys(db: Database) -> None:
    """A row for each secret key that was ever used; and, while one follows another, whom the newer one knows."""
    db.execute(
        """
        create table secret_keys (
            fingerprint text primary key, since text not null, begun_at text not null, finished_at text
        ) without rowid
        """
    )
    db.execute(
        "create table rekeyed (person text primary key, fingerprint text not null, at text not null) without rowid"
    )
