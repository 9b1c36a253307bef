"""`python -m bot migrate`: what is missing is shown, then made, on either engine."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.migrate import _lines
from bot.store.planning import Plan
from bot.store.postgres import steps as postgres_steps
from bot.store.postgres.connection import PostgresConnection
from bot.store.sql.steps import Step
from bot.store.sqlite import migrations
from tests.postgres import Server

ADDS = Step("2", "For more.", ("alter table a add column b text",))


def run(address: str, *options: str) -> str:
    done = CliRunner().invoke(main, ["migrate", *options], env={"DATABASE_URL": address, "SECRET_KEY": "k" * 32})
    assert done.exit_code == 0, done.output
    return done.stdout


def names(address: str, *options: str) -> tuple[bool, list[str], list[str]]:
    told = json.loads(run(address, "--json", *options))
    return told["made"], [step["name"] for step in told["steps"]], told["newer"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """An empty database, and the names of all steps."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/data.sqlite", [step.name for step in migrations.all_steps()]
        return
    server: Server = request.getfixturevalue("postgres_server")
    address = server.new_database()
    yield address, [step.name for step in postgres_steps.all_steps()]
    server.drop(address)


def test_the_plan_changes_nothing_and_the_steps_are_made_once(place: tuple[str, list[str]], tmp_path: Path) -> None:
    address, steps = place
    assert names(address, "--plan") == names(address, "--plan") == (False, steps, [])
    assert list(tmp_path.iterdir()) == []
    assert names(address) == (True, steps, [])
    assert names(address, "--plan") == (False, [], [])
    assert run(address) == "the tables are up to date\n"


def test_a_plan_can_be_made_while_somebody_writes(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/data.sqlite"
    run(address)
    with closing(sqlite3.connect(tmp_path / "data.sqlite", isolation_level=None)) as other:
        other.execute("begin immediate")
        assert names(address, "--plan") == (False, [], [])


def test_steps_of_a_newer_version_are_named(place: tuple[str, list[str]], tmp_path: Path) -> None:
    address, _ = place
    run(address)
    if address.startswith("sqlite"):
        noted = "insert into _sqlite_migrations (migration_set, name, applied_at) values ('mot_cua', 'later', '')"
        with closing(sqlite3.connect(tmp_path / "data.sqlite")) as connection, connection:
            connection.execute(noted)
        name = "mot_cua.later"
    else:
        with closing(PostgresConnection(address)) as server:
            server.execute("insert into schema_steps (name) values ('9999-later')")
        name = "9999-later"
    assert names(address) == (True, [], [name])
    assert run(address, "--plan") == f"the tables are up to date\n1 step of a newer version: {name}\n"


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (ADDS, ["    - adds the column b to a", "    safe while the version before is running: it only adds"]),
        (
            Step("2", "For more.", ("drop table a",), last_used_by="1.0.0"),
            [
                "    - drop table a",
                "    safe once no process of 1.0.0 or older is running: nothing newer uses what it removes",
            ],
        ),
        (
            Step("2", "For more.", ("drop table a",)),
            ["    - drop table a", "    NOT safe while the version before is running: stop every process of it first"],
        ),
        (
            Step("2", "For more.", ("create trigger t on a",), judged="nobody does that", left_out="without triggers"),
            [
                "    - makes the trigger t",
                "    safe while the version before is running: nobody does that",
                "    left out without triggers",
            ],
        ),
    ],
)
def test_each_step_says_what_it_does_and_whether_it_is_safe(step: Step, told: list[str]) -> None:
    assert list(_lines(Plan((step,), ()), is_made=False)) == ["1 step missing:", "  2: For more.", *told]
    assert next(_lines(Plan((step, ADDS), ()), is_made=True)) == "2 steps made:"


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "data.sqlite").write_text("this is no database, but long enough to be looked at " * 50)
    done = CliRunner().invoke(main, ["migrate", "--plan"], env={"DATABASE_URL": f"sqlite:///{tmp_path}/data.sqlite"})
    assert (done.exit_code, "file is not a database" in done.stderr) == (1, True)
