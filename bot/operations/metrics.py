"""What is counted while the assistant works, for operators: never who, never what was said."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from enum import StrEnum
from functools import partial

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from bot.dialogue.messages import Status
from bot.operations.jobs import Done, Job
from bot.store.watching import Call

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
_STEP_SECONDS = (0.0005, 0.001, 0.0025, 0.005, *_SECONDS)
_LAG_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)


class Step(StrEnum):
    """The way of a message, in its order."""

    READ = "read"
    """A platform's request: its signature verified, its updates parsed."""
    MASK = "mask"
    """Private numbers taken out."""
    KEEP = "keep"
    """Put away in the inbox, on the disk."""
    WAIT = "wait"
    """In the inbox, until it is taken up; not what nobody has asked for, which may wait for the morning."""
    FIND = "find"
    """The conversation read, the answer found, both kept. For the web chat all that there is."""
    PACE = "pace"
    """Until the platform may be sent the next message."""
    SEND = "send"
    """Handed to the platform, for each message that the answer takes."""


class Metrics:
    """Each process has one. Labels come from fixed sets: nothing that a stranger writes becomes a label."""

    CONTENT_TYPE = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._count_messages()
        self._count_operation()
        self._tell_state()

    def _count_messages(self) -> None:
        own, channel = self._registry, "channel"
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
        self.steps = Histogram(
            "mot_cua_step_seconds",
            "Each step of the way of a message",
            ["step", channel],
            buckets=_STEP_SECONDS,
            registry=own,
        )
        self.replies = Counter(
            "mot_cua_replies", "Answers, by what became of the message", [channel, "status"], registry=own
        )
        self.ratings = Counter("mot_cua_ratings", "Ratings that were kept", [channel], registry=own)
        self.http = Histogram(
            "mot_cua_http_seconds",
            "Requests of browsers, platforms and machines, by kind of address and class of status",
            ["kind", "status"],
            buckets=_SECONDS,
            registry=own,
        )

    def _count_operation(self) -> None:
        own = self._registry
        self.store_failures = Counter("mot_cua_store_failures", "Calls that the store failed", ["call"], registry=own)
        self.job_done = Gauge(
            "mot_cua_job_last_success_timestamp_seconds",
            "When a job worked last in this process",
            ["name"],
            registry=own,
        )
        self.job_failures = Counter("mot_cua_job_failures", "Rounds of a job that failed", ["name"], registry=own)
        self.errors_logged = Counter("mot_cua_errors_logged", "Lines of the log from ERROR up", ["event"], registry=own)
        self.loop_lag = Histogram(
            "mot_cua_loop_lag_seconds",
            "How much later than asked for the event loop gave somebody their turn",
            buckets=_LAG_SECONDS,
            registry=own,
        )

    def _tell_state(self) -> None:
        """What is looked at now and then, see `bot.operations.gauges`."""
        own, channel = self._registry, "channel"
        self.waiting = Gauge("mot_cua_waiting", "Updates put away and not done with", [channel], registry=own)
        self.oldest = Gauge(
            "mot_cua_oldest_waiting_seconds",
            "How long the oldest of them has waited; 0: none waits",
            [channel],
            registry=own,
        )
        self.working = Gauge("mot_cua_working", "Updates being answered right now", [channel], registry=own)
        self.channel_on = Gauge(
            "mot_cua_channel_on", "1: answered; 0: switched off by an operator", [channel], registry=own
        )
        self.token_made = Gauge(
            "mot_cua_token_renewed_timestamp_seconds",
            "When a platform's token was given",
            [channel, "token"],
            registry=own,
        )
        self.token_ends = Gauge(
            "mot_cua_token_expires_timestamp_seconds", "When it ends", [channel, "token"], registry=own
        )
        self.store_up = Gauge("mot_cua_store_up", "1: the store is written; 0: memory only", registry=own)
        self.disk_free = Gauge("mot_cua_store_disk_free_bytes", "Free beside the SQLite file", ["store"], registry=own)
        self.disk_size = Gauge("mot_cua_store_disk_size_bytes", "The disk that it is on", ["store"], registry=own)
        self.leader = Gauge("mot_cua_leader", "1: this process does what is done once for all", registry=own)
        self.processes = Gauge("mot_cua_processes", "Processes that are alive, as this one sees it", registry=own)
        self.catalogue = Info("mot_cua_catalogue", "What is answered from; publication 0: as shipped", registry=own)
        self.catalogue_procedures = Gauge("mot_cua_catalogue_procedures", "Procedures in it", registry=own)
        self.catalogue_age = Gauge("mot_cua_catalogue_age_days", "Days since the day its data describe", registry=own)
        self.catalogue_data = Gauge("mot_cua_catalogue_data_timestamp_seconds", "That day", registry=own)
        self.catalogue_published = Gauge(
            "mot_cua_catalogue_published_timestamp_seconds", "When it was published; 0: it was not", registry=own
        )
        self.catalogue_taken = Gauge(
            "mot_cua_catalogue_taken_up_timestamp_seconds", "When this process took it up", registry=own
        )
        self.catalogue_wrong = Gauge(
            "mot_cua_catalogue_not_in_force", "1: something else is served than what is in force", registry=own
        )
        self.ready = Gauge("mot_cua_ready", "1: /readyz says that requests may be sent here", registry=own)
        self.build = Info("mot_cua_build", "Which release runs", registry=own)

    def tell_process(self) -> None:
        """From now on also what the machine knows of this process (memory, CPU, files), and the collector's figures."""
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)

    def timed(self, step: Step, channel: str) -> AbstractContextManager[None]:
        """How long the block takes, also where it fails."""
        return _Timed(self.steps.labels(step, channel))

    def replied(self, channel: str, status: Status, seconds: float) -> None:
        """The assistant has found an answer."""
        self.steps.labels(Step.FIND, channel).observe(seconds)
        self.replies.labels(channel, status).inc()

    def failed(self, call: Call) -> None:
        """See `bot.store.watching.StoreWatch`."""
        self.store_failures.labels(call).inc()

    def rated(self, channel: str) -> None:
        self.ratings.labels(channel).inc()

    def done(self, job: Job) -> Done:
        """Whom the job tells whether a round worked."""
        return partial(_done, self.job_done.labels(job), self.job_failures.labels(job))

    def as_text(self) -> bytes:
        """In Prometheus' own format."""
        return generate_latest(self._registry)


class _Timed(AbstractContextManager[None]):
    """Half as long as a generator would take: there are five for each message."""

    __slots__ = ("_seconds", "_started")

    def __init__(self, seconds: Histogram) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._seconds.observe(time.perf_counter() - self._started)


def _done(last: Gauge, failures: Counter, worked: bool) -> None:
    if worked:
        last.set_to_current_time()
    else:
        failures.inc()
