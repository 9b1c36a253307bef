"""The fake of Zalo's Bot Platform."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from tests.fakes import zalo_bot_failures as failures
from tests.fakes.clock import Clock
from tests.fakes.failures import Failure, JsonObject
from tests.fakes.payloads import payload
from tests.fakes.zalo_bot import SECRET_HEADER, FakeZaloBot
from tests.fakes.zalo_bot_events import enveloped
from tests.unit.fakes.webhook import Hook

ADA = "6ede9afa66b88fe6d6a9"
ADDRESS = "https://bot.example.gov.vn/hook"


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot(clock=Clock()) as started:
        yield started


@pytest.fixture
def call(fake: FakeZaloBot, client: aiohttp.ClientSession) -> Callable[..., asyncio.Future[JsonObject]]:
    async def post(method: str, **fields: object) -> JsonObject:
        async with client.post(f"{fake.base_url}{fake.token}/{method}", json=fields) as answer:
            body: JsonObject = await answer.json()
            assert answer.status == (body.get("error_code", 200) if fake.real_statuses else 200)
            return body

    return lambda method, **fields: asyncio.ensure_future(post(method, **fields))


Call = Callable[..., asyncio.Future[JsonObject]]


async def test_a_message_is_recorded(fake: FakeZaloBot, call: Call) -> None:
    answer = await call("sendMessage", **payload("zalo_bot/send_message"))
    (sent,) = fake.sent
    assert answer == {"ok": True, "result": {"message_id": sent.message_id, "date": 1719990853474}}
    assert (sent.chat_id, sent.text, sent.fields["parse_mode"]) == (
        ADA,
        payload("zalo_bot/send_message")["text"],
        "markdown",
    )
    assert await call("sendChatAction", **payload("zalo_bot/send_chat_action")) == {"ok": True}
    assert await call("getMe") == payload("zalo_bot/get_me_ok")


@pytest.mark.parametrize("text", ["", " ", "x" * 2001, 1])
async def test_a_text_has_one_to_two_thousand_characters(fake: FakeZaloBot, call: Call, text: object) -> None:
    assert (await call("sendMessage", chat_id=ADA, text=text))["error_code"] == 400
    assert fake.sent == []
    assert (await call("sendMessage", chat_id=ADA, text="x" * 2000))["ok"]


async def test_errors_may_have_real_statuses(fake: FakeZaloBot, call: Call) -> None:
    fake.quota = 1
    fake.real_statuses = True
    assert (await call("sendMessage", chat_id=ADA, text="x"))["ok"]
    assert await call("sendMessage", chat_id=ADA, text="x") == payload("zalo_bot/error_429")
    assert (await call("sendNothing"))["error_code"] == 404
    fake.token = "1:OTHER"
    assert (await call("getMe"))["ok"]


async def test_a_wrong_token_is_refused(fake: FakeZaloBot, client: aiohttp.ClientSession) -> None:
    async with client.post(f"{fake.base_url}OTHER/getMe") as answer:
        assert await answer.json() == payload("zalo_bot/error_401")


async def test_updates_come_one_at_a_time_or_not_at_all(fake: FakeZaloBot, call: Call) -> None:
    assert await call("getUpdates", timeout=0) == payload("zalo_bot/get_updates_idle_408")
    events = [fake.text(ADA, "một"), fake.text(ADA, "hai")]
    waiting = call("getUpdates", timeout=5)
    for event in events:
        fake.queue(event)
    assert [await waiting, await call("getUpdates")] == [enveloped(event) for event in events]
    await call("setWebhook", **payload("zalo_bot/set_webhook"))
    assert (await call("getUpdates"))["error_code"] == 409


async def test_a_webhook_must_be_https_with_a_secret(fake: FakeZaloBot, call: Call) -> None:
    assert (await call("getWebhookInfo"))["error_code"] == 404
    for url, secret in [("http://127.0.0.1/hook", "x" * 8), (ADDRESS, "x" * 7), (ADDRESS, "x" * 257), (ADDRESS, "")]:
        assert (await call("setWebhook", url=url, secret_token=secret))["error_code"] == 400
    set_ = {"ok": True, "result": {"url": ADDRESS, "updated_at": 1719990853474}}
    assert await call("setWebhook", url=ADDRESS, secret_token="x" * 8) == set_
    assert await call("getWebhookInfo") == set_
    assert (await call("deleteWebhook"))["ok"]
    assert (await call("getWebhookInfo"))["error_code"] == 404


async def test_an_event_comes_in_either_shape(fake: FakeZaloBot, hook: Hook) -> None:
    fake.webhook_url = hook.url
    event = fake.text(ADA, "Đăng ký khai sinh")
    hook.statuses = [500]
    assert await fake.push_until_accepted(event, pause=0) == 200
    assert await fake.push(event, flat=True, secret="other") == 200
    assert [json.loads(body) for _, body in hook.got] == [enveloped(event), enveloped(event), event]
    assert hook.header(SECRET_HEADER) == ["hook-secret", "hook-secret", "other"]


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("text_flat", lambda fake: fake.text(ADA, "Đăng ký khai sinh")),
        ("text_enveloped", lambda fake: enveloped(fake.text(ADA, "Đăng ký khai sinh"))),
        ("image", lambda fake: enveloped(fake.image(ADA))),
        ("sticker", lambda fake: enveloped(fake.sticker(ADA))),
        ("voice", lambda fake: enveloped(fake.voice(ADA))),
        ("unsupported", lambda fake: enveloped(fake.unsupported(ADA))),
    ],
)
def test_events_are_those_of_the_examples(name: str, build: Callable[[FakeZaloBot], JsonObject]) -> None:
    example = payload(f"zalo_bot/webhook_{name}")
    clock = Clock(example.get("result", example)["message"]["date"] / 1000)
    assert build(FakeZaloBot(clock=clock)) == example


@pytest.mark.parametrize("path", ["error_401", "error_429", "get_updates_idle_408"])
def test_complaints_read_as_in_the_examples(path: str) -> None:
    assert payload(f"zalo_bot/{path}") in [f.body for f in vars(failures).values() if isinstance(f, Failure)]
