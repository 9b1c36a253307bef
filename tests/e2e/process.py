"""The assistant as it is started by an operator: a process of its own on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 90
SECONDS_TO_STOP = 30


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    process: subprocess.Popen[str]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to stop; its exit code and everything it said."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=SECONDS_TO_STOP)
        return self.process.returncode, said


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def environment(data: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Nothing is set but what is given here; to be used with `data` as the folder, away from the developer's `.env`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "CATALOG_DIR") if name in os.environ}
    own = {"DATABASE_URL": f"sqlite:///{data}/mot-cua.sqlite", "PYTHONPATH": str(ROOT)}
    return {**kept, **own, **settings}


def operate(data: Path, *command: str, **settings: str) -> str:
    """What an operator types, `python -m bot …` on the same store, and what it prints; fails where it does."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=data,
        env=environment(data, settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def start(data: Path, port: int, **settings: str) -> subprocess.Popen[str]:
    """`python -m bot serve`."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        cwd=data,
        env=environment(data, {"PORT": str(port)} | settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Server]:
    """A server that answers; killed at the end where the test has not stopped it."""
    port = int(settings.get("PORT") or free_port())
    server = Server(f"http://127.0.0.1:{port}", start(data, port, **settings))
    try:
        wait_until_it_answers(server)
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
        if server.process.stdout is not None:
            server.process.stdout.close()
        server.process.wait()


def wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            said = server.process.stdout.read() if server.process.stdout is not None else ""
            raise AssertionError(f"the server left with exit code {server.process.returncode}:\n{said}")
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise AssertionError(f"the server does not answer after {SECONDS_TO_START} s")
