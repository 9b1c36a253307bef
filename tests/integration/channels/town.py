"""The platforms, faked, and the assistant as an operator starts it, talking to each other over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.process import Server, serving
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_bot import FakeZaloBot
from tests.fakes.zalo_oa import FakeZaloOA

TELEGRAM_TOKEN = "123456:TEST-of-the-town"
ZALO_BOT_TOKEN = "987:TEST-of-the-town"
SECRET = "a-secret-of-the-town"
APP_SECRET = "the-app-of-the-town"
BOT_NAME = "town_test_bot"


@dataclass(frozen=True, slots=True)
class Town:
    """`data`: the folder of the assistant's file. `settings`: its environment, to start it again."""

    telegram: FakeTelegram
    zalo_oa: FakeZaloOA
    zalo_bot: FakeZaloBot
    data: Path
    settings: dict[str, str]


@asynccontextmanager
async def open_town(data: Path, **settings: str) -> AsyncIterator[Town]:
    """The platforms, and the settings with which the assistant finds them."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram(token=TELEGRAM_TOKEN, secret=SECRET))
        zalo_oa = await stack.enter_async_context(FakeZaloOA(app_secret=APP_SECRET))
        zalo_bot = await stack.enter_async_context(FakeZaloBot(token=ZALO_BOT_TOKEN, secret=SECRET))
        yield Town(
            telegram,
            zalo_oa,
            zalo_bot,
            data,
            {
                "TELEGRAM_BOT_TOKEN": TELEGRAM_TOKEN,
                "TELEGRAM_BOT_USERNAME": BOT_NAME,
                "TELEGRAM_WEBHOOK_SECRET": SECRET,
                "TELEGRAM_BASE_URL": telegram.url,
                "ZALO_OA_APP_ID": zalo_oa.app_id,
                "ZALO_OA_SECRET_KEY": APP_SECRET,
                "ZALO_OA_WEBHOOK_KEY": zalo_oa.oa_secret,
                "ZALO_OA_ACCESS_TOKEN": zalo_oa.tokens.access,
                "ZALO_OA_REFRESH_TOKEN": zalo_oa.tokens.refresh,
                "ZALO_OAUTH_BASE": zalo_oa.oauth_base,
                "ZALO_OPENAPI_BASE": zalo_oa.openapi_base,
                "ZALO_BOT_TOKEN": ZALO_BOT_TOKEN,
                "ZALO_BOT_WEBHOOK_SECRET": SECRET,
                "ZALO_BOT_BASE": zalo_bot.url,
                "METRICS_TOKEN": SECRET,
            }
            | settings,
        )


@asynccontextmanager
async def at_work(town: Town) -> AsyncIterator[Server]:
    """The assistant in a process of its own; the platforms call it from now on."""
    with ExitStack() as stack:
        # Started in a thread: the platforms go on answering meanwhile.
        server = await asyncio.to_thread(stack.enter_context, serving(town.data, **town.settings))
        town.telegram.webhook_url = f"{server.url}/webhooks/telegram"
        town.zalo_oa.webhook_url = f"{server.url}/webhooks/zalo-oa"
        town.zalo_bot.webhook_url = f"{server.url}/webhooks/zalo-bot"
        yield server
