"""Keepers of tokens over a registry in memory, and what they ask for tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.tokens import Pause, TokenKeeper
from bot.operations.messages.sending import NotSentError
from bot.store.registry import Tokens
from tests.log import Log
from tests.unit.channels.zalo_oa.platform import (
    NOW,
    Clock,
    MemoryRegistry,
    pair,
)

ENDED = replace(pair(), expires_at=NOW)


class Address:
    """Token addresses as a function, where no wire is needed. `asked`: the refresh tokens that came."""

    def __init__(self, answer: Callable[[], Tokens]) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def renew(self, refresh: str) -> Tokens:
        self.asked.append(refresh)
        await asyncio.sleep(0)
        return self.answer()


def raising(error: Exception) -> Callable[[], Tokens]:
    def answer() -> Tokens:
        raise error

    return answer


def keeper(
    registry: MemoryRegistry,
    address: Address | TokenAddress,
    clock: Clock | None = None,
    first: Tokens | None = None,
    holder: str = "me",
    pause: Pause | None = None,
) -> TokenKeeper:
    clock = clock or Clock()
    return TokenKeeper(registry, "account", first, address, clock, pause or clock.pause, holder)


async def failure(given: TokenKeeper) -> NotSentError:
    with pytest.raises(NotSentError) as raised:
        await given.access()
    return raised.value


def alarms(log: Log) -> list[object]:
    """Why an administrator was called."""
    return [line["reason"] for line in log.lines() if line["event"] == "zalo_needs_administrator"]
