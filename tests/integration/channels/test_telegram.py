"""Telegram from end to end: the fake platform, the real process, real HTTP between them."""

from __future__ import annotations

from itertools import count

import aiohttp
import pytest

from tests.fakes import telegram_failures as failures
from tests.fakes.failures import Cut, Fault
from tests.fakes.telegram_chats import Sent
from tests.integration.channels.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
_PEOPLE = count(1000)


def to(town: Town, user: int) -> list[Sent]:
    """What was sent to one person, in order."""
    return [sent for sent in town.telegram.sent if sent.chat_id == user and sent.method == "sendMessage"]


async def says(town: Town, user: int, text: str) -> Sent:
    """The answer to a message."""
    before = len(to(town, user))
    assert await town.telegram.push(town.telegram.message(user, text)) == 200
    await town.telegram.until(lambda: len(to(town, user)) > before)
    return to(town, user)[-1]


def first_line(sent: Sent) -> str:
    return (sent.text or "").partition("\n")[0]


async def test_words_are_answered_with_a_card_and_buttons(town: Town) -> None:
    sent = await says(town, next(_PEOPLE), "mần giấy khai sinh cho con")
    assert first_line(sent) == "<b>Đăng ký khai sinh</b>"
    assert sent.reply_markup is not None
    buttons = [button for row in sent.reply_markup["inline_keyboard"] for button in row]
    assert next(sorted(button) for button in buttons if "url" in button) == ["text", "url"]
    assert [button["callback_data"] for button in buttons if "callback_data" in button][-1] == "start"


async def test_a_deep_link_opens_the_card(town: Town) -> None:
    sent = await says(town, next(_PEOPLE), "/start tt_1_001193")
    assert first_line(sent) == "<b>Đăng ký khai sinh</b>"


async def test_a_tap_is_acknowledged_and_answered(town: Town) -> None:
    user = next(_PEOPLE)
    sent = await says(town, user, "/start")
    assert await town.telegram.push(town.telegram.tap(user, sent, "menu")) == 200
    await town.telegram.until(lambda: len(to(town, user)) == 2)
    calls = [call.name for call in town.telegram.calls][-2:]
    assert calls == ["answerCallbackQuery", "sendMessage"]


async def test_a_page_is_turned_in_place(town: Town) -> None:
    user = next(_PEOPLE)
    await says(town, user, "/start")
    sent = await says(town, user, "/linhvuc")
    assert await town.telegram.push(town.telegram.tap(user, sent, "fi:2")) == 200
    await town.telegram.until(
        lambda: any(s.method == "editMessageText" and s.chat_id == user for s in town.telegram.sent)
    )
    assert len(to(town, user)) == 2


async def test_a_number_means_the_choice_on_the_screen(town: Town) -> None:
    user = next(_PEOPLE)
    await says(town, user, "/linhvuc")
    assert first_line(await says(town, user, "1")) != first_line(to(town, user)[0])


async def test_an_update_that_comes_again_is_answered_once(town: Town) -> None:
    user = next(_PEOPLE)
    update = town.telegram.message(user, "đổi giấy phép lái xe")
    assert [await town.telegram.push(update) for _ in range(3)] == [200, 200, 200]
    await town.telegram.until(lambda: len(to(town, user)) == 1)
    await says(town, user, "đăng ký khai tử")
    assert [first_line(sent) for sent in to(town, user)] == ["<b>Đổi giấy phép lái xe</b>", "<b>Đăng ký khai tử</b>"]


async def test_what_is_no_text_is_answered_kindly(town: Town) -> None:
    user = next(_PEOPLE)
    assert await town.telegram.push(town.telegram.voice(user)) == 200
    await town.telegram.until(lambda: len(to(town, user)) == 1)
    assert "\n\nTôi chưa nghe được tin nhắn thoại.\n" in (to(town, user)[0].text or "")


async def test_private_numbers_are_refused_and_kept_nowhere(town: Town) -> None:
    user = next(_PEOPLE)
    await says(town, user, "số căn cước của tôi 042193001234")
    kept = b"".join(path.read_bytes() for path in town.data.iterdir())
    assert b"042193001234" not in kept


async def test_a_wrong_secret_is_refused_and_nothing_is_parsed(town: Town) -> None:
    url = str(town.telegram.webhook_url)
    update = town.telegram.message(next(_PEOPLE), "khai sinh")
    async with aiohttp.ClientSession() as client:
        header = {"X-Telegram-Bot-Api-Secret-Token": "wrong"}
        statuses = []
        for headers, body in ((header, update), ({}, update), ({}, "nonsense")):
            async with client.post(url, json=body, headers=headers) as response:
                statuses.append(response.status)
    assert statuses == [403, 403, 403]


@pytest.mark.parametrize(
    "fault",
    [Cut.DROP_UNREAD, failures.CANT_PARSE, failures.BUTTON_DATA_INVALID, failures.too_many_requests(1)],
    ids=["dropped", "markup", "buttons", "too many"],
)
async def test_what_telegram_refuses_is_sent_in_another_way_or_later(town: Town, fault: Fault) -> None:
    user = next(_PEOPLE)
    town.telegram.fail_next("sendMessage", fault)
    if fault is Cut.DROP_UNREAD:
        # It may have been sent: it is not sent again. The next message is answered as ever.
        await town.telegram.push(town.telegram.message(user, "đăng ký khai sinh"))
    assert "Đăng ký khai tử" in first_line(await says(town, user, "đăng ký khai tử"))
    assert len(to(town, user)) == 1


async def test_who_blocks_us_is_not_written_to_again(town: Town) -> None:
    user = next(_PEOPLE)
    await says(town, user, "khai sinh")
    await town.telegram.push(town.telegram.blocked(user))
    await town.telegram.push(town.telegram.unblocked(user))
    assert first_line(await says(town, user, "đăng ký khai tử")) == "<b>Đăng ký khai tử</b>"


async def test_a_group_is_answered_only_when_it_asks_us(town: Town) -> None:
    user = next(_PEOPLE)
    await town.telegram.push(town.telegram.message(user, "khai sinh", group=-100))
    await town.telegram.push(town.telegram.message(user, "@town_test_bot đăng ký khai sinh", group=-100))
    await town.telegram.until(lambda: any(sent.chat_id == -100 for sent in town.telegram.sent))
    answers = [sent for sent in town.telegram.sent if sent.chat_id == -100]
    assert [first_line(sent) for sent in answers] == ["<b>Đăng ký khai sinh</b>"]
