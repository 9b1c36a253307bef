"""The fake of Telegram, met by the client library that the project uses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle, InputTextMessageContent
from telegram import Update as TelegramUpdate
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.fakes import telegram_failures as failures
from tests.fakes.clock import Clock
from tests.fakes.failures import BAD_GATEWAY, Cut, Failure, JsonObject
from tests.fakes.payloads import PAYLOADS, payload
from tests.fakes.telegram import FakeTelegram

ADA = 111
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Khai sinh", callback_data="tt:1.001193")]])


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(secret="hook-secret", clock=Clock()) as started:
        yield started


@pytest.fixture(autouse=True)
def _spans_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns of what it will say of 429 one day, unless one asks for it now."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with Bot(fake.token, base_url=fake.base_url) as started:
        yield started


async def test_a_message_is_recorded_as_written_and_shown_as_people_see_it(fake: FakeTelegram, bot: Bot) -> None:
    message = await bot.send_message(ADA, "<b>Lệ phí</b>: 0 &lt; 1", parse_mode="HTML", reply_markup=KEYBOARD)
    (sent,) = fake.sent
    assert (message.text, message.reply_markup, [(e.type, e.offset, e.length) for e in message.entities]) == (
        "Lệ phí: 0 < 1",
        KEYBOARD,
        [("bold", 0, 6)],
    )
    assert (sent.method, sent.chat_id, sent.text, sent.shown, sent.message_id) == (
        "sendMessage",
        ADA,
        "<b>Lệ phí</b>: 0 &lt; 1",
        "Lệ phí: 0 < 1",
        message.message_id,
    )
    assert sent.reply_markup == {"inline_keyboard": [[{"text": "Khai sinh", "callback_data": "tt:1.001193"}]]}


def _button(*, callback_data: str | None = None, url: str | None = None) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", url=url, callback_data=callback_data)]])


@pytest.mark.parametrize(
    ("text", "keyboard", "complaint"),
    [
        ("", None, "Message text is empty"),
        ("<b> </b>", None, "Message text is empty"),
        ("x" * 4097, None, "Message is too long"),
        ("<b>x", None, "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("a < b", None, 'Can\'t parse entities: unsupported start tag "" at byte offset 2'),
        ("đ<p>x</p>", None, 'Can\'t parse entities: unsupported start tag "p" at byte offset 2'),
        ("x</b>", None, "Can't parse entities: unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", None, 'expected "</i>", found "</b>"'),
        ("x", _button(callback_data="đ" * 33), "Button_data_invalid"),
        ("x", _button(url="http://localhost/x"), "URL 'http://localhost/x' is invalid: Wrong HTTP URL"),
        ("x", _button(url="javascript:alert(1)"), "is invalid: Wrong HTTP URL"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    fake: FakeTelegram, bot: Bot, text: str, keyboard: InlineKeyboardMarkup | None, complaint: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(ADA, text, parse_mode="HTML", reply_markup=keyboard)
    assert complaint.lower() in refused.value.message.lower()
    assert fake.sent == []


async def test_a_message_can_be_written_anew_but_not_the_same(fake: FakeTelegram, bot: Bot) -> None:
    message = await bot.send_message(ADA, "một", reply_markup=KEYBOARD)
    edited = await bot.edit_message_text("hai", ADA, message.message_id, reply_markup=KEYBOARD)
    assert isinstance(edited, type(message))
    assert (edited.text, edited.reply_markup) == ("hai", KEYBOARD)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("hai", ADA, message.message_id, reply_markup=KEYBOARD)
    await bot.edit_message_reply_markup(ADA, message.message_id)
    with pytest.raises(KeyError):
        fake.press(ADA, fake.sent[0], "Khai sinh")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("hai", ADA, 1)


async def test_a_tap_must_be_answered_in_time(fake: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(ADA, "một", reply_markup=KEYBOARD)
    tap = fake.press(ADA, fake.sent[0], "Khai sinh")["callback_query"]
    assert (tap["data"], tap["message"]["text"]) == ("tt:1.001193", "một")
    await bot.answer_callback_query(tap["id"], "Đã ghi nhận")
    assert isinstance(fake.clock, Clock)
    fake.clock.forward(15.1)
    for query in (tap["id"], "unknown"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(query)


async def test_at_most_fifty_inline_results(fake: FakeTelegram, bot: Bot) -> None:
    def results(count: int) -> list[InlineQueryResultArticle]:
        return [InlineQueryResultArticle(str(n), "x", InputTextMessageContent("x")) for n in range(count)]

    query = fake.inline(ADA, "khai sinh")["inline_query"]["id"]
    await bot.answer_inline_query(query, results(50))
    with pytest.raises(BadRequest, match="Results_too_much"):
        await bot.answer_inline_query(query, results(51))
    assert [(sent.method, len(sent.fields["results"])) for sent in fake.sent] == [("answerInlineQuery", 50)]


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (failures.too_many_requests(7), RetryAfter),
        (failures.BLOCKED, Forbidden),
        (failures.CANT_PARSE, BadRequest),
        (failures.UNAUTHORIZED, InvalidToken),
        (failures.WEBHOOK_ACTIVE, Conflict),
        (failures.INTERNAL, NetworkError),
        (BAD_GATEWAY, NetworkError),
        (Cut.HANG_UNREAD, TimedOut),
        (Cut.HANG_RECORDED, TimedOut),
        (Cut.DROP_UNREAD, NetworkError),
        (Cut.DROP_RECORDED, NetworkError),
    ],
)
async def test_a_planned_failure_is_met_once(
    fake: FakeTelegram, bot: Bot, failure: Failure | Cut, error: type[Exception]
) -> None:
    fake.fail_next("sendMessage", failure)
    with pytest.raises(error):
        await bot.send_message(ADA, "một", read_timeout=0.05)
    recorded = [sent.text for sent in fake.sent]
    assert recorded == (["một"] if failure in (Cut.HANG_RECORDED, Cut.DROP_RECORDED) else [])
    await bot.send_message(ADA, "hai")
    assert [sent.text for sent in fake.sent] == [*recorded, "hai"]


async def test_who_blocked_the_bot_is_not_reached(fake: FakeTelegram, bot: Bot) -> None:
    fake.blocked(ADA)
    with pytest.raises(Forbidden):
        await bot.send_message(ADA, "một")
    fake.unblocked(ADA)
    await bot.send_message(ADA, "hai")
    assert [sent.text for sent in fake.sent] == ["hai"]


async def test_flood_limits_hold_if_wanted(fake: FakeTelegram, bot: Bot) -> None:
    fake.chats.enforce_rates = True
    for person in range(30):
        await bot.send_message(ADA + person, "x")
    for person in (ADA, ADA + 30):
        with pytest.raises(RetryAfter):
            await bot.send_message(person, "x")
    assert isinstance(fake.clock, Clock)
    fake.clock.forward(1)
    await bot.send_message(ADA, "x")


async def test_slow_answers_come_late(fake: FakeTelegram, bot: Bot) -> None:
    fake.slow(60)
    with pytest.raises(TimedOut):
        await bot.send_message(ADA, "một", read_timeout=0.05)
    assert [sent.text for sent in fake.sent] == ["một"]


async def test_updates_are_kept_until_a_higher_offset_is_asked_for(fake: FakeTelegram, bot: Bot) -> None:
    first, second = fake.message(ADA, "một"), fake.message(ADA, "hai")
    waiting = asyncio.create_task(bot.get_updates(timeout=5))
    await fake.until(lambda: fake.polling.is_asked)
    fake.queue(first)
    assert [update.update_id for update in await waiting] == [first["update_id"]]
    fake.queue(second)
    assert [update.update_id for update in await bot.get_updates(limit=1)] == [first["update_id"]]
    assert [update.update_id for update in await bot.get_updates(offset=first["update_id"] + 1)] == [
        second["update_id"]
    ]
    assert await bot.get_updates(offset=second["update_id"] + 1) == ()


async def test_one_consumer_at_a_time(fake: FakeTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=5))
    await fake.until(lambda: fake.polling.is_asked)
    async with Bot(fake.token, base_url=fake.base_url) as other:
        await other.get_updates()
    with pytest.raises(Conflict):
        await waiting
    await bot.set_webhook("https://bot.example.gov.vn/webhooks/telegram")
    with pytest.raises(Conflict):
        await bot.get_updates()


async def test_a_bot_tells_of_itself(fake: FakeTelegram, bot: Bot) -> None:
    await bot.set_my_commands([("start", "Bắt đầu")], language_code="vi")
    await bot.set_my_description("Trợ lý", language_code="vi")
    await bot.set_my_short_description("Trợ lý")
    await bot.set_chat_menu_button()
    await bot.send_chat_action(ADA, "typing")
    (command,) = await bot.get_my_commands(language_code="vi")
    assert (command.command, command.description) == ("start", "Bắt đầu")
    assert (fake.profile.description, fake.profile.short_description) == ({"vi": "Trợ lý"}, {"": "Trợ lý"})
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Bắt", "x")])
    assert fake.sent == []


async def test_a_wrong_token_and_an_unknown_method_are_refused(fake: FakeTelegram, bot: Bot) -> None:
    async with aiohttp.ClientSession() as client, client.get(f"{fake.base_url}1:OTHER/getMe") as refused:
        assert (refused.status, await refused.json()) == (401, payload("telegram/error_401"))
    with pytest.raises(Exception, match="not found"):
        await bot.do_api_request("sendNothing")


@pytest.mark.parametrize(
    "build",
    [
        lambda fake: fake.message(ADA, "khai sinh"),
        lambda fake: fake.message(ADA, "khai sinh", group=-100),
        lambda fake: fake.start(ADA, "tt_1_001193"),
        lambda fake: fake.edited(fake.message(ADA, "một"), "hai"),
        lambda fake: fake.photo(ADA, "Giấy này?"),
        lambda fake: fake.sticker(ADA),
        lambda fake: fake.voice(ADA),
        lambda fake: fake.contact(ADA),
        lambda fake: fake.location(ADA),
        lambda fake: fake.tap_old(ADA, 12, "dg:5"),
        lambda fake: fake.tap_inline(ADA, "inline-1", "dg:5"),
        lambda fake: fake.inline(ADA, "khai sinh"),
        lambda fake: fake.chosen(ADA, "1.001193", "khai sinh"),
        lambda fake: fake.reaction(ADA, 366),
        lambda fake: fake.blocked(ADA),
        lambda fake: fake.unblocked(ADA),
    ],
)
async def test_updates_are_what_the_library_reads(
    fake: FakeTelegram, bot: Bot, build: Callable[[FakeTelegram], JsonObject]
) -> None:
    update = build(fake)
    read = TelegramUpdate.de_json(update, bot)
    assert read.api_kwargs == {}
    assert [name for name in TelegramUpdate.ALL_TYPES if getattr(read, name) is not None] == [list(update)[1]]
    assert build(fake)["update_id"] > update["update_id"]


@pytest.mark.parametrize("path", sorted(path.stem for path in (PAYLOADS / "telegram").glob("error_*.json")))
def test_complaints_read_as_in_the_examples(path: str) -> None:
    said = [failures.too_many_requests(7).body, *(f.body for f in vars(failures).values() if isinstance(f, Failure))]
    assert payload(f"telegram/{path}") in said
