"""The Official Account's way in and way out against the fake Zalo: signatures, taps, dead tokens, refused buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.zalo_oa.receive import ZaloOaReceiver
from bot.channels.zalo_oa.sender import ZaloOaSender
from bot.channels.zalo_oa.wiring import open_zalo_oa
from bot.dialogue.messages import Choice, Reply, Status
from bot.operations.messages.receiving import Arrival
from bot.operations.messages.sending import Delivery, GoneError, WaitError
from bot.settings import Settings
from bot.store.inbox import Kind
from tests.fakes.zalo_oa import FakeZaloOA
from tests.unit.channels.zalo_oa.platform import MemoryRegistry

PERSON = "246845883529197922"
REPLY = Reply(Status.ASKED_BACK, "Chọn:", (Choice("tt:1.001193", "Khai sinh"), Choice("menu", "Tìm theo cách khác")))
TEXT = "Chọn:\n\n1. Khai sinh\n2. Tìm theo cách khác"


def settings(zalo: FakeZaloOA, **given: object) -> Settings:
    return Settings.model_validate(
        {
            "zalo_oa_id": zalo.oa_id,
            "zalo_oa_app_id": zalo.app_id,
            "zalo_oa_secret_key": "EXAMPLE_APP_SECRET",
            "zalo_oa_webhook_key": zalo.oa_secret,
            "zalo_oa_access_token": zalo.tokens.access,
            "zalo_oa_refresh_token": zalo.tokens.refresh,
            "zalo_oauth_base": zalo.oauth_base,
            "zalo_openapi_base": zalo.openapi_base,
            **given,
        }
    )


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def connected(zalo: FakeZaloOA, **given: object) -> AsyncIterator[tuple[ZaloOaSender, list[Arrival], list[str]]]:
    """The sender, and what arrives: a webhook that only receives, no inbox behind it."""
    chosen = settings(zalo, **given)
    receiver, arrived, counted = ZaloOaReceiver(chosen), list[Arrival](), list[str]()

    async def take(request: web.Request) -> web.Response:
        verdict = receiver.receive(request.headers, await request.read(), now() + timedelta(seconds=1))
        arrived.extend(verdict.arrivals)
        counted.append(verdict.counted)
        return web.Response(status=verdict.status)

    app = web.Application()
    app.router.add_post("/webhooks/zalo-oa", take)
    async with TestServer(app) as server:
        zalo.webhook_url = str(server.make_url("/webhooks/zalo-oa"))
        sender = open_zalo_oa(chosen, MemoryRegistry(), now).sender
        yield sender, arrived, counted
        await sender.close()


async def test_a_question_an_answer_and_a_tap() -> None:
    async with FakeZaloOA() as zalo, connected(zalo, zalo_oa_buttons=True) as (sender, arrived, counted):
        zalo.echoes = False
        assert await zalo.push(zalo.text(PERSON, "khai sinh")) == 200
        await sender.send(Delivery(arrived[0].address, REPLY, arrived[0].extra), 0)
        (sent,) = zalo.sent
        assert await zalo.push(zalo.press(PERSON, sent, "1. Khai sinh")) == 200
        assert await zalo.push(zalo.press(PERSON, sent, "2. Tìm theo cách khác")) == 200
    assert (sent.user_id, sent.text, sent.quota_type) == (PERSON, TEXT, "reply")
    assert counted == ["user_send_text"] * 3
    assert [(a.kind, a.text, a.choice) for a in arrived] == [
        (Kind.MESSAGE, "khai sinh", None),
        (Kind.TAP, None, "tt:1.001193"),
        (Kind.MESSAGE, "menu", None),
    ]


async def test_the_assistants_own_messages_come_back_and_are_left_alone() -> None:
    async with FakeZaloOA() as zalo, connected(zalo) as (sender, arrived, counted):
        zalo.receipts = True
        await zalo.push(zalo.text(PERSON, "khai sinh"))
        await sender.send(Delivery(arrived[0].address, REPLY, {}), 0)
        await zalo.until(lambda: len(zalo.deliveries) == 3)
    assert (len(arrived), sorted(counted)) == (1, ["echo", "receipt", "user_send_text"])


@pytest.mark.parametrize(("sign", "status", "counted"), [("wrong", 403, "wrong_signature"), (False, 200, "unsigned")])
async def test_what_is_not_signed_is_left_alone(sign: bool | str, status: int, counted: str) -> None:
    async with FakeZaloOA() as zalo, connected(zalo) as (_, arrived, counts):
        assert await zalo.push(zalo.text(PERSON, "khai sinh"), sign=sign) == status
    assert (arrived, counts) == ([], [counted])


async def test_a_token_that_died_early_is_renewed_and_the_message_sent() -> None:
    async with FakeZaloOA() as zalo, connected(zalo) as (sender, arrived, _):
        await zalo.push(zalo.text(PERSON, "khai sinh"))
        zalo.tokens.expire()
        await sender.send(Delivery(arrived[0].address, REPLY, {}), 0)
    assert ([sent.text for sent in zalo.sent], zalo.tokens.issued) == ([TEXT], 2)


async def test_refused_buttons_cost_nobody_the_answer() -> None:
    async with FakeZaloOA() as zalo, connected(zalo, zalo_oa_buttons=True) as (sender, arrived, _):
        zalo.refuse_buttons = -233
        await zalo.push(zalo.text(PERSON, "khai sinh"))
        await sender.send(Delivery(arrived[0].address, REPLY, {}), 0)
    assert [(sent.text, sent.buttons) for sent in zalo.sent] == [(TEXT, ())]


async def test_long_answers_arrive_in_parts_that_are_taken() -> None:
    reply = Reply(Status.ANSWERED, "Nguyễn Thị Mẫu. " * 300, REPLY.choices)
    async with FakeZaloOA() as zalo, connected(zalo) as (sender, arrived, _):
        await zalo.push(zalo.text(PERSON, "khai sinh"))
        delivery = Delivery(arrived[0].address, reply, {})
        for part in range(sender.count_parts(delivery)):
            await sender.send(delivery, part)
    assert len(zalo.sent) == 3


async def test_who_cannot_be_written_to_and_when() -> None:
    async with FakeZaloOA() as zalo, connected(zalo) as (sender, arrived, _):
        with pytest.raises(GoneError):
            await sender.send(Delivery('{"user_id": "1"}', REPLY, {}), 0)
        await zalo.push(zalo.text(PERSON, "khai sinh"))
        zalo.calls_per_minute = 0
        with pytest.raises(WaitError):
            await sender.send(Delivery(arrived[0].address, REPLY, {}), 0)
    assert zalo.sent == []


async def test_who_is_not_logged_in_is_answered_in_their_conversation() -> None:
    async with FakeZaloOA() as zalo, connected(zalo, zalo_oa_anonymous=True) as (sender, arrived, _):
        await zalo.push(zalo.anonymous_text("1ffedc467f179649cf06", "fa8f3f8701c2e89cb1d3", "Xin chào"))
        await sender.send(Delivery(arrived[0].address, REPLY, {}), 0)
    assert [(sent.path, sent.user_id, sent.text) for sent in zalo.sent] == [
        ("/v2.0/oa/message", "1ffedc467f179649cf06", TEXT)
    ]
