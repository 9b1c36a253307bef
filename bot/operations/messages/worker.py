"""Answering what is in the inbox of one channel: each person's updates in their order, many people at once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

import structlog

from bot.dialogue.choices import StartChoice
from bot.dialogue.guards import OffChannels
from bot.dialogue.message_code import code_of, following
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.messages.by_itself import morning_after, subject_of
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.delivering import Deliverer, Ended
from bot.operations.messages.pacing import Priority
from bot.operations.messages.receiving import Clock, Letter, letter_of
from bot.operations.messages.sending import Delivery, Sender
from bot.operations.messages.told_lately import ToldLately
from bot.operations.messages.way import Way, as_ms
from bot.operations.metrics import Metrics, Step
from bot.store.inbox import BY_ITSELF, FROM_THE_PERSON, Contact, Kind, Task
from bot.store.interface import Store
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
_WHILE_OFF = timedelta(minutes=5)
_FOR_A_NEWER_VERSION = timedelta(minutes=1)


class Answers(Protocol):
    async def answer(self, incoming: Incoming) -> Reply: ...


Inline = Callable[[str, str], Awaitable[None]]
"""Answers the words (first) typed in another conversation, at their address. Never raises."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a worker works with, the same for every channel. `off`: the channels that are switched off.

    `process`: the id of this process among those on the same store.
    """

    store: Store
    assistant: Answers
    clerk: Clerk
    metrics: Metrics
    clock: Clock
    off: OffChannels
    process: str = field(default_factory=lambda: secrets.token_hex(8))


class Worker:
    """Runs until it is stopped. What it has in hand when the process dies is taken up again once that is noticed."""

    def __init__(self, desk: Desk, sender: Sender, deliverer: Deliverer, inline: Inline | None = None) -> None:
        self._desk = desk
        self._inbox = desk.store.inbox
        self._sender = sender
        self._deliverer = deliverer
        self._inline = inline
        self._owner = owner_of(desk.process, sender.channel)
        self._awake = asyncio.Event()
        self._is_stopping = False
        self._has_ended = asyncio.Event()
        self._has_ended.set()
        self._at_work: dict[int, asyncio.Task[None]] = {}
        self._ways: dict[int, Way] = {}
        self._ended: dict[int, Ended] = {}
        """Done with, but the store could not be told: told as soon as it is back, and not answered again meanwhile."""
        self._told_too_fast = ToldLately()

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
            ended = self._ended.get(task.id) or await self._end_of(task)
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

    async def _end_of(self, task: Task) -> Ended | None:
        """Do what the update asks for; None where it is to be tried again later."""
        update = task.update
        match update.kind:
            case Kind.LEFT:
                await self._inbox.mark_gone(update.person, "left", update.sent_at)
                return Ended.NOTED
            case Kind.RETURNED:
                return Ended.NOTED
            case Kind.WITHDRAWN:
                await self._desk.store.erase(update.person, self._desk.clock())
                await self._inbox.close_earlier(task.id, update.person, Ended.GONE.value, self._desk.clock())
                return Ended.NOTED
            case Kind.CLERK:
                return await self._hand_over(task)
            case Kind.FOLLOW_UP | Kind.NOTICE:
                return await self._speak(task)
            case Kind.UNKNOWN:
                await self._inbox.put_off(task.id, self._desk.clock() + _FOR_A_NEWER_VERSION)
                return None
            case Kind.INLINE | Kind.MESSAGE | Kind.TAP | Kind.WELCOME:
                if self._desk.clock() > update.expires_at:
                    return Ended.TOO_OLD
                return await (self._answer_inline(task) if update.kind is Kind.INLINE else self._answer(task))

    async def _answer_inline(self, task: Task) -> Ended:
        if self._inline is not None and self.channel not in self._desk.off:
            await self._inline(letter_of(task).incoming.text or "", task.update.address)
        return Ended.ANSWERED

    async def _hand_over(self, task: Task) -> Ended | None:
        """A person of the authority has written: say so once, and be silent."""
        contact = await self._inbox.contact(task.update.person)
        if task.reply is not None:
            return await self._deliver(task, Reply.from_json(task.reply), contact)
        reply = await self._desk.clerk.takes_over(self._desk.store, task.update, contact)
        if reply is None:
            return Ended.NOTED
        await self._inbox.keep_reply(task.id, reply.to_json())
        return await self._deliver(task, reply, contact)

    async def _answer(self, task: Task) -> Ended | None:
        contact = await self._inbox.contact(task.update.person)
        if task.reply is not None:
            # Of the update itself nothing is left but where it came from. Meanwhile a clerk may have answered.
            if self._desk.clerk.is_at_work(contact):
                return Ended.CLERK
            if contact is not None and contact.gone is not None:
                return Ended.GONE
            return await self._deliver(task, Reply.from_json(task.reply), contact)
        letter = letter_of(task)
        telling = self._acknowledge(task, letter)
        incoming = letter.incoming
        if self._desk.clerk.is_at_work(contact):
            wanted = self._desk.clerk.called_back(incoming)
            if wanted is None:
                await telling
                return Ended.CLERK
            await self._inbox.silence(task.update, None)
            incoming = wanted
        if task.update.kind is Kind.WELCOME:
            incoming = replace(incoming, text=None, choice=str(StartChoice()))
        with self._ways[task.id].timed("answering_ms"):
            reply = await self._desk.assistant.answer(incoming)
        _log.debug("message_answered", channel=self.channel, task=task.id, status=reply.status.value)
        await telling
        if reply.status is Status.TOO_FAST and not self._told_too_fast.is_news(task.update.person, self._desk.clock()):
            return Ended.TOO_FAST
        return await self._deliver(task, reply, contact, letter.extra)

    async def _speak(self, task: Task) -> Ended | None:
        """Say what nobody has asked for: by day, to who can be reached and is not talking to a clerk."""
        update, now = task.update, self._desk.clock()
        if now > update.expires_at:
            return Ended.TOO_OLD
        contact = await self._inbox.contact(update.person)
        if contact is None or contact.gone is not None:
            return Ended.GONE
        until = now + _WHILE_OFF if self.channel in self._desk.off else morning_after(now)
        if self._desk.clerk.is_at_work(contact):
            until = contact.silent_until
        if until is not None and not task.is_attempted:
            await self._inbox.put_off(task.id, until)
            return None
        if update.kind is Kind.NOTICE:
            return await self._deliver(task, Reply.from_json(update.body), contact)
        reply = await self._question(task)
        return Ended.NOTED if reply is None else await self._deliver(task, reply, contact)

    async def _question(self, task: Task) -> Reply | None:
        """How something went, as the assistant asks; None where it does not ask any more."""
        if task.reply is not None:
            reply = Reply.from_json(task.reply)
        else:
            update = task.update
            about = subject_of(update)
            reply = await self._desk.assistant.answer(
                Incoming(update.channel, "", person=update.person, ask=about, task=task.id)
            )
        return reply if reply.status is Status.ASKED_TO_RATE else None

    def _acknowledge(self, task: Task, letter: Letter) -> Awaitable[None]:
        """The platform hears of a tap while the answer is being found, and always before it is sent."""
        if task.update.kind is Kind.TAP:
            return asyncio.create_task(self._sender.acknowledge(letter.extra))
        return _nothing()

    async def _deliver(
        self, task: Task, reply: Reply, contact: Contact | None, extra: Mapping[str, str] | None = None
    ) -> Ended | None:
        """`extra`: what the channel said of the update; None where it is not known any more."""
        update = task.update
        is_tap = update.kind is Kind.TAP and extra is not None
        delivery = Delivery(update.address, reply, extra or {}, is_tap)
        times = [] if contact is None else [contact.last_seen]
        times += [update.sent_at] if update.kind in FROM_THE_PERSON else []
        priority = Priority.FOLLOW_UP if update.kind in BY_ITSELF else Priority.ANSWER
        self._ways[task.id].status = reply.status
        with self._ways[task.id].timed("sending_ms"):
            return await self._deliverer.deliver(task, delivery, max(times, default=None), priority)


async def _nothing() -> None:
    return None
