"""A reply with a picture, on Telegram: one message where the text fits below it, else the picture first."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.client import build_bot, close
from bot.channels.telegram.sender import TelegramSender
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.operations.messages.sending import Delivery
from tests.fakes.pictures import PNG
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_failures import CANT_PARSE
from tests.unit.channels.telegram.configured import TOKEN, connected

HOME = (Choice("start", "Về đầu"),)
KEYBOARD = {"inline_keyboard": [[{"text": "Về đầu", "callback_data": "start"}]]}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(token=TOKEN) as started:
        yield started


@pytest.fixture
async def sender(fake: FakeTelegram) -> AsyncIterator[TelegramSender]:
    bot = build_bot(connected(telegram_base_url=fake.url))
    yield TelegramSender(bot)
    await close(bot)


def of(text: str, picture: bytes = PNG) -> Delivery:
    return Delivery("111", Reply(Status.STAFF, text, HOME, picture=picture), {})


async def sent(sender: TelegramSender, fake: FakeTelegram, delivery: Delivery) -> list[tuple[str, object, object]]:
    """Method, what is read, and the keyboard of every message."""
    for part in range(sender.count_parts(delivery)):
        await sender.send(delivery, part)
    return [(one.method, one.shown, one.reply_markup) for one in fake.sent]


async def test_a_short_text_stands_below_the_picture(sender: TelegramSender, fake: FakeTelegram) -> None:
    assert await sent(sender, fake, of("Tỷ lệ <95%")) == [("sendPhoto", "Tỷ lệ <95%", KEYBOARD)]
    assert fake.sent[0].fields["photo"] == PNG


async def test_a_long_text_follows_the_picture(sender: TelegramSender, fake: FakeTelegram) -> None:
    text = "một hai ba. " * 90
    assert await sent(sender, fake, of(text)) == [("sendPhoto", None, None), ("sendMessage", text.strip(), KEYBOARD)]


async def test_a_very_long_text_in_several_messages(sender: TelegramSender, fake: FakeTelegram) -> None:
    found = await sent(sender, fake, of("một hai ba. " * 500))
    assert [(method, markup) for method, _, markup in found] == [
        ("sendPhoto", None),
        ("sendMessage", None),
        ("sendMessage", KEYBOARD),
    ]


async def test_where_the_picture_is_refused_the_text_goes_alone(sender: TelegramSender, fake: FakeTelegram) -> None:
    assert await sent(sender, fake, of("Tỷ lệ", b"no picture")) == [("sendMessage", "Tỷ lệ", KEYBOARD)]


async def test_where_it_was_to_go_alone_nothing_does(sender: TelegramSender, fake: FakeTelegram) -> None:
    text = "một hai ba. " * 90
    assert await sent(sender, fake, of(text, b"no picture")) == [("sendMessage", text.strip(), KEYBOARD)]


async def test_markup_that_is_refused_is_left_out_below_a_picture_too(
    sender: TelegramSender, fake: FakeTelegram
) -> None:
    fake.fail_next("sendPhoto", CANT_PARSE)
    assert await sent(sender, fake, of("Tỷ lệ <95%")) == [("sendPhoto", "Tỷ lệ <95%", KEYBOARD)]
    assert "parse_mode" not in fake.sent[0].fields


async def test_in_a_topic_of_a_group_it_answers_the_message(sender: TelegramSender, fake: FakeTelegram) -> None:
    delivery = Delivery(
        "-1001:365:7", Reply(Status.STAFF, "Tỷ lệ", links=(Link("Bảng", "https://x.test"),), picture=PNG), {}
    )
    await sent(sender, fake, delivery)
    (one,) = fake.sent
    assert (one.chat_id, one.fields["message_thread_id"]) == (-1001, "7")
    assert one.fields["reply_parameters"] == {"message_id": 365, "allow_sending_without_reply": True}
