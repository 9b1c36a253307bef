"""The platforms as a load run sees them: what one brings, how it brings it again, what has reached people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks.channel_figures import Message
from tests.fakes.failures import JsonObject
from tests.integration.channels.town import Town

_DOUBLING = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0)
_FIVE_TIMES = (10.0,) * 5
"""Zalo's own pauses, half a minute and then minutes, are too long for a run of two."""


@dataclass(frozen=True, slots=True)
class Load:
    """`people` say `each` things one after the other, all of them together `per_second`, evenly."""

    per_second: float
    people: int
    each: int = 4

    @property
    def updates(self) -> int:
        return self.people * self.each

    @property
    def seconds(self) -> float:
        return self.updates / self.per_second


@dataclass(frozen=True, slots=True)
class Platform:
    """`event(number, text)`: what person `number` says. `push(event, retry)`: bring it, for which time; the status.

    `pauses`: seconds before it is brought again. `connections`: the most at once. `is_in_turn`: what a person says is
    brought when the thing before it was accepted. `since(count)`: the messages after the first so many.
    """

    name: str
    event: Callable[[int, str], JsonObject]
    push: Callable[[JsonObject, int], Awaitable[int]]
    since: Callable[[int], Sequence[Message]]
    path: str
    burst: Load
    calm: Load
    pauses: tuple[float, ...]
    connections: int = 1000
    is_in_turn: bool = True

    def pause(self, tries: int) -> float | None:
        """Before it is brought again after so many tries; None: it is given up."""
        return self.pauses[tries - 1] if tries <= len(self.pauses) else None


BURST = Load(200, 250)
CALM = Load(20, 40)


def telegram(town: Town) -> Platform:
    """Its server keeps a queue for each chat, opens at most 40 connections, and repeats at once, after 2 s, 4 s, …"""
    fake = town.telegram
    fake.chats.enforce_rates = True

    async def push(event: JsonObject, _: int) -> int:
        return await fake.push(event)

    def since(count: int) -> list[Message]:
        sent = (one for one in fake.sent[count:] if one.method == "sendMessage")
        return [Message(str(one.chat_id), heading(one.shown), one.at) for one in sent]

    return Platform("telegram", fake.message, push, since, "telegram", BURST, CALM, _DOUBLING, connections=40)


def zalo_oa(town: Town) -> Platform:
    """It says for which time it brings an event, and promises no order."""
    fake = town.zalo_oa
    fake.calls_per_minute = 4000

    async def push(event: JsonObject, retry: int) -> int:
        return await fake.push(event, retry=retry)

    def since(count: int) -> list[Message]:
        return [Message(one.user_id, heading(one.text), one.at) for one in fake.sent[count:]]

    def event(number: int, text: str) -> JsonObject:
        return fake.text(str(number), text)

    return Platform("zalo_oa", event, push, since, "zalo-oa", BURST, CALM, _FIVE_TIMES, is_in_turn=False)


def zalo_bot(town: Town) -> Platform:
    """How it repeats is not documented: taken to be as Telegram does. At most 50 people use a bot."""
    fake = town.zalo_bot

    async def push(event: JsonObject, _: int) -> int:
        return await fake.push(event)

    def since(count: int) -> list[Message]:
        return [Message(one.chat_id, heading(one.text), one.at) for one in fake.sent[count:]]

    def event(number: int, text: str) -> JsonObject:
        return fake.text(str(number), text)

    return Platform("zalo_bot", event, push, since, "zalo-bot", Load(40, 40), Load(4, 8), _DOUBLING)


PLATFORMS: dict[str, Callable[[Town], Platform]] = {"telegram": telegram, "zalo_oa": zalo_oa, "zalo_bot": zalo_bot}


def heading(text: str | None) -> str:
    return (text or "").partition("\n")[0]
