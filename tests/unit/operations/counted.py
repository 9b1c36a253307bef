"""What the figures say, for tests."""

from __future__ import annotations

from bot.operations.metrics import Metrics


def counted(metrics: Metrics, *names: str) -> dict[str, float]:
    """The series whose names begin so, without buckets, sums of seconds, and when each was made."""
    found = dict(line.rsplit(" ", 1) for line in metrics.as_text().decode().splitlines() if line.startswith(names))
    left_out = ("_created", "_bucket", "_sum")
    return {name: float(value) for name, value in found.items() if not name.partition("{")[0].endswith(left_out)}
