"""Answering what is in the inbox of one channel: each person's updates in their order, many people at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.dialogue.message_code import code_of, following
from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.messages.delivering import Deliverer, Ended
from bot.operations.messages.handling import Desk, Inline, UpdateHandler
from bot.operations.messages.sending import Sender
from bot.operations.messages.way import Way, as_ms
from bot.operations.metrics import Step
from bot.store.inbox import BY_ITSELF, Task
from bot.store.processes import owner_of
from bot.store.watching import Call

_log = structlog.get_logger(__name__)
_LEASE = timedelta(seconds=10)
"""How long what this process has claimed is its own without being renewed. What a process that dies had claimed is free
sooner, see `bot.operations.members`."""
_RENEW_SECONDS = 3.0
_CATCH_UP_SECONDS = 0.5
"""How often the store is told again what it could not be told: well before a lease runs out, and another process would
answer once more."""
_LOOK_SECONDS = 1.0
"""How often the inbox is looked into for what was put off, or was claimed by a process that is gone."""
_MOST_AT_ONCE = 32


class Worker:
    """Runs until it is stopped. What it has in hand when the process dies is taken up again once that is noticed."""

    def __init__(self, desk: Desk, sender: Sender, deliverer: Deliverer, inline: Inline | None = None) -> None:
        self._desk = desk
        self._inbox = desk.store.inbox
        self._sender = sender
        self._handler = UpdateHandler(desk, sender, deliverer, inline)
        self._owner = owner_of(desk.process, sender.channel)
        self._awake = asyncio.Event()
        self._is_stopping = False
        self._has_ended = asyncio.Event()
        self._has_ended.set()
        self._at_work: dict[int, asyncio.Task[None]] = {}
        self._ways: dict[int, Way] = {}
        self._ended: dict[int, Ended] = {}
        """Done with, but the store could not be told: told as soon as it is back, and not answered again meanwhile."""

    @property
    def channel(self) -> str:
        return self._sender.channel

    def wake(self) -> None:
        """There may be something to do."""
        self._awake.set()

    def in_hand(self) -> tuple[asyncio.Task[None], ...]:
        """What is being worked on."""
        return tuple(self._at_work.values())

    async def run(self) -> None:
        """Until `stop` is called, or cancelled."""
        renewing = asyncio.create_task(self._renew())
        self._has_ended.clear()
        try:
            while not self._is_stopping:
                self._awake.clear()
                claimed = await self._claim()
                if self._was_told_to_stop():
                    break
                for task in claimed:
                    self._at_work[task.id] = asyncio.create_task(self._work(task))
                self._desk.metrics.working.labels(self.channel).set(len(self._at_work))
                if not claimed:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_LOOK_SECONDS):
                            await self._awake.wait()
        finally:
            self._has_ended.set()
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def stop(self, seconds: float) -> None:
        """Take nothing up any more, finish what is in hand if it takes no longer than that, and leave the rest."""
        self._is_stopping = True
        self._awake.set()
        # What it is claiming at this moment has to be known before it is given back.
        await self._has_ended.wait()
        if self._at_work:
            _, unfinished = await asyncio.wait(self._at_work.values(), timeout=seconds)
            for work in unfinished:
                work.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        await self._close_ended()
        with suppress(StoreError):
            await self._inbox.release(self._owner)

    def _was_told_to_stop(self) -> bool:
        """Meanwhile: it may change with every wait."""
        return self._is_stopping

    async def _claim(self) -> tuple[Task, ...]:
        free = _MOST_AT_ONCE - len(self._at_work)
        if free <= 0:
            return ()
        now = self._desk.clock()
        try:
            claimed = await self._inbox.claim(self.channel, self._owner, now, now + _LEASE, free)
        except StoreError as error:
            _log.error("inbox_not_read", channel=self.channel, error=str(error))
            self._desk.metrics.failed(Call.READ)
            return ()
        return tuple(task for task in claimed if task.id not in self._at_work)

    async def _renew(self) -> None:
        """Keep what is in hand, and close what could not be closed."""
        ticks = asyncio.get_running_loop().time
        due = ticks() + _RENEW_SECONDS
        while True:
            await asyncio.sleep(_CATCH_UP_SECONDS)
            is_back = bool(self._ended) and await self._close_ended()
            # Once the store is back, nobody waits for the next turn: the leases have grown old meanwhile.
            if not is_back and ticks() < due:
                continue
            due = ticks() + _RENEW_SECONDS
            if mine := (*self._at_work, *self._ended):
                with suppress(StoreError):
                    await self._inbox.renew(self._owner, mine, self._desk.clock() + _LEASE)

    async def _close_ended(self) -> bool:
        """Whether the store has been told of all that is done with."""
        for number, ended in tuple(self._ended.items()):
            try:
                await self._inbox.close(number, ended.value, self._desk.clock())
            except StoreError:
                return False
            self._ended.pop(number, None)
        return True

    async def _work(self, task: Task) -> None:
        waited = (self._desk.clock() - task.received_at).total_seconds()
        self._ways[task.id] = Way(as_ms(waited))
        try:
            with following(code_of(task.update.channel, task.update.key)):
                await self._do(task, waited)
        finally:
            del self._ways[task.id]
            del self._at_work[task.id]
            self._awake.set()

    async def _do(self, task: Task, waited: float) -> None:
        _log.debug("message_taken_up", channel=self.channel, task=task.id, waiting_ms=as_ms(waited))
        if task.update.kind not in BY_ITSELF and task.reply is None:
            self._desk.metrics.steps.labels(Step.WAIT, self.channel).observe(max(waited, 0))
        try:
            ended = self._ended.get(task.id) or await self._handler.end_of(task, self._ways[task.id])
            if ended is not None:
                await self._close(task, ended)
            else:
                _log.debug("message_put_off", channel=self.channel, task=task.id)
        except StoreError as error:
            # Not answered: it stays open, and is claimed again when the lease has run out.
            _log.error("task_failed", channel=self.channel, task=task.id, error=str(error))
        except Exception as error:  # noqa: BLE001 - one update must not end the worker
            log_fault("task", error)
            await self._close(task, Ended.FAILED)

    async def _close(self, task: Task, ended: Ended) -> None:
        now = self._desk.clock()
        try:
            await self._inbox.close(task.id, ended.value, now)
            self._ended.pop(task.id, None)
        except StoreError as error:
            _log.error("store_write_failed", error=str(error))
            self._desk.metrics.failed(Call.WRITE)
            self._ended[task.id] = ended
        self._desk.metrics.closed.labels(self.channel, ended.value).inc()
        seconds = (now - task.received_at).total_seconds()
        self._desk.metrics.answered.labels(self.channel).observe(seconds)
        named = {"channel": self.channel, "task": task.id, "kind": task.update.kind.value, "ended": ended.value}
        _log.info("message_done", **named, ms=as_ms(seconds), **self._ways[task.id].values())
