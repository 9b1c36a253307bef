"""The tables of a made-up next version, which adds one step."""

from __future__ import annotations

from contextlib import closing

from sqlite_utils import Database, Migrations

from bot.store.postgres import steps
from bot.store.sql.steps import Step
from bot.store.sqlite import migrations
from bot.store.sqlite.connection import SqliteConnection
from tests.unit.store.engines import Place

AHEAD = (
    "create table wishes (id integer primary key, words text not null)",
    "create index wishes_words on wishes (words)",
    "alter table events add column mood text",
    "alter table conversations add column language text not null default 'vi'",
    "create index events_mood on events (mood)",
)
"""A made-up step that only adds."""
NEXT = Step("9999-next", "What the next version adds.", AHEAD)
next_part = Migrations("mot_cua_next")


@next_part()
def next_step(db: Database) -> None:
    """What the next version adds."""
    for statement in AHEAD:
        db.execute(statement)


def bring_ahead(place: Place) -> None:
    """As a process of the next version does it when it begins."""
    with closing(place.connect()) as connection:
        if isinstance(connection, SqliteConnection):
            migrations.apply(connection.database, (*migrations.PARTS, next_part))
        else:
            steps.apply(connection, (*steps.all_steps(), NEXT))
