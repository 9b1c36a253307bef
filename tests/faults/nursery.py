"""Starts assistants within tenths of a second: a process that has read the code once, and forks for each of them.

Usage: python -m tests.faults.nursery. A line of JSON is an order, a line of JSON answers it:
{"folder", "settings", "log", "limits": {"RLIMIT_…": bytes}, "is_fast", "is_next", "command": ["serve"]} → {"pid"};
{"poll": pid} → {"code": null or exit code}. "is_fast": answers leave as fast as they are made, and not as a platform
allows. "is_next": it is of a made-up next release (`tests.faults.next_release`).
When its input ends, so does everything it has started. What it starts is `python -m bot serve`, but for two things that
stand in the file LEVERS, which may be changed at any time: by how many seconds the clock is ahead, and how many pages a
file of SQLite may have (0: as many as it likes).
"""

from __future__ import annotations

import gc
import importlib
import json
import mmap
import os
import resource
import signal
import struct
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

LEVERS = "LEVERS"
SECONDS, PAGES = struct.Struct("d"), struct.Struct("Q")
"""One behind the other."""
_NO_LIMIT = 4_294_967_294
_READ_BEFORE = (
    "bot.cli",
    "bot.app.service",
    "bot.web.server",
    "bot.web.backing",
    "bot.channels.telegram.client",
    "bot.channels.telegram.inline",
    "bot.channels.telegram.receive",
    "bot.channels.telegram.sender",
    "bot.store.sqlite.store",
    "bot.store.postgres.store",
)


_levers: list[mmap.mmap] = []


def _pulled(lever: struct.Struct, offset: int = 0) -> float:
    """What one of the levers says now; 0 where there are none."""
    if not _levers:
        file = os.environ.get(LEVERS)
        if file is None:
            return 0
        with Path(file).open("r+b") as opened:
            _levers.append(mmap.mmap(opened.fileno(), SECONDS.size + PAGES.size))
    number: float = lever.unpack_from(_levers[0], offset)[0]
    return number


def shifted_clock() -> None:
    """Have the whole program take its time from a clock that can be set; before the rest of it is read."""

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=_pulled(SECONDS))

    vars(importlib.import_module("bot.operations.times"))["now"] = now


def limited_pages() -> None:
    """Have SQLite say that the disk is full where a file would grow beyond so many pages, or beyond what it has."""
    connection = importlib.import_module("bot.store.sqlite.connection").SqliteConnection
    begin = connection.begin

    def limited(self: Any, **how: bool) -> None:
        pages = int(_pulled(PAGES, SECONDS.size)) or _NO_LIMIT
        self.execute(f"pragma max_page_count = {pages}").fetchall()
        begin(self, **how)

    connection.begin = limited


def main() -> None:
    shifted_clock()
    limited_pages()
    for name in _READ_BEFORE:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    living: set[int] = set()
    try:
        for line in sys.stdin:
            _say(_done(json.loads(line), living))
    finally:
        for pid in living:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _done(order: dict[str, Any], living: set[int]) -> dict[str, Any]:
    if "poll" in order:
        pid, status = os.waitpid(order["poll"], os.WNOHANG)
        living.discard(pid)
        return {"code": os.waitstatus_to_exitcode(status) if pid else None}
    pid = os.fork()
    if not pid:
        _serve(order)
    living.add(pid)
    return {"pid": pid}


def _serve(order: dict[str, Any]) -> None:
    """In the child: never comes back."""
    code = 1
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for given, number in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(given, number)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["settings"])
        for name, most in order["limits"].items():
            resource.setrlimit(getattr(resource, name), (most, resource.RLIM_INFINITY))
        if order["is_fast"]:
            pacing = importlib.import_module("bot.operations.messages.pacing")
            vars(pacing)["PACES"] = dict.fromkeys(pacing.PACES, pacing.Pace(1e6, 0.0, 1e6))
        if order["is_next"]:
            importlib.import_module("tests.faults.next_release").become_next()
        importlib.import_module("bot.cli").main(order["command"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
