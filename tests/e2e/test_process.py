"""Start and stop, as an operator and a platform see them."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import pytest

from tests.e2e.process import SECONDS_TO_STOP, serving, start


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_answers_and_stops_when_told(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path) as server:
        code, said = server.stop(number)
    assert code == 0
    lines = said.splitlines()
    assert lines[0].endswith(f" answers on {server.url}")
    assert lines[1].startswith("Catalogue ")
    assert [line.split(":")[0] for line in lines[2:5]] == [
        "Zalo Official Account is switched off",
        "Telegram is switched off",
        "Zalo Bot is switched off",
    ]
    assert lines[5:] == ["Stop with Ctrl+C.", "Stopping."]


def test_a_terminal_without_our_letters_is_no_hindrance(tmp_path: Path) -> None:
    with serving(tmp_path, PYTHONIOENCODING="ascii") as server:
        code, said = server.stop()
    assert (code, said.isascii()) == (0, True)
    assert f" answers on {server.url}\n" in said


def test_a_taken_port_is_named_with_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = start(tmp_path, port)
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said == (
        f"Port {port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port with the "
        f"setting PORT, for example PORT={port + 1}.\n"
    )


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    process = start(tmp_path, 8080, PORT="eighty")
    said, _ = process.communicate(timeout=SECONDS_TO_STOP)
    assert process.returncode == 2
    assert "PORT: must be a whole number; for example PORT=8080" in said
    assert "Traceback" not in said
