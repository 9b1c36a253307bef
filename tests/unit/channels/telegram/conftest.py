from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.client import Client, build_bot, close
from tests.unit.channels.telegram.configured import connected
from tests.unit.channels.telegram.platform import Platform, platform


@pytest.fixture(autouse=True)
def times_as_the_client_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `build_bot` sets for the whole process ends with the test."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def telegram() -> AsyncIterator[Platform]:
    async with platform() as made:
        yield made


@pytest.fixture
async def bot(telegram: Platform) -> AsyncIterator[Client]:
    made = build_bot(connected(telegram_base_url=telegram.url))
    yield made
    await close(made)
