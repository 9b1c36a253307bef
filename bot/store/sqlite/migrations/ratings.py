"""Ratings, who was asked, what kept people from filing, and the counts that figures are read from."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_ratings")

_COUNTS = """
    n1 integer not null default 0, n2 integer not null default 0, n3 integer not null default 0,
    n4 integer not null default 0, n5 integer not null default 0,
    asked integer not null default 0, answered integer not null default 0
"""


@migrations()
def create_ratings(db: Database) -> None:
    """All that was ever given; `is_last`: the one that counts. `day` is the day in Vietnam."""
    db.execute(
        """
        create table ratings (
            id integer primary key, at text not null, day text not null, period text not null, person text not null,
            code text not null, service text not null, agency text not null, commune text not null,
            channel text not null, origin text not null, link text not null, address text not null,
            scale text not null, level integer not null, filing text not null, is_helped integer not null,
            identity text not null, flags text not null, mark text not null, is_last integer not null,
            catalogue_version text not null, comment text, may_be_told integer not null default 0
        )
        """
    )
    db.execute("create unique index ratings_last on ratings (person, code, period) where is_last = 1 and person <> ''")
    # All that figures ask for: the days at the ends of a period are counted without opening a row.
    db.execute(
        "create index ratings_day on ratings "
        "(day, agency, commune, code, channel, origin, scale, filing, mark, is_helped, level) where is_last = 1"
    )
    db.execute("create index ratings_agency on ratings (agency, day) where is_last = 1")
    db.execute("create index ratings_code on ratings (code, day) where is_last = 1")
    db.execute("create index ratings_person on ratings (person, at) where person <> ''")
    # By which those whose time is over are found, day by day.
    db.execute("create index ratings_at on ratings (at) where person <> ''")
    db.execute("create index ratings_link on ratings (link, at) where link <> ''")
    db.execute("create index ratings_address on ratings (address, at) where address <> ''")


@migrations()
def create_askings(db: Database) -> None:
    db.execute(
        """
        create table askings (
            id integer primary key, at text not null, day text not null, period text not null, person text not null,
            code text not null, agency text not null, commune text not null, channel text not null,
            origin text not null, link text not null, is_answered integer not null
        )
        """
    )
    db.execute("create unique index askings_once on askings (person, code, period) where person <> ''")
    db.execute("create index askings_at on askings (at) where person <> ''")
    db.execute("create index askings_day on askings (day, agency, commune, code, channel, origin, is_answered)")


@migrations()
def create_obstacles(db: Database) -> None:
    db.execute(
        """
        create table obstacles (
            id integer primary key, at text not null, day text not null, person text not null, code text not null,
            agency text not null, commune text not null, channel text not null, reason text not null,
            words text not null, catalogue_version text not null
        )
        """
    )
    db.execute("create index obstacles_day on obstacles (day, reason, agency, commune, code, channel)")
    db.execute("create unique index obstacles_once on obstacles (person, code, day) where person <> ''")
    db.execute("create index obstacles_at on obstacles (at) where person <> ''")


@migrations()
def create_counts(db: Database) -> None:
    """What the last ratings and the askings come to: by the day, and for half months (`bot.store.sql.counting`)."""
    keys = {
        "rating_totals": ("day", "channel", "origin"),
        "agency_totals": ("bucket", "agency"),
        "commune_counts": ("bucket", "commune", "channel", "origin"),
        "agency_counts": ("bucket", "agency", "channel", "origin"),
        "code_totals": ("bucket", "code"),
        "agency_commune_totals": ("bucket", "agency", "commune"),
        "agency_code_totals": ("bucket", "agency", "code"),
        "code_counts": ("bucket", "code", "channel", "origin"),
        "commune_code_totals": ("bucket", "commune", "code"),
        "rating_counts": ("bucket", "code", "agency", "commune", "channel", "origin"),
    }
    for table, columns in keys.items():
        db.execute(
            f"""
            create table {table} (
                {", ".join(f"{column} text not null" for column in columns)}, scale text not null,
                filing text not null, mark text not null, is_helped integer not null, {_COUNTS},
                primary key ({", ".join(columns)}, scale, filing, mark, is_helped)
            ) without rowid
            """
        )


@migrations()
def create_event_counts(db: Database) -> None:
    """How often what happened, by the hour in Vietnam (`2026-11-22T13`); kept longer than the events themselves."""
    db.execute(
        """
        create table event_counts (
            hour text not null, channel text not null, status text not null, n integer not null,
            primary key (hour, channel, status)
        ) without rowid
        """
    )


@migrations()
def create_demonstration(db: Database) -> None:
    """A row where everything in the store was made up; the last ids tell what came afterwards, and is real."""
    db.execute(
        "create table demonstration "
        "(at text not null, seed integer not null, last_event integer not null, last_rating integer not null)"
    )
