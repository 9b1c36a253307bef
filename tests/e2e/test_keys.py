"""A change of the secret key, as an operator makes it: what was printed works, and another key is not taken."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

from tests.e2e.process import SECONDS_TO_START, free_port, operate, serving, start

OLD, NEW = "o" * 32, "n" * 32


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_code_at_a_counter_outlives_its_key_and_another_key_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path, SECRET_KEY=OLD):
        pass
    public = {"PUBLIC_URL": "http://127.0.0.1", "SECRET_KEY": OLD}
    path = operate(tmp_path, "rating-link", "1.001193", **public).strip().removeprefix("http://127.0.0.1")
    refused = start(tmp_path, free_port(), SECRET_KEY=NEW)
    said, _ = refused.communicate(timeout=SECONDS_TO_START)
    assert (refused.returncode, "SECRET_KEY is another key" in said) == (2, True)
    for settings, answer in (
        ({"PREVIOUS_SECRET_KEYS": OLD}, 200),
        ({"LEAKED_SECRET_KEYS": OLD}, 404),
    ):
        with serving(tmp_path, SECRET_KEY=NEW, **settings) as server:
            assert status(f"{server.url}{path}") == answer
    # Going back to the key of before needs the new one among the earlier keys, and loses nothing either.
    with serving(tmp_path, SECRET_KEY=OLD, PREVIOUS_SECRET_KEYS=NEW) as server:
        assert status(f"{server.url}{path}") == 200
