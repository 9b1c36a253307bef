"""Zalo Bot from end to end: the fake platform, the real process, real HTTP between them."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from tests.integration.channels.town import Town, at_work, open_town

pytestmark = pytest.mark.asyncio(loop_scope="module")
_PEOPLE = (f"{number:020x}" for number in count(1))


def to(town: Town, user: str) -> list[str]:
    """The first lines of what was sent to one person."""
    return [sent.text.partition("\n")[0] for sent in town.zalo_bot.sent if sent.chat_id == user]


@pytest.mark.parametrize("is_flat", [False, True])
async def test_words_are_answered(town: Town, is_flat: bool) -> None:
    user = next(_PEOPLE)
    assert await town.zalo_bot.push(town.zalo_bot.text(user, "đăng ký khai sinh"), flat=is_flat) == 200
    await town.zalo_bot.until(lambda: to(town, user) == ["Đăng ký khai sinh"])


async def test_a_voice_message_is_answered_kindly(town: Town) -> None:
    user = next(_PEOPLE)
    assert await town.zalo_bot.push(town.zalo_bot.voice(user)) == 200
    await town.zalo_bot.until(lambda: len(to(town, user)) == 1)
    assert "\n\nTôi chưa nghe được tin nhắn thoại.\n" in town.zalo_bot.sent[-1].text


async def test_a_wrong_secret_is_refused(town: Town) -> None:
    user = next(_PEOPLE)
    assert await town.zalo_bot.push(town.zalo_bot.text(user, "khai sinh"), secret="wrong") == 403
    assert to(town, user) == []


async def test_a_laptop_asks_for_updates(tmp_path: Path) -> None:
    async with open_town(tmp_path, ZALO_BOT_MODE="polling", TELEGRAM_MODE="polling") as town:
        town.zalo_bot.queue(town.zalo_bot.text("abc", "đăng ký khai sinh"))
        town.telegram.queue(town.telegram.message(7, "đăng ký khai tử"))
        async with at_work(town):
            town.telegram.webhook_url = town.zalo_bot.webhook_url = None
            await town.zalo_bot.until(lambda: to(town, "abc") == ["Đăng ký khai sinh"])
            await town.telegram.wait_for_sent(1)
