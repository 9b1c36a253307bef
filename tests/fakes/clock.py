"""A clock that tests move by hand: what takes seven days takes no time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Clock:
    """Seconds since 1970."""

    now: float = 1_719_990_853.474

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds
