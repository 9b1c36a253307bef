"""The live view of a real process, as an operator gets it: as JSON, as text, and in a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.process import Server, environment, operate, serving

TOKEN = "the-token-of-the-figures"
SECONDS = 60.0


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("top")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with serving(data, METRICS_TOKEN=TOKEN) as started:
        for words in ("khai sinh cho con", "1.001193", "zzzz qqqq"):
            ask(started, words)
        yield started


def ask(server: Server, words: str) -> None:
    body = json.dumps({"text": words}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}/api/chat", body, headers)  # noqa: S310 - our own address
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        assert answer.status == 200


def settings(server: Server) -> dict[str, str]:
    return {"METRICS_TOKEN": TOKEN, "PORT": server.url.rpartition(":")[2]}


def test_as_json(server: Server, data: Path) -> None:
    shown: dict[str, Any] = json.loads(
        operate(data, "top", "--once", "--json", "--interval", "0.5", **settings(server))
    )
    (process,) = shown["processes"]
    assert (process["label"].endswith(f", process {server.process.pid}"), process["leads"]) == (True, True)
    assert shown["store"] == {"address": f"sqlite:///{data}/mot-cua.sqlite", "trouble": "", "is_written": True}
    channels = {row["name"]: row for row in shown["channels"]}
    assert {name: row["is_on"] for name, row in channels.items()} == {
        "zalo_oa": None,
        "telegram": None,
        "zalo_bot": None,
        "web": True,
    }
    assert (channels["web"]["answered"], channels["web"]["send_errors"], channels["web"]["waiting"]) == (0.0, 0, 0)
    assert sum(row["count"] for row in shown["replies"]) == 3
    assert (shown["catalogue"]["procedures"] > 2000, shown["catalogue"]["publication"]) == (True, "0")
    assert {"forgetting", "follow_ups", "digests", "switches"} <= {row["name"] for row in shown["jobs"]}
    assert (len(shown["memory_bytes"]), shown["errors"], shown["unseen"]) == (1, [], [])
    assert shown["seconds"] >= 0.5


def test_a_channel_that_is_switched_off_is_seen(server: Server, data: Path) -> None:
    operate(data, "channel", "off", "web", "--reason", "bảo trì")
    try:
        said = operate(data, "top", "--once", "--interval", "0.2", **settings(server))
    finally:
        operate(data, "channel", "on", "web")
    assert [line.split()[-2:] for line in said.splitlines() if line.startswith("web ")] == [["SWITCHED", "OFF"]]


@contextmanager
def terminal(data: Path, **given: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`python -m bot top` in a terminal of 80 columns and 24 lines, and our end of it."""
    ours, its = pty.openpty()
    ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "top", "--interval", "30"],
        cwd=data,
        env=environment(data, {"TERM": "xterm", **given}),
        stdin=its,
        stdout=its,
        stderr=its,
    )
    try:
        yield process, ours
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(its)
        os.close(ours)


def read_until(ours: int, words: str) -> str:
    """What is shown, until these words are."""
    said, deadline = b"", time.monotonic() + SECONDS
    while words.encode() not in said:
        assert time.monotonic() < deadline, said.decode(errors="replace")
        if select.select([ours], [], [], 1.0)[0]:
            said += os.read(ours, 65536)
    return said.decode()


@pytest.mark.parametrize("end", ["q", "Ctrl-C"])
def test_in_a_terminal_until_it_is_ended(server: Server, data: Path, end: str) -> None:
    with terminal(data, **settings(server)) as (process, ours):
        before = termios.tcgetattr(ours)
        shown = read_until(ours, "q or Ctrl-C ends this")
        if end == "q":
            os.write(ours, b"q")
        else:
            process.send_signal(signal.SIGINT)
        code = process.wait(SECONDS)
        after = termios.tcgetattr(ours)
    assert (code, after) == (0, before)
    assert ("Một Cửa at " in shown, "processes" in shown, "not seen  " in shown) == (True, True, False)
