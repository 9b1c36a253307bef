"""A reply with a picture, on an Official Account: the text first, then the picture, which may fail without harm."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.zalo_oa.address import anonymous_address, user_address
from bot.channels.zalo_oa.sender import ZaloOaSender
from bot.channels.zalo_oa.tokens import account_of
from bot.channels.zalo_oa.wiring import open_zalo_oa
from bot.dialogue.messages import Reply, Status
from bot.operations.messages.sending import Delivery
from tests.fakes.failures import Cut, Fault
from tests.fakes.pictures import PNG
from tests.fakes.zalo_oa import CONSULTATION_PATH, UPLOAD_PATH, FakeZaloOA
from tests.fakes.zalo_oa_failures import TOO_LONG
from tests.log import Log
from tests.unit.channels.zalo_oa.payloads import PERSON, payload, settings
from tests.unit.channels.zalo_oa.platform import Clock, MemoryRegistry, pair

TEXT = "Sự hài lòng tháng 11/2026\nTỷ lệ hài lòng 96,2%."


def of(picture: bytes | None = PNG, address: str = user_address(PERSON)) -> Delivery:
    return Delivery(address, Reply(Status.STAFF, TEXT, picture=picture), {})


@asynccontextmanager
async def sending() -> AsyncIterator[tuple[ZaloOaSender, FakeZaloOA]]:
    async with FakeZaloOA() as fake:
        registry, chosen = MemoryRegistry(), settings(zalo_openapi_base=fake.url, zalo_oauth_base=fake.url)
        registry.pairs[account_of(chosen)] = pair()
        fake.tokens.access = pair().access
        fake.interact(PERSON)
        opened = open_zalo_oa(chosen, registry, Clock())
        yield opened.sender, fake
        await opened.sender.close()


async def sent(sender: ZaloOaSender, fake: FakeZaloOA, delivery: Delivery) -> list[object]:
    for part in range(sender.count_parts(delivery)):
        await sender.send(delivery, part)
    return [one.body["message"] for one in fake.sent]


async def test_the_text_and_then_the_picture() -> None:
    async with sending() as (sender, fake):
        assert await sent(sender, fake, of()) == [
            {"text": TEXT},
            {
                "text": "Sự hài lòng tháng 11/2026",
                "attachment": {
                    "type": "template",
                    "payload": {
                        "template_type": "media",
                        "elements": [{"media_type": "image", "attachment_id": "PICTURE_1"}],
                    },
                },
            },
        ]
        assert fake.messages.uploaded == {"PICTURE_1": PNG}


async def test_the_message_has_the_documented_shape() -> None:
    async with sending() as (sender, fake):
        _, shown = await sent(sender, fake, of())
    documented = payload("send_cs_image")["message"]
    assert isinstance(shown, dict)
    assert isinstance(documented, dict)
    (element,) = documented["attachment"]["payload"].pop("elements")
    (ours,) = shown["attachment"]["payload"].pop("elements")
    # Either of the two names the picture, never both.
    assert (shown["attachment"], {*ours, "url"} - {"attachment_id"}) == (documented["attachment"], {*element})


@pytest.mark.parametrize("picture", [None, b"\x89PNG\r\n\x1a\n" + bytes(1_000_000)])
async def test_without_a_picture_that_zalo_takes_there_is_the_text(picture: bytes | None) -> None:
    async with sending() as (sender, fake):
        assert await sent(sender, fake, of(picture)) == [{"text": TEXT}]
        assert fake.messages.uploaded == {}


async def test_who_is_not_logged_in_gets_the_text() -> None:
    async with sending() as (sender, _):
        assert sender.count_parts(of(address=anonymous_address("a", "c"))) == 1


@pytest.mark.parametrize(
    ("path", "fault"),
    [(UPLOAD_PATH, TOO_LONG), (CONSULTATION_PATH, TOO_LONG), (UPLOAD_PATH, Cut.DROP_UNREAD)],
)
async def test_a_picture_that_fails_does_no_harm(
    path: str, fault: Fault, caplog: pytest.LogCaptureFixture, log: Log
) -> None:
    async with sending() as (sender, fake):
        await sender.send(of(), 0)
        fake.fail_next(path, fault)
        with caplog.at_level(logging.WARNING):
            await sender.send(of(), 1)
        assert [one.body["message"] for one in fake.sent] == [{"text": TEXT}]
    assert log.events("bot.") == ["zalo_picture_not_sent"]
    assert PERSON not in caplog.text
