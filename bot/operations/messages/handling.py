"""What one update asks for, done: answered, handed over to a clerk, said unasked, noted."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

import structlog

from bot.dialogue.choices import StartChoice
from bot.dialogue.guards import OffChannels
from bot.dialogue.messages import Incoming, Reply, Status
from bot.operations.messages.by_itself import morning_after, subject_of
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.delivering import Deliverer, Ended
from bot.operations.messages.pacing import Priority
from bot.operations.messages.receiving import Clock, Letter, letter_of
from bot.operations.messages.sending import Delivery, Sender
from bot.operations.messages.told_lately import ToldLately
from bot.operations.messages.way import Way
from bot.operations.metrics import Metrics
from bot.store.inbox import BY_ITSELF, FROM_THE_PERSON, Contact, Kind, Task
from bot.store.interface import Store

_log = structlog.get_logger(__name__)
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


class UpdateHandler:
    """Of one channel. `inline`: where the channel has it."""

    def __init__(self, desk: Desk, sender: Sender, deliverer: Deliverer, inline: Inline | None = None) -> None:
        self._desk = desk
        self._inbox = desk.store.inbox
        self._sender = sender
        self._deliverer = deliverer
        self._inline = inline
        self._told_too_fast = ToldLately()

    async def end_of(self, task: Task, way: Way) -> Ended | None:
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
                return await self._hand_over(task, way)
            case Kind.FOLLOW_UP | Kind.NOTICE:
                return await self._speak(task, way)
            case Kind.UNKNOWN:
                await self._inbox.put_off(task.id, self._desk.clock() + _FOR_A_NEWER_VERSION)
                return None
            case Kind.INLINE | Kind.MESSAGE | Kind.TAP | Kind.WELCOME:
                if self._desk.clock() > update.expires_at:
                    return Ended.TOO_OLD
                return await (self._answer_inline(task) if update.kind is Kind.INLINE else self._answer(task, way))

    async def _answer_inline(self, task: Task) -> Ended:
        if self._inline is not None and self._sender.channel not in self._desk.off:
            await self._inline(letter_of(task).incoming.text or "", task.update.address)
        return Ended.ANSWERED

    async def _hand_over(self, task: Task, way: Way) -> Ended | None:
        """A person of the authority has written: say so once, and be silent."""
        contact = await self._inbox.contact(task.update.person)
        if task.reply is not None:
            return await self._deliver(task, way, Reply.from_json(task.reply), contact)
        reply = await self._desk.clerk.takes_over(self._desk.store, task.update, contact)
        if reply is None:
            return Ended.NOTED
        await self._inbox.keep_reply(task.id, reply.to_json())
        return await self._deliver(task, way, reply, contact)

    async def _answer(self, task: Task, way: Way) -> Ended | None:
        contact = await self._inbox.contact(task.update.person)
        if task.reply is not None:
            # Of the update itself nothing is left but where it came from. Meanwhile a clerk may have answered.
            if self._desk.clerk.is_at_work(contact):
                return Ended.CLERK
            if contact is not None and contact.gone is not None:
                return Ended.GONE
            return await self._deliver(task, way, Reply.from_json(task.reply), contact)
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
        with way.timed("answering_ms"):
            reply = await self._desk.assistant.answer(incoming)
        _log.debug("message_answered", channel=self._sender.channel, task=task.id, status=reply.status.value)
        await telling
        if reply.status is Status.TOO_FAST and not self._told_too_fast.is_news(task.update.person, self._desk.clock()):
            return Ended.TOO_FAST
        return await self._deliver(task, way, reply, contact, letter.extra)

    async def _speak(self, task: Task, way: Way) -> Ended | None:
        """Say what nobody has asked for: by day, to who can be reached and is not talking to a clerk."""
        update, now = task.update, self._desk.clock()
        if now > update.expires_at:
            return Ended.TOO_OLD
        contact = await self._inbox.contact(update.person)
        if contact is None or contact.gone is not None:
            return Ended.GONE
        until = now + _WHILE_OFF if self._sender.channel in self._desk.off else morning_after(now)
        if self._desk.clerk.is_at_work(contact):
            until = contact.silent_until
        if until is not None and not task.is_attempted:
            await self._inbox.put_off(task.id, until)
            return None
        if update.kind is Kind.NOTICE:
            return await self._deliver(task, way, Reply.from_json(update.body), contact)
        reply = await self._question(task)
        return Ended.NOTED if reply is None else await self._deliver(task, way, reply, contact)

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
        self, task: Task, way: Way, reply: Reply, contact: Contact | None, extra: Mapping[str, str] | None = None
    ) -> Ended | None:
        """`extra`: what the channel said of the update; None where it is not known any more."""
        update = task.update
        is_tap = update.kind is Kind.TAP and extra is not None
        delivery = Delivery(update.address, reply, extra or {}, is_tap)
        times = [] if contact is None else [contact.last_seen]
        times += [update.sent_at] if update.kind in FROM_THE_PERSON else []
        priority = Priority.FOLLOW_UP if update.kind in BY_ITSELF else Priority.ANSWER
        way.status = reply.status
        with way.timed("sending_ms"):
            return await self._deliverer.deliver(task, delivery, max(times, default=None), priority)


async def _nothing() -> None:
    return None
