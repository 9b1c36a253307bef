"""What the tests of the fakes share: a webhook, and a plain client that speaks JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.unit.fakes.webhook import Hook, hooked


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with hooked() as started:
        yield started


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as started:
        yield started
