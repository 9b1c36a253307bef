"""What staff add to bad ratings."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_cases")


@migrations()
def create_cases(db: Database) -> None:
    """`rating`: the first bad one, the case's number. `last`: the one that counts now, also where it is a good one."""
    db.execute(
        """
        create table cases (
            rating integer primary key, last integer not null unique, state text not null default 'new',
            owner text not null default '', outcome text not null default '', note text not null default '',
            changed_at text, told_at text
        )
        """
    )
    # In the order in which they are listed, with what they are looked for by: the rows of the others are not touched.
    db.execute(
        "create index ratings_bad on ratings (id, agency, day, code) "
        "where is_last = 1 and (level = 1 or scale = 'five' and level < 4)"
    )


@migrations()
def find_the_log_of_a_case(db: Database) -> None:
    db.execute("create index staff_log_subject on staff_log (subject, id)")
