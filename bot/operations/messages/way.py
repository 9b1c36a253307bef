"""What one update's last line in the log says of its way: how it ended, and how long each step took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.dialogue.messages import Status


@dataclass(slots=True)
class Way:
    """Since it was taken up by this process. `status`: of what was answered, if anything was. Times in milliseconds."""

    waited_ms: int
    status: Status | None = None
    steps: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Takes down how long the block takes, also where it fails."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.steps[step] = as_ms(time.perf_counter() - began)

    def values(self) -> dict[str, int | str]:
        status = {} if self.status is None else {"status": self.status.value}
        return {**status, "waiting_ms": self.waited_ms, **self.steps}


def as_ms(seconds: float) -> int:
    """Never below 0: a clock may be set back."""
    return max(round(seconds * 1000), 0)
