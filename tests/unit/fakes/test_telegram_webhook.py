"""The fake of Telegram brings updates to a webhook."""

from __future__ import annotations

import json

import pytest
from telegram import Bot
from telegram.error import BadRequest
from yarl import URL

from tests.fakes.server import NO_ANSWER
from tests.fakes.telegram import SECRET_HEADER, FakeTelegram
from tests.unit.fakes.webhook import Hook, hooked


async def test_an_update_comes_with_the_secret(hook: Hook) -> None:
    async with FakeTelegram(secret="hook-secret") as fake:
        fake.webhook_url = hook.url
        update = fake.message(111, "Đăng ký khai sinh")
        assert await fake.push(update) == 200
    assert [json.loads(body) for _, body in hook.got] == [update]
    assert hook.header(SECRET_HEADER) == ["hook-secret"]


async def test_the_address_that_is_set_is_reached_through_the_front(hook: Hook) -> None:
    async with FakeTelegram() as fake, Bot(fake.token, base_url=fake.base_url) as bot:
        with pytest.raises(BadRequest, match="an https url must be provided"):
            await bot.set_webhook(hook.url)
        await bot.set_webhook("https://bot.example.gov.vn/hook", secret_token="s3", allowed_updates=["message"])
        assert (await bot.get_webhook_info()).url == "https://bot.example.gov.vn/hook"
        with pytest.raises(LookupError, match="another machine"):
            await fake.push(fake.message(111, "một"))
        fake.front = str(URL(hook.url).origin())
        assert await fake.push(fake.message(111, "một")) == 200
        with pytest.raises(LookupError, match="did not ask for inline_query"):
            await fake.push(fake.inline(111, "một"))
        await bot.delete_webhook()
        with pytest.raises(LookupError, match="no webhook"):
            await fake.push(fake.message(111, "một"))
    assert hook.header(SECRET_HEADER) == ["s3"]


async def test_it_comes_again_until_it_is_accepted(hook: Hook) -> None:
    hook.statuses = [503, 500, 204]
    async with FakeTelegram() as fake:
        fake.webhook_url = hook.url
        assert await fake.push_until_accepted(fake.message(111, "một"), tries=5, pause=0) == 204
    assert [delivery.status for delivery in fake.deliveries] == [503, 500, 204]
    assert len({body for _, body in hook.got}) == 1


async def test_no_one_answers() -> None:
    async with hooked() as gone:
        url = gone.url
    async with FakeTelegram() as fake:
        fake.webhook_url = url
        assert await fake.push_until_accepted(fake.message(111, "một"), tries=2, pause=0) == NO_ANSWER
