"""Community teams, and the sums of what came of links that are shared."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_sharing")


@migrations()
def create_sharing(db: Database) -> None:
    """`key`: the name as it is compared. `commune`: agency code. `day` in Vietnam. A number is never used again."""
    db.execute(
        """
        create table community_teams (
            number integer primary key autoincrement, name text not null, key text not null, commune text not null,
            is_active integer not null, at text not null, unique (commune, key)
        )
        """
    )
    db.execute(
        """
        create table share_counts (
            day text not null, team integer not null, commune text not null, target text not null, what text not null,
            n integer not null, primary key (day, team, commune, target, what)
        ) without rowid
        """
    )


@migrations()
def create_shared_ratings(db: Database) -> None:
    """Which sum a rating is in, so that it can be taken out again. `rating`: its row's id."""
    db.execute(
        """
        create table shared_ratings (
            rating integer primary key, day text not null, team integer not null, commune text not null,
            target text not null, what text not null
        )
        """
    )
