from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.telegram.checks import examine
from bot.operations.findings import Finding, State
from tests.fakes.failures import BAD_GATEWAY, Failure
from tests.fakes.telegram import FakeTelegram
from tests.unit.channels.telegram.configured import HOOK, settings_with

PUBLIC = "https://hoidap.example.gov.vn"
URL = f"{PUBLIC}/webhooks/telegram"
WORKS = Finding("telegram", State.OK, "the token works; the bot is @dvc_mau_bot")
COPY = "Copy the token that @BotFather gave into TELEGRAM_BOT_TOKEN."
REACH = "See docs/ket-noi-telegram.md: in Vietnam a proxy may be needed (TELEGRAM_PROXY)."


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(secret=HOOK) as telegram:
        yield telegram


async def found(fake: FakeTelegram, **others: Any) -> list[Finding]:
    given = {
        "telegram_bot_token": fake.token,
        "telegram_base_url": fake.url,
        "telegram_bot_username": "dvc_mau_bot",
        "telegram_webhook_secret": HOOK,
        "public_url": PUBLIC,
    }
    return await examine(settings_with(**given | others))


def broken(what: str, mend: str) -> Finding:
    return Finding("telegram", State.BROKEN, what, mend)


async def test_all_is_well(fake: FakeTelegram) -> None:
    fake.webhook_url = URL
    assert await found(fake) == [WORKS, Finding("telegram", State.OK, f"updates come to {URL}; 0 wait")]


async def test_all_is_well_on_a_laptop(fake: FakeTelegram) -> None:
    polled = Finding("telegram", State.OK, "updates are asked for (polling)")
    assert await found(fake, telegram_mode="polling", public_url=None) == [WORKS, polled]


@pytest.mark.parametrize("token", ["123456:WRONG", "123456", "123456:TEST/x"])
async def test_a_wrong_token(fake: FakeTelegram, token: str) -> None:
    assert await found(fake, telegram_bot_token=token) == [broken("Telegram does not accept TELEGRAM_BOT_TOKEN", COPY)]


async def test_no_token(fake: FakeTelegram) -> None:
    what = "TELEGRAM_BOT_TOKEN: is not set; @BotFather gives it"
    assert await found(fake, telegram_bot_token=None) == [broken(what, COPY)]


async def test_a_token_that_is_revoked_while_it_is_looked_at(fake: FakeTelegram) -> None:
    revoked = Failure(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    fake.fail_next("getWebhookInfo", revoked)
    assert await found(fake) == [WORKS, broken("Telegram does not accept TELEGRAM_BOT_TOKEN", COPY)]


async def test_telegram_is_not_reached(fake: FakeTelegram) -> None:
    assert await found(fake, telegram_base_url="http://127.0.0.1:1") == [
        broken("Telegram cannot be reached: ConnectError", REACH)
    ]


@pytest.mark.parametrize("method", ["getMe", "getWebhookInfo"])
async def test_something_else_answers(fake: FakeTelegram, method: str) -> None:
    fake.fail_next(method, BAD_GATEWAY)
    seen = [] if method == "getMe" else [WORKS]
    assert await found(fake) == [*seen, broken("no answer of Telegram: TelegramError", REACH)]


@pytest.mark.parametrize("username", [None, "another_bot"])
async def test_another_name_and_no_inline_answers(fake: FakeTelegram, username: str | None) -> None:
    fake.webhook_url = URL
    me = fake.bot | {"supports_inline_queries": False}
    fake.fail_next("getMe", Failure(200, {"ok": True, "result": me}))
    assert await found(fake, telegram_bot_username=username) == [
        WORKS,
        Finding(
            "telegram",
            State.WARNING,
            "TELEGRAM_BOT_USERNAME is not the bot's name, so pages and groups do not find it",
            "Set TELEGRAM_BOT_USERNAME=dvc_mau_bot",
        ),
        Finding(
            "telegram",
            State.WARNING,
            "the bot answers nothing in other conversations",
            "Send /setinline to @BotFather, if cards are to be shared from any conversation.",
        ),
        Finding("telegram", State.OK, f"updates come to {URL}; 0 wait"),
    ]


async def test_a_webhook_stops_the_polling(fake: FakeTelegram) -> None:
    fake.webhook_url = URL
    assert await found(fake, telegram_mode="polling") == [
        WORKS,
        broken(f"a webhook is set ({URL}), so nothing can be asked for", "python -m bot webhook delete"),
    ]


@pytest.mark.parametrize(
    ("others", "url", "what", "mend"),
    [
        (
            {"public_url": None},
            None,
            f"PUBLIC_URL: is not set, so Telegram cannot be told where to send; for example PUBLIC_URL={PUBLIC}",
            "Set PUBLIC_URL, or TELEGRAM_MODE=polling on a laptop.",
        ),
        (
            {"telegram_webhook_secret": None},
            URL,
            "TELEGRAM_WEBHOOK_SECRET is not set: every update is refused",
            "Put a line printed by `openssl rand -hex 32` into it, then: python -m bot webhook set",
        ),
        ({}, None, "Telegram does not know where to bring updates", "python -m bot webhook set"),
        (
            {},
            "https://old.example.vn/x",
            "Telegram brings updates to https://old.example.vn/x",
            "python -m bot webhook set",
        ),
    ],
)
async def test_updates_do_not_come(
    fake: FakeTelegram, others: dict[str, Any], url: str | None, what: str, mend: str
) -> None:
    fake.webhook_url = url
    assert await found(fake, **others) == [WORKS, broken(what, mend)]


async def test_a_failure_of_the_webhook_is_told(fake: FakeTelegram) -> None:
    info = {"url": URL, "has_custom_certificate": False, "pending_update_count": 3}
    failed = {"last_error_date": 1719990853, "last_error_message": "Connection timed out"}
    fake.fail_next("getWebhookInfo", Failure(200, {"ok": True, "result": info | failed}))
    assert await found(fake) == [
        WORKS,
        Finding("telegram", State.OK, f"updates come to {URL}; 3 wait"),
        Finding(
            "telegram",
            State.WARNING,
            "the last failure was at 2024-07-03 14:14 (Vietnam): Connection timed out",
            "If it is old, all is well. Else look at the proxy before this server and its certificate.",
        ),
    ]
