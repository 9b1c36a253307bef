from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.zalo_bot.checks import examine
from bot.operations.findings import Finding, State
from bot.settings import Settings
from tests.fakes.failures import Failure
from tests.fakes.zalo_bot import FakeZaloBot

PUBLIC = "https://hoidap.example.gov.vn"
URL = f"{PUBLIC}/webhooks/zalo-bot"
WORKS = Finding("zalo_bot", State.OK, "the token works; the bot is bot.VDKyGxQvc")
COPY = "Copy the token that Zalo Bot Creator gave into ZALO_BOT_TOKEN."
REACH = "Look at the network, ZALO_BOT_BASE and ZALO_PROXY."
SET = "python -m bot webhook set --channel zalo-bot"


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as zalo:
        yield zalo


async def found(fake: FakeZaloBot, **others: Any) -> list[Finding]:
    given: dict[str, Any] = {
        "_env_file": None,
        "zalo_bot_token": fake.token,
        "zalo_bot_base": fake.url,
        "zalo_bot_webhook_secret": fake.secret,
        "public_url": PUBLIC,
    }
    return await examine(Settings(**given | others))


def broken(what: str, mend: str) -> Finding:
    return Finding("zalo_bot", State.BROKEN, what, mend)


async def test_all_is_well(fake: FakeZaloBot) -> None:
    fake.webhook_url = URL
    assert await found(fake) == [WORKS, Finding("zalo_bot", State.OK, f"updates come to {URL}")]


async def test_all_is_well_on_a_laptop(fake: FakeZaloBot) -> None:
    polled = Finding("zalo_bot", State.OK, "updates are asked for (polling)")
    assert await found(fake, zalo_bot_mode="polling", public_url=None) == [WORKS, polled]


async def test_no_token_is_no_fault(fake: FakeZaloBot) -> None:
    assert await found(fake, zalo_bot_token=None) == []


@pytest.mark.parametrize("real_statuses", [True, False])
async def test_a_wrong_token(fake: FakeZaloBot, *, real_statuses: bool) -> None:
    fake.real_statuses = real_statuses
    what = "Zalo Bot answered 401 Unauthorized"
    assert await found(fake, zalo_bot_token="1:WRONG") == [broken(what, COPY)]


async def test_zalo_is_not_reached(fake: FakeZaloBot) -> None:
    assert await found(fake, zalo_bot_base="http://127.0.0.1:1") == [
        broken("Zalo Bot cannot be reached: ClientConnectorError", REACH)
    ]


@pytest.mark.parametrize("method", ["getMe", "getWebhookInfo"])
@pytest.mark.parametrize("status", [502, 401])
async def test_something_else_answers(fake: FakeZaloBot, method: str, status: int) -> None:
    fake.fail_next(method, Failure(status, "<html><h1>The proxy wants a name</h1></html>"))
    seen = [] if method == "getMe" else [WORKS]
    assert await found(fake) == [*seen, broken(f"Zalo Bot answered {status} without saying why", REACH)]


async def test_a_webhook_stops_the_polling(fake: FakeZaloBot) -> None:
    fake.webhook_url = URL
    assert await found(fake, zalo_bot_mode="polling") == [
        WORKS,
        broken(
            f"a webhook is set ({URL}), so nothing can be asked for", "python -m bot webhook delete --channel zalo-bot"
        ),
    ]


@pytest.mark.parametrize(
    ("others", "url", "what", "mend"),
    [
        (
            {"public_url": None},
            None,
            f"PUBLIC_URL: is not set, so Zalo cannot be told where to send; for example PUBLIC_URL={PUBLIC}",
            "Set PUBLIC_URL, or ZALO_BOT_MODE=polling on a laptop.",
        ),
        (
            {"zalo_bot_webhook_secret": None},
            URL,
            "ZALO_BOT_WEBHOOK_SECRET is not set: every update is refused",
            f"Put a line printed by `openssl rand -hex 32` into it, then: {SET}",
        ),
        ({}, None, "Zalo does not know where to bring updates", SET),
        ({}, "https://old.example.vn/x", "Zalo brings updates to https://old.example.vn/x", SET),
    ],
)
async def test_updates_do_not_come(
    fake: FakeZaloBot, others: dict[str, Any], url: str | None, what: str, mend: str
) -> None:
    fake.webhook_url = url
    assert await found(fake, **others) == [WORKS, broken(what, mend)]
