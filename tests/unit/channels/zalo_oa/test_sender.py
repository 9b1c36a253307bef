"""The way out: each part one request; buttons only where they are taken; nothing of anybody in the log."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.channels.zalo_oa.address import anonymous_address, recipient_of, user_address
from bot.channels.zalo_oa.client import SEND, SEND_TO_ANONYMOUS
from bot.channels.zalo_oa.sender import ZaloOaSender
from bot.channels.zalo_oa.tokens import account_of
from bot.channels.zalo_oa.wiring import open_zalo_oa
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.operations.messages.sending import Delivery, RefusedError, Sender, UncertainError
from tests.log import Log
from tests.unit.channels.zalo_oa.payloads import APP, PERSON, payload, settings
from tests.unit.channels.zalo_oa.platform import Clock, MemoryRegistry, Platform, pair, served

REPLY = Reply(
    Status.ANSWERED, "Chọn:", (Choice("tt:1.001193", "Khai sinh"),), (Link("Nộp", "https://dichvucong.gov.vn"),)
)
TEXT = "Chọn:\n\nNộp: https://dichvucong.gov.vn\n\n1. Khai sinh"
BUTTONS = [
    {"title": "Nộp", "type": "oa.open.url", "payload": {"url": "https://dichvucong.gov.vn"}},
    {"title": "1. Khai sinh", "type": "oa.query.hide", "payload": "tt:1.001193"},
]
WITH_BUTTONS = {"text": TEXT, "attachment": {"type": "template", "payload": {"buttons": BUTTONS}}}
WITHOUT = {"text": TEXT}


def delivery(reply: Reply = REPLY, address: str = user_address(PERSON)) -> Delivery:
    return Delivery(address, reply, {})


@asynccontextmanager
async def sending(platform: Platform, clock: Clock | None = None, **given: object) -> AsyncIterator[ZaloOaSender]:
    async with served(platform) as url:
        registry, chosen = MemoryRegistry(), settings(zalo_openapi_base=url, zalo_oauth_base=url, **given)
        registry.pairs[account_of(chosen)] = pair()
        opened = open_zalo_oa(chosen, registry, clock or Clock())
        yield opened.sender
        await opened.sender.close()


def messages(platform: Platform) -> list[object]:
    return [asked.body["message"] for asked in platform.asked if isinstance(asked.body, dict)]


async def test_it_is_a_sender() -> None:
    async with sending(Platform()) as sender:
        given: Sender = sender
        assert (given.channel, given.window, given.count_parts(delivery())) == ("zalo_oa", timedelta(hours=48), 1)
        await given.acknowledge({})


async def test_a_message() -> None:
    platform = Platform()
    async with sending(platform) as sender:
        await sender.send(delivery(), 0)
    (asked,) = platform.asked
    assert (asked.path, asked.body) == (SEND, {"recipient": {"user_id": PERSON}, "message": WITHOUT})
    assert asked.headers == {"access_token": "A0"}
    assert isinstance(asked.body, dict)
    assert asked.body.keys() == payload("send_cs_text").keys()


async def test_to_who_is_not_logged_in_the_older_address_and_no_buttons() -> None:
    shown = payload("send_anonymous_text_v2")
    ids = shown["recipient"]
    address = anonymous_address(ids["anonymous_id"], ids["conversation_id"])
    platform = Platform()
    async with sending(platform, zalo_oa_buttons=True) as sender:
        await sender.send(delivery(Reply(Status.STARTED, "Kính chào anh/chị."), address), 0)
        await sender.send(delivery(address=address), 0)
    assert [(asked.path, asked.body) for asked in platform.asked] == [
        (SEND_TO_ANONYMOUS, shown),
        (SEND_TO_ANONYMOUS, {"recipient": ids, "message": WITHOUT}),
    ]


async def test_each_part_is_one_request() -> None:
    reply = Reply(Status.ANSWERED, "\n".join(["dòng " * 20] * 50), REPLY.choices)
    platform = Platform()
    async with sending(platform, zalo_oa_buttons=True) as sender:
        count = sender.count_parts(delivery(reply))
        for part in range(count):
            await sender.send(delivery(reply), part)
        with pytest.raises(RefusedError):
            await sender.send(delivery(reply), count)
    assert count == 3
    assert ["attachment" in message for message in messages(platform) if isinstance(message, dict)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("code", [-233, -201])
async def test_buttons_that_are_refused_are_left_out_for_an_hour(code: int, log: Log) -> None:
    clock, platform = Clock(), Platform([{"error": code, "message": "Message type is not supported"}])
    async with sending(platform, clock, zalo_oa_buttons=True) as sender:
        await sender.send(delivery(), 0)
        clock.now += timedelta(minutes=59)
        await sender.send(delivery(), 0)
        clock.now += timedelta(minutes=1)
        await sender.send(delivery(), 0)
    assert messages(platform) == [WITH_BUTTONS, WITHOUT, WITHOUT, WITH_BUTTONS]
    error, hint = f"Zalo says {code}: Message type is not supported", "sent without, and so for the next hour"
    assert log.lines() == [{"level": "warning", "event": "zalo_buttons_refused", "error": error, "hint": hint}]


async def test_where_it_is_refused_without_buttons_too_they_were_not_to_blame() -> None:
    refused = {"error": -201, "message": "Parameter is invalid"}
    platform = Platform([refused, refused])
    async with sending(platform, zalo_oa_buttons=True) as sender:
        with pytest.raises(RefusedError):
            await sender.send(delivery(), 0)
        await sender.send(delivery(), 0)
    assert messages(platform) == [WITH_BUTTONS, WITHOUT, WITH_BUTTONS]


async def test_without_buttons_a_refusal_is_a_refusal() -> None:
    platform = Platform([{"error": -233, "message": "Message type is not supported"}])
    async with sending(platform) as sender:
        with pytest.raises(RefusedError):
            await sender.send(delivery(), 0)
    assert messages(platform) == [WITHOUT]


async def test_what_may_have_arrived_is_not_sent_again() -> None:
    platform = Platform([502])
    async with sending(platform, zalo_oa_buttons=True) as sender:
        with pytest.raises(UncertainError):
            await sender.send(delivery(), 0)
    assert messages(platform) == [WITH_BUTTONS]


@pytest.mark.parametrize("text", ["", "  \n"])
async def test_nothing_is_never_sent(text: str) -> None:
    platform = Platform()
    async with sending(platform) as sender:
        assert sender.count_parts(delivery(Reply(Status.EMPTY, text))) == 1
        with pytest.raises(RefusedError):
            await sender.send(delivery(Reply(Status.EMPTY, text)), 0)
    assert platform.asked == []


@pytest.mark.parametrize("address", ["", "5", "[]", "{}", '{"user_id": 5}', '{"user_id": "1", "x": "2"}', "[" * 99999])
async def test_another_channels_address_is_refused(address: str) -> None:
    platform = Platform()
    assert recipient_of(address) is None
    async with sending(platform) as sender:
        with pytest.raises(RefusedError):
            await sender.send(delivery(address=address), 0)
    assert platform.asked == []


@pytest.mark.parametrize("data", [{}, {"quota": {}}, {"quota": None}, {"message_id": "1", "user_id": PERSON}])
async def test_a_message_that_costs_money_is_logged_without_ids(data: dict[str, object], log: Log) -> None:
    async with sending(Platform([{"error": 0, "data": data}])) as sender:
        await sender.send(delivery(), 0)
    hint = "no quota covered a message; see the bill at oa.zalo.me"
    assert log.lines() == [{"level": "warning", "event": "zalo_message_charged", "hint": hint}]


async def test_nothing_is_logged_of_a_message_that_is_free(caplog: pytest.LogCaptureFixture, log: Log) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with sending(Platform()) as sender:
        await sender.send(delivery(), 0)
    assert log.lines("bot") == []


def test_the_account_has_its_name() -> None:
    assert account_of(settings()) == f"zalo_oa:{APP}"
