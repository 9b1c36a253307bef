"""Experience reviews."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_reviews")


@migrations()
def create_reviews(db: Database) -> None:
    """`once`: names the form that it was sent with. `day` in Vietnam."""
    db.execute(
        """
        create table reviews (
            id integer primary key, at text not null, day text not null, code text not null, team text not null,
            commune text not null, link text not null, finding text not null, prefilled text not null,
            payment text not null, result text not null, time text not null, remark text not null,
            once text not null unique
        )
        """
    )
    db.execute("create index reviews_day on reviews (day)")
    db.execute("create index reviews_code on reviews (code, day)")
