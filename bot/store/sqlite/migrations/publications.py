"""Published catalogues."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_publications")


@migrations()
def create_publications(db: Database) -> None:
    """`since` and `decided_on`: days in Vietnam; `decided_on`: null where there is none.

    A file is kept once, however many versions have it: `sha256` names its bytes, which are kept deflated.
    """
    db.execute(
        """
        create table publications (
            number integer primary key autoincrement, version text not null, kind text not null, since text not null,
            decision text not null, decided_on text, by text not null, at text not null, reason text not null,
            withdrawn integer not null default 0
        )
        """
    )
    db.execute(
        """
        create table publication_files (
            version text not null, path text not null, sha256 text not null, primary key (version, path)
        ) without rowid
        """
    )
    db.execute("create table publication_blobs (sha256 text primary key, deflated blob not null)")
