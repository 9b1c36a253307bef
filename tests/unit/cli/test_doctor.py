"""`python -m bot doctor`: a channel whose settings are there by half, a server that is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main

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


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    env = {"DATABASE_URL": f"postgresql://u:verborgen@/n?host={tmp_path}", "SECRET_KEY": "k" * 32}
    done = CliRunner().invoke(main, ["doctor", "--json"], env=env)
    (found,) = (one for one in json.loads(done.output)["findings"] if one["area"] == "store")
    assert (found["state"], "server of DATABASE_URL" in found["mend"], "verborgen" in done.output) == (
        "broken",
        True,
        False,
    )
    assert found["what"].startswith("the database cannot be opened: OperationalError: ")
