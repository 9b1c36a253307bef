"""`python -m bot doctor`: a channel whose settings are there by half, a server that is not there."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from click.testing import CliRunner
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.cli import main
from bot.store.moving.identity import FINISH
from bot.store.opening import shown
from tests.unit.operations.publishing.samples import SECOND_PROVINCE

OFF = {
    "area": "zalo_oa",
    "state": "off",
    "what": "not connected: ZALO_OA_APP_ID or ZALO_OA_SECRET_KEY is not set",
    "mend": "",
}


def half(missing: str, there: str) -> dict[str, str]:
    return {
        "area": "zalo_oa",
        "state": "warning",
        "what": f"not connected: {there} is set, but {missing} is not",
        "mend": f"Set {missing}: it stands in the application's settings at developers.zalo.me.",
    }


@pytest.mark.parametrize(
    ("given", "finding"),
    [
        ({}, OFF),
        ({"ZALO_OA_APP_ID": "360846524940903967"}, half("ZALO_OA_SECRET_KEY", "ZALO_OA_APP_ID")),
        ({"ZALO_OA_SECRET_KEY": "EXAMPLE"}, half("ZALO_OA_APP_ID", "ZALO_OA_SECRET_KEY")),
    ],
)
def test_an_official_account_by_half(given: dict[str, str], finding: dict[str, str], tmp_path: Path) -> None:
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/doctor.sqlite", **given}
    done = CliRunner().invoke(main, ["doctor", "--json"], env=env)
    assert [one for one in json.loads(done.output)["findings"] if one["area"] == "zalo_oa"] == [finding]


async def test_a_copy_that_was_broken_off_is_told_with_what_to_do(postgres_address: str) -> None:
    env = {"DATABASE_URL": postgres_address, "SECRET_KEY": "s" * 32, "CATALOG_DIR": str(SECOND_PROVINCE)}
    with psycopg.connect(postgres_address, autocommit=True) as server:
        server.execute("update store_identity set is_whole = 0")
    done = await asyncio.to_thread(CliRunner().invoke, main, ["doctor", "--json"], env=env)
    found = [one for one in json.loads(done.stdout)["findings"] if one["area"] == "store"]
    what = "the database is a copy that was broken off"
    assert (done.exit_code, found) == (1, [{"area": "store", "state": "broken", "what": what, "mend": FINISH}])


def test_a_server_that_is_away() -> None:
    """Not that no process is running: nobody knows."""
    env = {"DATABASE_URL": "postgresql://motcua:geheim@127.0.0.1:1/motcua", "SECRET_KEY": "s" * 32}
    done = CliRunner().invoke(main, ["doctor", "--json"], env=env)
    found = {one["area"]: one for one in json.loads(done.stdout)["findings"]}
    beginning = "the database cannot be opened: the database server cannot be reached: "
    assert (done.exit_code, found["store"]["state"], found["store"]["what"].startswith(beginning)) == (
        1,
        "broken",
        True,
    )
    assert found["store"]["mend"] == (
        "Is the server running, are address, account and password in DATABASE_URL right, and may it be written to? "
        "Running processes answer on from memory meanwhile, and find it again by themselves."
    )
    assert "processes" not in found
    assert "geheim" not in done.output


def test_a_server_that_is_there_is_named(postgres_address: str) -> None:
    env = {"DATABASE_URL": postgres_address, "SECRET_KEY": "s" * 32}
    done = CliRunner().invoke(main, ["doctor", "--json"], env=env)
    found = [one for one in json.loads(done.stdout)["findings"] if one["area"] == "store"]
    what = f"{shown(postgres_address)} can be read"
    assert (done.exit_code, found) == (0, [{"area": "store", "state": "ok", "what": what, "mend": ""}])


def test_what_can_be_read_on_the_way_is_told(postgres_address: str) -> None:
    """The second host is asked for only where the first does not answer."""
    host = conninfo_to_dict(postgres_address)["host"]
    several = make_conninfo(postgres_address, host=f"{host},db.example.gov.vn", port=_twice(postgres_address))
    address = "postgresql:///?" + urlencode(conninfo_to_dict(several))
    env = {"DATABASE_URL": address, "SECRET_KEY": "s" * 32}
    done = CliRunner().invoke(main, ["doctor", "--json"], env=env)
    found = [one for one in json.loads(done.stdout)["findings"] if one["area"] == "store"]
    assert (done.exit_code, [one["state"] for one in found]) == (0, ["ok", "warning"])
    assert found[1] == {
        "area": "store",
        "state": "warning",
        "what": "whoever stands between here and the database server can read everything, or answer in its place",
        "mend": "Put sslmode=verify-full into DATABASE_URL: docs/operations.md, The connection to a server.",
    }


def _twice(address: str) -> str:
    port = conninfo_to_dict(address).get("port", "5432")
    return f"{port},{port}"
