from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.channels.telegram import sender as sender_module
from bot.channels.telegram.client import Client, build_bot
from bot.channels.telegram.errors import is_about_buttons, is_unchanged, is_unparsable
from bot.channels.telegram.sender import Attempt, TelegramSender, after_refusal
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.operations.messages.sending import (
    Delivery,
    GoneError,
    OperatorError,
    RefusedError,
    SendError,
    UncertainError,
    UnreachableError,
    WaitError,
)
from tests.log import Log
from tests.unit.channels.telegram.configured import connected
from tests.unit.channels.telegram.payloads import ERRORS, payload
from tests.unit.channels.telegram.platform import CUT, HANG, Platform, refusal

REPLY = Reply(Status.ANSWERED, "Khai sinh\nA & B", (Choice("start", "Về đầu"),))
PAGE = Reply(Status.BROWSED, "Trang 2", (Choice("fi:2", "Tiếp"),), turns_page=True)
KEYBOARD = {"inline_keyboard": [[{"text": "Về đầu", "callback_data": "start"}]]}
NO_PREVIEW = {"is_disabled": True}
HTML = {
    "chat_id": 111,
    "text": "<b>Khai sinh</b>\nA &amp; B",
    "parse_mode": "HTML",
    "link_preview_options": NO_PREVIEW,
    "reply_markup": KEYBOARD,
}
PLAIN = {name: value for name, value in HTML.items() if name != "parse_mode"} | {"text": "Khai sinh\nA & B"}
BARE = {"chat_id": 111, "text": "Khai sinh\nA & B\n\n1. Về đầu", "link_preview_options": NO_PREVIEW}
EDIT = {
    "chat_id": 111,
    "message_id": 366,
    "text": "Trang 2",
    "parse_mode": "HTML",
    "link_preview_options": NO_PREVIEW,
    "reply_markup": {"inline_keyboard": [[{"text": "Tiếp", "callback_data": "fi:2"}]]},
}
ANEW = {name: value for name, value in EDIT.items() if name != "message_id"}


@pytest.fixture
def sender(bot: Client) -> TelegramSender:
    return TelegramSender(bot)


def to(address: str = "111", reply: Reply = REPLY) -> Delivery:
    return Delivery(address, reply, {})


def tapped(reply: Reply = PAGE) -> Delivery:
    return Delivery("111", reply, {"callback": "q", "message": "366"}, is_tap=True)


async def test_a_reply_is_sent(telegram: Platform, sender: TelegramSender) -> None:
    assert (sender.channel, sender.window, sender.count_parts(to())) == ("telegram", None, 1)
    await sender.send(to(), 0)
    assert telegram.calls == [("sendMessage", HTML)]


async def test_each_part_is_sent_on_its_own(telegram: Platform, sender: TelegramSender) -> None:
    delivery = to(reply=Reply(Status.HELPED, "một hai. " * 900, (Choice("start", "Về đầu"),)))
    assert sender.count_parts(delivery) == 3
    for part in range(3):
        await sender.send(delivery, part)
    said = [(fields["text"].rsplit("\n", 1)[1], fields.get("reply_markup")) for _, fields in telegram.calls]
    assert said == [("(1/3)", None), ("(2/3)", None), ("(3/3)", KEYBOARD)]


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("-1001", {}),
        ("-1001:365", {"reply_parameters": {"message_id": 365, "allow_sending_without_reply": True}}),
        ("-1001:-:7", {"message_thread_id": 7}),
        (
            "-1001:365:7",
            {"message_thread_id": 7, "reply_parameters": {"message_id": 365, "allow_sending_without_reply": True}},
        ),
    ],
)
async def test_a_group_is_answered_where_it_asked(
    telegram: Platform, sender: TelegramSender, address: str, fields: dict[str, Any]
) -> None:
    await sender.send(to(address), 0)
    assert telegram.calls == [("sendMessage", HTML | {"chat_id": -1001} | fields)]


async def test_an_address_of_another_channel_is_refused(telegram: Platform, sender: TelegramSender) -> None:
    with pytest.raises(RefusedError, match="the address is none of this channel's"):
        await sender.send(to("zalo"), 0)
    assert telegram.calls == []


