"""Sending one answer: part by part, each marked before and after, so that nothing is sent twice or forgotten."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.messages.pacing import Pacer, Priority
from bot.operations.messages.receiving import Clock
from bot.operations.messages.sending import (
    Delivery,
    GoneError,
    NotSentError,
    OperatorError,
    RefusedError,
    Sender,
    SendError,
    UncertainError,
    WaitError,
)
from bot.operations.metrics import Metrics, Step
from bot.store.inbox import Inbox, Task
from bot.store.watching import Call

_log = structlog.get_logger(__name__)
_RETRY_SECONDS = (1, 5, 15, 60, 300)
"""After how long a platform that could not be reached is tried again; the last one for good."""
_OPERATOR_SECONDS = 300
_DOUBT_SECONDS = (1, 5, 15, 60)
"""For how long nothing is sent after a message of which nobody knows whether it arrived: an outage shall cost a few
answers, and not everybody's. One message at a time is tried then, until one gets through."""
_PROBE_SECONDS = 1
"""After how long it is looked again whether that one got through."""
_LONGEST_WAIT_SECONDS = 2.0
"""Who has to wait longer for their conversation's turn waits in the inbox, and takes nobody's place meanwhile."""


class Ended(StrEnum):
    """How an update ended; operators read it in the metrics."""

    ANSWERED = "answered"
    UNCERTAIN = "uncertain"
    """A part of the answer may not have arrived; it was not sent again."""
    TOO_OLD = "too_old"
    OUTSIDE_WINDOW = "outside_window"
    GONE = "gone"
    REFUSED = "refused"
    CLERK = "clerk"
    TOO_FAST = "too_fast"
    NOTED = "noted"
    """Nothing was to be said."""
    FAILED = "failed"


class Deliverer:
    """The way out of one channel, with its pace and its marks in the inbox."""

    def __init__(self, sender: Sender, inbox: Inbox, pacer: Pacer, metrics: Metrics, clock: Clock) -> None:
        self._sender = sender
        self._inbox = inbox
        self._pacer = pacer
        self._metrics = metrics
        self._clock = clock
        self._doubts = 0
        self._is_probing = False
        self._waiting_lanes: dict[str, datetime] = {}
        self._surely_unsent: set[int] = set()
        """Tasks that were put off while the store could not be written: their mark of an attempt means nothing."""

    async def deliver(
        self, task: Task, delivery: Delivery, last_seen: datetime | None, priority: Priority = Priority.ANSWER
    ) -> Ended | None:
        """Send what has not been sent yet. None: put off, the task is tried again later.

        `last_seen`: when the person was there last, if that is known.
        """
        part, is_sure = task.parts_sent, True
        if task.is_attempted and task.id not in self._surely_unsent:
            # The process ended between handing it over and hearing of it. Sent twice is worse than a part missing.
            _log.warning("send_uncertain", channel=self._sender.channel, task=task.id, part=part)
            part, is_sure = part + 1, False
            await self._mark(self._inbox.mark_sent(task.id))
        last = self._sender.count_parts(delivery) - 1
        for number in range(part, last + 1):
            if not self._is_within_window(last_seen):
                return Ended.OUTSIDE_WINDOW
            lane = self._sender.lane(delivery.address)
            if (pause := self._pacer.pause_before(lane)) > _LONGEST_WAIT_SECONDS:
                await self._wait_in_inbox(task, pause)
                return None
            with self._metrics.timed(Step.PACE, self._sender.channel):
                await self._pacer.wait(lane, priority)
            if self._is_probing:
                await self._wait_in_inbox(task, _PROBE_SECONDS)
                return None
            doubts = self._doubts
            try:
                await self._hand_over(task, delivery, number)
            except UncertainError as error:
                self._tell(error, task)
                self._doubt(doubts)
                is_sure = False
            except NotSentError as error:
                self._tell(error, task)
                await self._put_off(task, error, lane)
                return None
            except (GoneError, RefusedError) as error:
                self._tell(error, task)
                return await self._given_up(task, error)
            except Exception as error:  # noqa: BLE001 - a fault of ours in one answer must not end the worker
                log_fault("send", error)
                self._metrics.send_errors.labels(self._sender.channel, "fault").inc()
                return Ended.FAILED
            else:
                self._doubts = 0
                _log.debug("part_sent", channel=self._sender.channel, task=task.id, part=number, last=last)
            if number < last:
                # After the last one the update is closed, which says the same.
                await self._mark(self._inbox.mark_sent(task.id))
        return Ended.ANSWERED if is_sure else Ended.UNCERTAIN

    async def _given_up(self, task: Task, error: GoneError | RefusedError) -> Ended:
        if isinstance(error, RefusedError):
            return Ended.REFUSED
        await self._mark(self._inbox.mark_gone(task.update.person, str(error), self._clock()))
        return Ended.GONE

    async def _hand_over(self, task: Task, delivery: Delivery, number: int) -> None:
        """Raises SendError."""
        is_probe = self._is_probing = self._doubts > 0
        try:
            await self._mark(self._inbox.mark_attempt(task.id))
            with self._metrics.timed(Step.SEND, self._sender.channel):
                await self._sender.send(delivery, number)
        finally:
            if is_probe:
                self._is_probing = False

    def _doubt(self, doubts: int) -> None:
        """`doubts`: how many there were when it was sent. What was on its way at the same time is one doubt."""
        if doubts != self._doubts:
            return
        self._pacer.hold(_DOUBT_SECONDS[min(self._doubts, len(_DOUBT_SECONDS) - 1)])
        self._doubts += 1

    async def _put_off(self, task: Task, error: NotSentError, lane: str) -> None:
        seconds: float = _RETRY_SECONDS[min(task.tries, len(_RETRY_SECONDS) - 1)]
        if isinstance(error, WaitError):
            seconds = error.seconds
            self._hold(error, lane)
        elif isinstance(error, OperatorError):
            seconds = _OPERATOR_SECONDS
        await self._wait_in_inbox(task, seconds)

    def _hold(self, error: WaitError, lane: str) -> None:
        """One conversation that was too much for the platform stops no other; a second one means all of them."""
        now = self._clock()
        self._waiting_lanes = {other: until for other, until in self._waiting_lanes.items() if until > now}
        is_for_all = error.is_for_all or any(other != lane for other in self._waiting_lanes)
        self._waiting_lanes[lane] = now + timedelta(seconds=error.seconds)
        self._pacer.hold(error.seconds, None if is_for_all else lane)

    async def _wait_in_inbox(self, task: Task, seconds: float) -> None:
        is_kept = await self._mark(self._inbox.put_off(task.id, self._clock() + timedelta(seconds=seconds)))
        (self._surely_unsent.discard if is_kept else self._surely_unsent.add)(task.id)

    def _is_within_window(self, last_seen: datetime | None) -> bool:
        window = self._sender.window
        return window is None or (last_seen is not None and self._clock() - last_seen < window)

    def _tell(self, error: SendError, task: Task) -> None:
        name = type(error).__name__.removesuffix("Error").lower()
        self._metrics.send_errors.labels(self._sender.channel, name).inc()
        level = logging.ERROR if isinstance(error, OperatorError | RefusedError) else logging.WARNING
        _log.log(level, f"send_{name}", channel=self._sender.channel, task=task.id, error=str(error))

    async def _mark(self, marking: Awaitable[None]) -> bool:
        """Whether it is set. Where it cannot be, the answer goes out all the same; at worst twice after a restart."""
        try:
            await marking
        except StoreError as error:
            _log.error("store_write_failed", error=str(error))
            self._metrics.failed(Call.WRITE)
            return False
        return True
