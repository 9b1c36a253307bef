"""`python -m bot top` where there is no terminal, and what ends it where there is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

ADDRESS = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///nowhere.sqlite")


def top(*words: str) -> Result:
    return CliRunner().invoke(main, ("top", *words))


def test_without_a_terminal_it_says_what_it_sees_once() -> None:
    result = top("--url", ADDRESS)
    said = result.output.splitlines()
    assert (result.exit_code, said[0].startswith("Một Cửa at ")) == (0, True)
    assert said[1:3] == ["processes none is known", "store     sqlite:///nowhere.sqlite CANNOT BE READ"]
    assert said[-3:] == [
        "not seen  store: there is none yet; `python -m bot serve` makes it",
        "not seen  http://127.0.0.1:9/metrics: no process answers there",
        "          (ClientConnectorError)",
    ]
    assert top("--once", "--url", ADDRESS).output.splitlines()[1:] == said[1:]


def test_as_json() -> None:
    result = top("--json")
    shown = json.loads(result.output)
    at = shown.pop("at")
    assert (result.exit_code, at.endswith("+00:00")) == (0, True)
    nothing = dict.fromkeys(("received", "answered", "p50", "p95", "waiting", "oldest_seconds", "send_errors"))
    unknown = {"is_on": None, "off_since": None, "token_seconds": None} | nothing
    assert shown == {
        "seconds": None,
        "processes": [],
        "store": {
            "address": "sqlite:///nowhere.sqlite",
            "trouble": "there is none yet; `python -m bot serve` makes it",
            "is_written": None,
        },
        "channels": [{"name": name} | unknown for name in ("zalo_oa", "telegram", "zalo_bot", "web")],
        "replies": [],
        "errors": [],
        "catalogue": None,
        "jobs": [],
        "lag_p95": None,
        "memory_bytes": [],
        "unseen": [
            "store: there is none yet; `python -m bot serve` makes it",
            "rates, times, errors and jobs: set METRICS_PORT or METRICS_TOKEN, and start the service again",
        ],
    }


def test_wrong_use() -> None:
    assert top("--interval", "0").exit_code == 2