async def test_a_turned_page_takes_the_place_of_the_one_before(telegram: Platform, sender: TelegramSender) -> None:
    await sender.send(tapped(), 0)
    assert telegram.calls == [("editMessageText", EDIT)]


@pytest.mark.parametrize(
    "delivery",
    [
        Delivery("111", PAGE, {"callback": "q"}, is_tap=True),
        Delivery("111", PAGE, {"message": "366"}),
        tapped(Reply(Status.BROWSED, "Trang 2", PAGE.choices)),
    ],
)
async def test_anything_else_is_a_message_of_its_own(
    telegram: Platform, sender: TelegramSender, delivery: Delivery
) -> None:
    await sender.send(delivery, 0)
    assert telegram.calls == [("sendMessage", ANEW)]


async def test_a_page_that_is_shown_already_is_left_alone(telegram: Platform, sender: TelegramSender) -> None:
    telegram.answers.append(payload("error_400_not_modified"))
    await sender.send(tapped(), 0)
    assert telegram.calls == [("editMessageText", EDIT)]


@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"])
async def test_a_page_that_cannot_be_edited_is_sent(telegram: Platform, sender: TelegramSender, words: str) -> None:
    telegram.answers.append(refusal(f"Bad Request: {words}"))
    await sender.send(tapped(), 0)
    assert telegram.calls == [("editMessageText", EDIT), ("sendMessage", ANEW)]


@pytest.mark.parametrize(
    ("refusals", "sent"),
    [
        (["error_400_cant_parse_entities"], [HTML, PLAIN]),
        (["error_400_button_data_invalid"], [HTML, BARE]),
        (["error_400_cant_parse_entities", "error_400_button_data_invalid"], [HTML, PLAIN, BARE]),
        (["error_400_migrated"], [HTML, HTML | {"chat_id": -1001234567890}]),
    ],
)
async def test_what_is_refused_for_its_form_is_sent_in_another(
    telegram: Platform, sender: TelegramSender, refusals: list[str], sent: list[dict[str, Any]]
) -> None:
    telegram.answers.extend(payload(name) for name in refusals)
    await sender.send(to(), 0)
    assert telegram.calls == [("sendMessage", fields) for fields in sent]


async def test_a_refused_link_is_written_out(telegram: Platform, sender: TelegramSender) -> None:
    telegram.answers.append(refusal("Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL"))
    reply = Reply(Status.HELPED, "Mời xem.", links=(Link("Cổng", "https://dichvucong.gov.vn"),))
    await sender.send(to(reply=reply), 0)
    assert telegram.calls[1] == ("sendMessage", BARE | {"text": "Mời xem.\n\nCổng: https://dichvucong.gov.vn"})


REFUSED: dict[str, tuple[type[SendError], str]] = {
    "error_400_button_data_invalid": (RefusedError, "Button_data_invalid"),
    "error_400_cant_parse_entities": (
        RefusedError,
        "Can't parse entities: can't find end tag corresponding to start tag …",
    ),
    "error_400_message_too_long": (RefusedError, "Message is too long"),
    "error_400_migrated": (RefusedError, "the group has moved, and its new number leads nowhere"),
    "error_400_not_modified": (RefusedError, payload("error_400_not_modified")["description"][13:].capitalize()),
    "error_400_query_too_old": (
        RefusedError,
        "Query is too old and response timeout expired or query id is invalid",
    ),
    "error_401": (OperatorError, "Telegram does not accept TELEGRAM_BOT_TOKEN"),
    "error_403_blocked": (GoneError, "Forbidden: bot was blocked by the user"),
    "error_403_deactivated": (GoneError, "Forbidden: user is deactivated"),
    "error_409_conflict": (OperatorError, "another process receives with the same TELEGRAM_BOT_TOKEN"),
    "error_429": (WaitError, "Telegram asks to wait 7 s"),
}


def test_every_refusal_has_its_expectation() -> None:
    assert sorted(REFUSED) == sorted(ERRORS)


