"""What processes take of this machine, as the system counts it (Linux)."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PARENT, _OWN, _OF_ENDED_CHILDREN = 1, slice(11, 13), slice(13, 15)
"""Places in /proc/…/stat behind the name."""


def processor_ms(process: int) -> float:
    """Milliseconds of processors that a process has used, and all that it has started, until now; 0 where it is gone.

    To a hundredth of a second.
    """
    fields = _stat(process)
    if not fields:
        return 0.0
    ticks = sum(map(int, fields[_OWN])) + sum(map(int, fields[_OF_ENDED_CHILDREN]))
    return ticks * 1000 / _TICK + sum(map(processor_ms, _children(process)))


def parent_of(process: int) -> int:
    return int(_stat(process)[_PARENT])


def own_threads_ms() -> dict[str, float]:
    """Milliseconds of processors by the name of this process's threads, without the number behind it."""
    spent: dict[str, float] = {}
    for thread in threading.enumerate():
        with suppress(OSError):
            nanoseconds = Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text("ascii").split()[0]
            name = thread.name.partition("_")[0]
            spent[name] = spent.get(name, 0.0) + int(nanoseconds) / 1e6
    return spent


def resident_megabytes() -> float:
    """The memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def written_bytes(process: int) -> int:
    """What a process has had written to the disk."""
    lines = dict(line.split(": ") for line in Path(f"/proc/{process}/io").read_text("ascii").splitlines())
    return int(lines["write_bytes"])


def _stat(process: int) -> list[str]:
    try:
        # The name in brackets may hold anything.
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _children(process: int) -> Iterator[int]:
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                yield from map(int, (thread / "children").read_text("ascii").split())
