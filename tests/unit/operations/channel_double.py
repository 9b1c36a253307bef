"""A channel that sends into a list, and fails as it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.dialogue.messages import Incoming, Reply, Status
from bot.operations.messages.sending import Delivery
from bot.store.inbox import Kind, Update
from bot.store.interface import Answered, Event, Record, Store

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Clock:
    """The time, moved by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class ListSender:
    """`sent`: address, text and part of what has reached the platform, in order. `failures`: raised, one a call.

    A failure that is an UncertainError reaches the platform all the same. `gates`: addresses that are slow, and what
    lets them go on.
    """

    channel: str = "test"
    window: timedelta | None = None
    parts: int = 1
    sent: list[tuple[str, str, int]] = field(default_factory=list)
    acknowledged: list[Mapping[str, str]] = field(default_factory=list)
    failures: list[Exception | None] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)

    def lane(self, address: str) -> str:
        return address.partition(":")[0]

    def count_parts(self, delivery: Delivery) -> int:  # noqa: ARG002 - as a channel is asked
        return self.parts

    async def acknowledge(self, extra: Mapping[str, str]) -> None:
        self.acknowledged.append(extra)

    async def send(self, delivery: Delivery, part: int) -> None:
        if gate := self.gates.get(delivery.address):
            await gate.wait()
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        self.sent.append((delivery.address, delivery.reply.text, part))

    async def close(self) -> None:
        return None


@dataclass(slots=True)
class Echo:
    """An assistant that repeats what it is told, and keeps its answer as the real one does.

    `heard`: the messages, in order. `asks`: what it says where it is to ask how something went.
    """

    store: Store
    heard: list[Incoming] = field(default_factory=list)
    status: Status = Status.ANSWERED
    asks: Status = Status.ASKED_TO_RATE

    async def answer(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        if incoming.ask is not None:
            reply = Reply(self.asks, f"How was {incoming.ask.code}?")
        else:
            reply = Reply(self.status, incoming.text or incoming.choice or "")
        event = Event(NOW, incoming.channel, incoming.person or incoming.user, reply.status.value, (), "v1")
        answered = None if incoming.task is None else Answered(incoming.task, reply.to_json())
        await self.store.record(Record(event, "state", None, answered))
        return reply


def update(key: str, person: str = "p", text: str = "", kind: Kind = Kind.MESSAGE, life: timedelta = HOUR) -> Update:
    """An update that says `text` (else its key); a tap chooses it."""
    name = "choice" if kind is Kind.TAP else "text"
    body = f'{{"user": "{person}", "extra": {{"id": "{key}"}}, "{name}": "{text or key}"}}'
    return Update("test", key, person, f"@{person}", kind, body, NOW, NOW + life)
