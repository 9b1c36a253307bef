"""The tables, as named steps: a step that has been released is never changed, a new one is added behind the others.

Each is a file of SQL. Every process makes those that are missing when it begins; two that begin at once wait for each
other.
"""

from __future__ import annotations

from pathlib import Path

from bot.store.postgres.connection import PostgresConnection

_FOLDER = Path(__file__).parent
_MADE = """
    create table if not exists schema_steps (name text collate "C" primary key, made_at timestamptz default now())
"""


def names() -> tuple[str, ...]:
    """Of all steps, in their order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.sql")))


def missing(connection: PostgresConnection) -> tuple[str, ...]:
    """Steps that this database has not made yet. Raises psycopg.Error."""
    is_there = connection.execute("select to_regclass('schema_steps') is not null").fetchone()[0]
    made = {row[0] for row in connection.execute("select name from schema_steps").fetchall()} if is_there else set()
    return tuple(name for name in names() if name not in made)


def apply(connection: PostgresConnection) -> None:
    """Bring the tables up to date; nothing happens to those that are. Raises psycopg.Error."""
    if not missing(connection):
        return
    connection.execute(_MADE)
    connection.execute("insert into schema_steps (name) values ('') on conflict (name) do nothing")
    connection.begin()
    try:
        connection.execute("select name from schema_steps where name = '' for update")
        for name in missing(connection):
            connection.execute_script((_FOLDER / f"{name}.sql").read_text("utf-8"))
            connection.execute("insert into schema_steps (name) values (?)", [name])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
