"""What is counted while the assistant works, for operators: never who, never what was said."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0)


class Metrics:
    """Each process has one. Labels come from fixed sets: nothing that a stranger writes becomes a label."""

    CONTENT_TYPE = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        channel = "channel"
        self.received = Counter("mot_cua_received", "Requests of platforms", [channel, "what"], registry=own)
        self.closed = Counter("mot_cua_closed", "Updates that are done with", [channel, "reason"], registry=own)
        self.send_errors = Counter("mot_cua_send_errors", "Messages not sent, by why", [channel, "error"], registry=own)
        self.acknowledged = Histogram(
            "mot_cua_acknowledged_seconds",
            "From a platform's request to its acknowledgement",
            [channel],
            buckets=_SECONDS,
            registry=own,
        )
        self.answered = Histogram(
            "mot_cua_answered_seconds",
            "From an update's arrival to the end of its answer",
            [channel],
            buckets=_SECONDS,
            registry=own,
        )
        self.waiting = Gauge("mot_cua_waiting", "Updates put away and not done with", [channel], registry=own)
        self.working = Gauge("mot_cua_working", "Updates being answered right now", [channel], registry=own)

    def as_text(self) -> bytes:
        """In Prometheus' own format."""
        return generate_latest(self._registry)
