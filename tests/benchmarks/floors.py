"""What the benchmarks of figures hold times against, and how they say it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Time:
    """Milliseconds: that pass (`wall`), and of processors (`cpu`; None where the system does not tell)."""

    wall: float
    cpu: float | None = None

    def __str__(self) -> str:
        return f"{self.wall:.0f}" if self.cpu is None else f"{self.wall:.0f}/{self.cpu:.0f}"


@dataclass(slots=True)
class Floor:
    """Something that must not take longer than `most` milliseconds. `worst`: of all that was measured, and of what."""

    name: str
    most: float
    worst: Time = Time(0)
    of: str = ""

    def add(self, name: str, found: Time) -> None:
        if found.wall > self.worst.wall or not self.of:
            self.worst, self.of = found, name

    @property
    def is_met(self) -> bool:
        return bool(self.of) and self.worst.wall <= self.most

    def __str__(self) -> str:
        cpu = "" if self.worst.cpu is None else f" (processor {self.worst.cpu:.0f} ms)"
        said = "met" if self.is_met else "MISSED" if self.of else "NOT MEASURED"
        told = f"at most {self.most:.0f} ms, worst {self.worst.wall:.1f} ms{cpu}"
        return f"  {said:<14}{self.name:<46}{told}  [{self.of}]"


@dataclass(frozen=True, slots=True)
class Floors:
    """Those of the figures of a year: two million ratings, twenty million events, two cores."""

    overview: Floor = field(default_factory=lambda: Floor("the overview, data and page", 300))
    breakdown: Floor = field(default_factory=lambda: Floor("any breakdown, data and page", 1000))
    xlsx: Floor = field(default_factory=lambda: Floor("the month as XLSX", 10_000))
    stored: Floor = field(default_factory=lambda: Floor("a rating stored while reports are made, p95", 5))

    @property
    def all(self) -> tuple[Floor, ...]:
        return (self.overview, self.breakdown, self.xlsx, self.stored)


def load() -> str:
    """How busy the machine is: wall times tell nothing where more processes want to run than there are cores."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
