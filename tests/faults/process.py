"""Assistants in processes of their own, that are killed, stopped and started again."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.e2e.process import ROOT, environment, free_port
from tests.faults.nursery import LEVERS, PAGES, SECONDS

SECONDS_TO_START = 30.0
SECONDS_TO_END = 20.0
SECONDS_TO_OPERATE = 60.0
_LOOK_SECONDS = 0.005
SMALL_CATALOGUE = ROOT / "tests" / "fixtures" / "second_province"
"""Loaded in an instant: for what starts hundreds of times."""


class Nursery:
    """Starts assistants; see `tests.faults.nursery`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        to.write(f"{json.dumps(order)}\n")
        to.flush()
        answer: dict[str, Any] = json.loads(back.readline())
        return answer


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    """When it is closed, everything that it has started is killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(ROOT, {}),
    )
    with process:
        try:
            yield Nursery(process)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(SECONDS_TO_END)


@dataclass(slots=True)
class Assistant:
    """`python -m bot serve`, on the same port and in the same folder each time.

    `limits`: for the next start, such as {"RLIMIT_FSIZE": bytes}. `is_fast`: answers leave as fast as they are made,
    and not as a platform allows. `is_next`: it is of a made-up next release. `starts`: how often it was started.
    """

    nursery: Nursery
    folder: Path
    settings: Mapping[str, str]
    limits: dict[str, int] = field(default_factory=dict)
    is_fast: bool = False
    is_next: bool = False
    port: int = field(default_factory=free_port)
    starts: int = 0
    pid: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_file(self) -> Path:
        return self.folder / f"log-{self.port}"

    def log(self) -> str:
        """All that it has said, in all its lives."""
        return self.log_file.read_text(encoding="utf-8", errors="replace") if self.log_file.exists() else ""

    def start(self) -> None:
        self.pid = self._begin(self.log_file, "serve")
        self.starts += 1

    async def operate(self, *command: str) -> tuple[float, str]:
        """What an operator types beside it, `python -m bot …`: after how many seconds it was done, and what it said.
        AssertionError unless it leaves with 0."""
        said, clock = self.folder / f"said-{self.port}", asyncio.get_running_loop().time
        said.unlink(missing_ok=True)
        began = clock()
        pid = self._begin(said, *command)
        while (code := self.nursery.ask({"poll": pid})["code"]) is None:
            assert clock() < began + SECONDS_TO_OPERATE, command
            await asyncio.sleep(_LOOK_SECONDS)
        text = said.read_text("utf-8")
        assert code == 0, (command, text)
        return clock() - began, text

    def _begin(self, log: Path, *command: str) -> int:
        """Its process id."""
        if not self._levers.exists():
            self._levers.write_bytes(SECONDS.pack(0.0) + PAGES.pack(0))
        order = {
            "folder": str(self.folder),
            "settings": self._environment(),
            "log": str(log),
            "limits": self.limits,
            "is_fast": self.is_fast,
            "is_next": self.is_next,
            "command": command,
        }
        pid: int = self.nursery.ask(order)["pid"]
        return pid

    def set_clock(self, seconds_ahead: float) -> None:
        """The assistant's clock, at once; of all assistants of this folder."""
        with self._levers.open("r+b") as file:
            file.write(SECONDS.pack(seconds_ahead))

    def set_most_pages(self, pages: int) -> None:
        """How many its file of SQLite may have, but never fewer than it has; 0: as many as it likes."""
        with self._levers.open("r+b") as file:
            file.seek(SECONDS.size)
            file.write(PAGES.pack(pages))

    def set_largest_file(self, size: int = resource.RLIM_INFINITY) -> None:
        """No file that it writes grows beyond so many bytes from now on (RLIMIT_FSIZE)."""
        assert self.pid is not None
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    @property
    def _levers(self) -> Path:
        return self.folder / "levers"

    async def run(self, *command: str) -> tuple[int, str]:
        """What an operator types beside it, `python -m bot …`: its exit code, and what it says."""
        words = (sys.executable, "-m", "bot", *command)
        pipe, both, env = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT, self._environment()
        process = await asyncio.create_subprocess_exec(*words, cwd=self.folder, stdout=pipe, stderr=both, env=env)
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    def _environment(self) -> dict[str, str]:
        own = {"PORT": str(self.port), "CATALOG_DIR": str(SMALL_CATALOGUE), LEVERS: str(self._levers)}
        return environment(self.folder, own | dict(self.settings))

    async def kill(self) -> None:
        """kill -9, wherever it is."""
        await self._signalled(signal.SIGKILL)

    async def stop(self) -> tuple[int, float]:
        """SIGTERM; its exit code, and after how many seconds it had ended."""
        return await self._signalled(signal.SIGTERM)

    async def _signalled(self, number: signal.Signals) -> tuple[int, float]:
        if self.pid is None:
            return 0, 0.0
        os.kill(self.pid, number)
        return await self.until_it_ends()

    async def until_it_ends(self) -> tuple[int, float]:
        """Its exit code, and after how many seconds it had ended."""
        pid, clock = self.pid, asyncio.get_running_loop().time
        began = clock()
        while clock() < began + SECONDS_TO_END:
            code = self.nursery.ask({"poll": pid})["code"]
            if code is not None:
                self.pid = None
                return code, clock() - began
            await asyncio.sleep(_LOOK_SECONDS)
        raise AssertionError(f"{pid} has not ended after {SECONDS_TO_END} s:\n{self.log()[-4000:]}")

    def memory(self) -> int:
        """Bytes that it has in memory now."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    async def until_it_answers(self) -> float:
        """After how many seconds it did."""
        clock = asyncio.get_running_loop().time
        began = clock()
        async with aiohttp.ClientSession() as client:
            while clock() < began + SECONDS_TO_START:
                try:
                    async with client.get(f"{self.url}/healthz") as response:
                        if response.status == 200:
                            return clock() - began
                except (aiohttp.ClientError, ConnectionError):
                    await asyncio.sleep(_LOOK_SECONDS)
        raise AssertionError(f"it does not answer after {SECONDS_TO_START} s:\n{self.log()[-4000:]}")
