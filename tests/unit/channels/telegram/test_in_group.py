from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.channels.telegram.client import Client
from bot.channels.telegram.in_group import GroupHint
from bot.channels.telegram.sender import TelegramSender
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.operations.messages.sending import Delivery
from bot.texts import LANGUAGES, load_texts
from tests.unit.channels.telegram.platform import Platform

HINTS = {
    "vi": "Trong nhóm, anh/chị trả lời vào tin này, hoặc viết: /tim khai sinh.",
    "en": "In a group, reply to this message, or write: /tim birth certificate.",
}
GROUP = "-1001:365"
HINT = GroupHint(map(load_texts, LANGUAGES))


def started(language: str) -> Reply:
    ways = Choice("menu", load_texts(language).get("browse.other_ways"))
    privacy = Link("Quyền riêng tư", "https://hoidap.example.gov.vn/rieng-tu")
    return Reply(Status.STARTED, "Xin chào.", (Choice("tt:1.001193", "Khai sinh"), ways), (privacy,))


def helped(language: str) -> Reply:
    return Reply(Status.HELPED, load_texts(language).get("help.text"), (Choice("start", "Về đầu"),))


def introduced(language: str) -> Reply:
    reply = helped(language)
    return replace(reply, text=f"{reply.text}\n\nTôi là trợ lý.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [started, helped, introduced])
@pytest.mark.parametrize("address", [GROUP, "-1001:365:7", "-1001"])
def test_a_group_is_told_how_to_speak_to_us(address: str, made: Callable[[str], Reply], language: str) -> None:
    reply = made(language)
    assert HINT.added(Delivery(address, reply, {})) == replace(reply, text=f"{reply.text}\n{HINTS[language]}")


@pytest.mark.parametrize(
    "delivery",
    [
        Delivery("111", started("vi"), {}),
        Delivery("111", helped("vi"), {}),
        Delivery(GROUP, started("vi"), {"callback": "q"}, is_tap=True),
        Delivery(GROUP, helped("vi"), {"callback": "q"}, is_tap=True),
        Delivery(GROUP, Reply(Status.STARTED, "Việc khác nhiều người hỏi:", (Choice("tt:1.001193", "Khai sinh"),)), {}),
        Delivery(GROUP, Reply(Status.HELPED, "Hướng dẫn khác:", (Choice("start", "Về đầu"),)), {}),
        Delivery(GROUP, replace(started("vi"), status=Status.ANSWERED), {}),
        Delivery(GROUP, replace(helped("vi"), status=Status.BROWSED), {}),
        Delivery("nowhere", started("vi"), {}),
    ],
)
def test_nobody_else_is(delivery: Delivery) -> None:
    assert HINT.added(delivery) == delivery.reply


async def test_it_is_sent_and_kept_when_the_answer_is_taken_up_again(telegram: Platform, bot: Client) -> None:
    sender, delivery = TelegramSender(bot), Delivery(GROUP, helped("vi"), {})
    assert sender.count_parts(delivery) == 1
    await sender.send(delivery, 0)
    assert telegram.calls[0][1]["text"] == f"{load_texts().get('help.text')}\n{HINTS['vi']}"