@pytest.mark.parametrize("name", ERRORS)
async def test_a_refusal_that_stays_is_told(telegram: Platform, sender: TelegramSender, name: str) -> None:
    telegram.answers.extend([payload(name)] * 5)
    with pytest.raises(SendError) as told:
        await sender.send(to(), 0)
    kind, words = REFUSED[name]
    assert (type(told.value), str(told.value)) == (kind, words[:160])
    assert told.value.__cause__ is None


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (CUT, UncertainError, "no answer of Telegram: RemoteProtocolError"),
        (HANG, UncertainError, "no answer of Telegram: ReadTimeout"),
        (refusal("Internal Server Error", 500), UncertainError, "no answer of Telegram: NetworkError"),
        (refusal("Bad Gateway", 502), UncertainError, "no answer of Telegram: NetworkError"),
    ],
)
async def test_what_may_have_been_sent_is_told_as_such(
    telegram: Platform,
    monkeypatch: pytest.MonkeyPatch,
    answer: str | dict[str, Any],
    kind: type[SendError],
    words: str,
) -> None:
    monkeypatch.setattr("bot.channels.telegram.client.READ_SECONDS", 0.2)
    sender = TelegramSender(build_bot(connected(telegram_base_url=telegram.url)))
    telegram.answers.append(answer)
    with pytest.raises(kind) as told:
        await sender.send(to(), 0)
    assert (str(told.value), [name for name, _ in telegram.calls]) == (words, ["sendMessage"])
    await sender.close()


async def test_an_unreachable_telegram_keeps_nothing_from_starting() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
        sender = TelegramSender(build_bot(connected(telegram_base_url=nobody)))
        with pytest.raises(UnreachableError, match="Telegram cannot be reached: ConnectError"):
            await sender.send(to(), 0)
        await sender.acknowledge({"callback": "q"})
        await sender.close()


async def test_it_can_be_closed_unused() -> None:
    await TelegramSender(build_bot(connected())).close()


async def test_a_tap_is_acknowledged(telegram: Platform, sender: TelegramSender) -> None:
    await sender.acknowledge({"callback": "4382bfdwdsb323b2d9"})
    await sender.acknowledge({})
    assert telegram.calls == [("answerCallbackQuery", {"callback_query_id": "4382bfdwdsb323b2d9"})]


@pytest.mark.parametrize("name", ERRORS)
async def test_a_tap_that_cannot_be_acknowledged_is_let_be(
    telegram: Platform, sender: TelegramSender, caplog: pytest.LogCaptureFixture, log: Log, name: str
) -> None:
    telegram.answers.append(payload(name))
    with caplog.at_level("INFO", logger="bot"):
        await sender.acknowledge({"callback": "q"})
    assert log.events("bot.") == ["tap_not_acknowledged"] * (name != "error_400_query_too_old")


async def test_a_tap_is_acknowledged_soon_or_not_at_all(
    telegram: Platform, sender: TelegramSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "ACKNOWLEDGE_SECONDS", 0.05)
    telegram.answers.append(HANG)
    await sender.acknowledge({"callback": "q"})
    assert [name for name, _ in telegram.calls] == ["answerCallbackQuery"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("error_400_cant_parse_entities", [is_unparsable]),
        ("error_400_button_data_invalid", [is_about_buttons]),
        ("error_400_not_modified", [is_unchanged, is_about_buttons]),
        ("error_400_message_too_long", []),
        ("error_400_query_too_old", []),
    ],
)
def test_what_a_refusal_is_about(name: str, found: list[Callable[[BadRequest], bool]]) -> None:
    error = BadRequest(payload(name)["description"])
    assert [test for test in (is_unparsable, is_unchanged, is_about_buttons) if test(error)] == found


def test_there_is_an_end_of_trying() -> None:
    every = [
        BadRequest("can't parse entities"),
        BadRequest("BUTTON_DATA_INVALID"),
        BadRequest("message can't be edited"),
    ]
    attempt: Attempt | None = Attempt(111, edits=366)
    tries = 0
    while attempt is not None:
        attempt = next((further for error in every if (further := after_refusal(attempt, error))), None)
        tries += 1
    assert tries == 4
