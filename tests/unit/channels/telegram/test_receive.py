from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.counted import Counted
from bot.channels.telegram.me import Me
from bot.channels.telegram.parse import Parsed
from bot.channels.telegram.receive import ALLOWED_UPDATES, TelegramReceiver
from bot.dialogue.messages import Attachment
from bot.errors import SettingsError
from bot.operations.messages.receiving import Arrival, Verdict
from bot.settings.channels import Unsigned
from bot.store.inbox import Kind
from tests.unit.channels.telegram.configured import HOOK, connected, settings_with
from tests.unit.channels.telegram.payloads import GROUP, UPDATES, US, in_group, message, payload

SECRET = HOOK
HEADER = "X-Telegram-Bot-Api-Secret-Token"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SENT = datetime.fromtimestamp(1719990853, UTC)
DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
ME = Me(123456, "dvc_mau_bot")
RECEIVER = TelegramReceiver(ME, SECRET)


def text(words: str, key: str = "update:10001", **fields: Any) -> Arrival:
    return Arrival(key, Kind.MESSAGE, "111", "111", SENT, DAY, text=words, **fields)


def sent(attachment: Attachment, key: str) -> Arrival:
    return Arrival(key, Kind.MESSAGE, "111", "111", SENT, DAY, attachment=attachment)


EXPECTED: Mapping[str, Parsed] = {
    "update_callback_query": Parsed(
        Counted.TAP,
        (
            Arrival(
                *("update:10003", Kind.TAP, "111", "111", NOW, HOUR),
                choice="tt:1.001193",
                extra={"callback": "4382bfdwdsb323b2d9", "message": "366"},
            ),
        ),
    ),
    "update_callback_query_inaccessible_message": Parsed(
        Counted.TAP,
        (
            Arrival(
                *("update:10004", Kind.TAP, "111", "111", NOW, HOUR),
                choice="dg:5",
                extra={"callback": "4382bfdwdsb323b2da"},
            ),
        ),
    ),
    "update_chosen_inline_result": Parsed(Counted.INLINE_CHOSEN),
    "update_inline_query": Parsed(
        Counted.INLINE,
        (
            Arrival(
                *("update:10005", Kind.INLINE, "inline:987654321", "987654321", NOW, timedelta(seconds=30)),
                text="khai sinh",
            ),
        ),
    ),
    "update_message_contact": Parsed(Counted.MESSAGE, (sent(Attachment.CONTACT, "update:10011"),)),
    "update_message_photo": Parsed(Counted.MESSAGE, (text("Giấy này?", "update:10010"),)),
    "update_message_reaction": Parsed(Counted.UNKNOWN),
    "update_message_start_deeplink": Parsed(Counted.MESSAGE, (text("/start tt_1_001193", "update:10002"),)),
    "update_message_text": Parsed(Counted.MESSAGE, (text("đăng ký khai sinh"),)),
    "update_my_chat_member_blocked": Parsed(
        Counted.LEFT,
        (Arrival("update:10007", Kind.LEFT, "111", "111", datetime.fromtimestamp(1719990900, UTC), DAY),),
    ),
    "update_my_chat_member_unblocked": Parsed(
        Counted.RETURNED,
        (Arrival("update:10008", Kind.RETURNED, "111", "111", datetime.fromtimestamp(1719990901, UTC), DAY),),
    ),
}


def test_every_payload_has_its_expectation() -> None:
    assert sorted(EXPECTED) == sorted(UPDATES)


@pytest.mark.parametrize("name", UPDATES)
def test_a_payload_is_received(name: str) -> None:
    body = json.dumps(payload(name)).encode()
    expected = EXPECTED[name]
    verdict = Verdict(HTTPStatus.OK, expected.counted.value, expected.arrivals)
    assert RECEIVER.receive({HEADER: SECRET}, body, NOW) == verdict
    assert RECEIVER.receive({HEADER.lower(): SECRET}, body, NOW) == verdict
    assert RECEIVER.parsed(payload(name), NOW).arrivals == expected.arrivals


@pytest.mark.parametrize(
    ("headers", "unsigned", "status", "counted"),
    [
        ({}, "refuse", HTTPStatus.FORBIDDEN, "unsigned"),
        ({}, "ignore", HTTPStatus.OK, "unsigned"),
        ({"X-Other": SECRET}, "refuse", HTTPStatus.FORBIDDEN, "unsigned"),
        ({HEADER: ""}, "ignore", HTTPStatus.FORBIDDEN, "wrong_secret"),
        ({HEADER: SECRET + "x"}, "ignore", HTTPStatus.FORBIDDEN, "wrong_secret"),
        ({HEADER: SECRET.lower()}, "refuse", HTTPStatus.FORBIDDEN, "wrong_secret"),
        ({HEADER: "sÉcret\udce9"}, "refuse", HTTPStatus.FORBIDDEN, "wrong_secret"),
    ],
)
def test_nothing_is_let_in_without_the_secret(
    headers: dict[str, str], unsigned: Unsigned, status: HTTPStatus, counted: str
) -> None:
    body = json.dumps(payload("update_message_text")).encode()
    assert TelegramReceiver(ME, SECRET, unsigned).receive(headers, body, NOW) == Verdict(status, counted)


def test_without_a_secret_of_ours_nothing_is_let_in() -> None:
    body = json.dumps(payload("update_message_text")).encode()
    verdict = TelegramReceiver(ME, None).receive({HEADER: ""}, body, NOW)
    assert verdict == Verdict(HTTPStatus.FORBIDDEN, "wrong_secret")


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"\xff\xfe", b"[]", b"null", b"5", b'"x"', b"{}", b'{"update_id": "1"}', b'{"update_id": true}'),
        *(b'{"update_id": 1, "message": {}}', b'{"update_id": 1, "message": 5}', b'{"update_id": 1, "message": [1]}'),
        *(b"[" * 100_000, b'{"update_id": 1, "inline_query": {"id": 5}}'),
        json.dumps(message(date=10**20)).encode(),
        json.dumps(message(text=5)).encode(),
        json.dumps(message(chat={"id": 1})).encode(),
    ],
)
def test_what_cannot_be_read_is_acknowledged_and_counted(body: bytes) -> None:
    assert RECEIVER.receive({HEADER: SECRET}, body, NOW) == Verdict(HTTPStatus.OK, "malformed")


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (message(text="/start hq_full-process"), {"choice": "hq:full-process"}),
        (message(text="/start s_1001193_12_18073_Ab3__x"), {"choice": "s:1001193.12.18073.Ab3__x"}),
        (message(text="/start"), {"text": "/start"}),
        (message(text="/start inline"), {"text": "/start inline"}),
        (message(text="/start me_erased"), {"text": "/start me_erased"}),
        (message(text="/start@dvc_mau_bot fi_dat-dai"), {"choice": "fi:dat-dai"}),
        (message(text=None, sticker={"x": 1}), None),
        (message(text=None, location={"latitude": 18.3, "longitude": 105.9}), {"attachment": Attachment.PLACE}),
        (
            message(text=None, voice={"file_id": "a", "file_unique_id": "b", "duration": 3}),
            {"attachment": Attachment.VOICE},
        ),
        (message(text=None, document={"file_id": "a", "file_unique_id": "b"}), {"attachment": Attachment.FILE}),
        (message(text=None, dice={"value": 3, "emoji": "🎲"}), {"attachment": Attachment.OTHER}),
        (
            message(
                text=None,
                animation={"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "duration": 1},
                document={"file_id": "a", "file_unique_id": "b"},
            ),
            {"attachment": Attachment.VIDEO},
        ),
    ],
)
def test_what_a_private_message_says(update: dict[str, Any], expected: dict[str, Any] | None) -> None:
    arrivals = () if expected is None else (Arrival("update:10001", Kind.MESSAGE, "111", "111", SENT, DAY, **expected),)
    assert RECEIVER.parsed(update, NOW).arrivals == arrivals


def test_an_album_is_answered_once() -> None:
    picture = payload("update_message_photo")["message"]["photo"]
    updates = [message(text=None, photo=picture, media_group_id="777") | {"update_id": number} for number in (1, 2)]
    arrival = sent(Attachment.PICTURE, "album:777")
    assert [RECEIVER.parsed(update, NOW).arrivals for update in updates] == [(arrival,), (arrival,)]


def test_an_edited_message_is_answered_anew() -> None:
    body = message(text="đăng ký khai tử", edit_date=1719990900)
    update = {"update_id": 5, "edited_message": body["message"]}
    arrival = Arrival(
        *("update:5", Kind.MESSAGE, "111", "111", datetime.fromtimestamp(1719990900, UTC), DAY), text="đăng ký khai tử"
    )
    assert RECEIVER.parsed(update, NOW) == Parsed(Counted.EDITED, (arrival,))


@pytest.mark.parametrize(
    ("update", "counted"),
    [
        (message(text=None, new_chat_title="x"), Counted.SERVICE),
        (message(text=None, pinned_message=message()["message"]), Counted.SERVICE),
        (message(**{"from": US | {"id": 7}}), Counted.FROM_BOT),
        (message(via_bot=US), Counted.OWN_INLINE),
        (message(**{"from": None}), Counted.CHANNEL_POST),
        ({"update_id": 1, "channel_post": message()["message"]}, Counted.CHANNEL_POST),
        ({"update_id": 1, "something_new": {}}, Counted.UNKNOWN),
        ({"update_id": 1, "edited_message": message(text=None, location={"latitude": 1, "longitude": 1})["message"]},
         Counted.EDITED_OTHER),
        (in_group("khai sinh"), Counted.NOT_ADDRESSED),
        (in_group("/help@other_bot"), Counted.NOT_ADDRESSED),
        (in_group("a@dvc_mau_bot"), Counted.NOT_ADDRESSED),
        (in_group("@dvc_mau_bot2 khai sinh"), Counted.NOT_ADDRESSED),
    ],
)  # fmt: skip
def test_what_is_counted_and_not_answered(update: dict[str, Any], counted: Counted) -> None:
    assert RECEIVER.parsed(update, NOW) == Parsed(counted)


def test_taps_on_nothing_of_ours_are_not_answered() -> None:
    game, elsewhere = payload("update_callback_query"), payload("update_callback_query")
    del game["callback_query"]["data"]
    del elsewhere["callback_query"]["message"]
    found = [RECEIVER.parsed(update, NOW) for update in (game, elsewhere)]
    assert found == [Parsed(Counted.OTHER_TAP)] * 2


def test_being_added_to_a_group_is_counted_only() -> None:
    update = payload("update_my_chat_member_unblocked")
    update["my_chat_member"]["chat"] = GROUP
    assert RECEIVER.parsed(update, NOW) == Parsed(Counted.MEMBERSHIP)


def group_arrival(words: str, address: str = "-1001:365") -> Arrival:
    return Arrival("update:10001", Kind.MESSAGE, "-1001/111", address, SENT, DAY, text=words)


OURS = message(**{"from": US, "text": "Anh/chị cần việc nào?"})["message"] | {"chat": GROUP}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (in_group("/help"), group_arrival("/help")),
        (in_group("/help@DVC_mau_bot"), group_arrival("/help")),
        (in_group("/start@dvc_mau_bot tt_1_001193"), group_arrival("/start tt_1_001193")),
        (in_group("@dvc_mau_bot khai sinh"), group_arrival("khai sinh")),
        (in_group("@dvc_mau_bot, khai sinh"), group_arrival("khai sinh")),
        (in_group("làm khai sinh ở đâu @dvc_mau_bot?"), group_arrival("làm khai sinh ở đâu ?")),
        (in_group("@dvc_mau_bot"), group_arrival("")),
        (in_group("2", reply_to_message=OURS), group_arrival("2")),
        (in_group("/tim", message_thread_id=9, is_topic_message=True), group_arrival("/tim", "-1001:365:9")),
        (in_group("/tim", message_thread_id=9), group_arrival("/tim")),
    ],
)
def test_a_group_is_answered_when_it_speaks_to_us(update: dict[str, Any], expected: Arrival) -> None:
    assert RECEIVER.parsed(update, NOW) == Parsed(Counted.MESSAGE, (expected,))


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (in_group("/help"), (group_arrival("/help"),)),
        (in_group("2", reply_to_message=OURS), (group_arrival("2"),)),
        (in_group("@dvc_mau_bot khai sinh"), ()),
        (in_group("/help@dvc_mau_bot"), ()),
    ],
)
def test_without_a_name_a_group_is_answered_where_no_name_is_needed(
    update: dict[str, Any], expected: tuple[Arrival, ...]
) -> None:
    assert TelegramReceiver(Me(123456), SECRET).parsed(update, NOW).arrivals == expected


def test_a_tap_in_a_group_is_the_tappers_own_and_edits_nothing() -> None:
    update = payload("update_callback_query")
    update["callback_query"]["message"]["chat"] = GROUP
    expected = Arrival(
        *("update:10003", Kind.TAP, "-1001/111", "-1001:366", NOW, HOUR),
        choice="tt:1.001193",
        extra={"callback": "4382bfdwdsb323b2d9"},
    )
    assert RECEIVER.parsed(update, NOW) == Parsed(Counted.TAP, (expected,))


def test_it_is_made_from_the_settings() -> None:
    body = json.dumps(in_group("@dvc_mau_bot khai sinh")).encode()
    verdict = Verdict(HTTPStatus.OK, "message", (group_arrival("khai sinh"),))
    receiver = TelegramReceiver.of(connected())
    assert (receiver.channel, receiver.receive({HEADER: SECRET}, body, NOW)) == ("telegram", verdict)


@pytest.mark.parametrize("token", [None, "AAE_x", "123456", "12 3:x"])
def test_a_token_that_is_none_is_told_without_it(token: str | None) -> None:
    with pytest.raises(SettingsError) as told:
        TelegramReceiver.of(settings_with(telegram_bot_token=token))
    assert str(told.value).startswith("TELEGRAM_BOT_TOKEN: ")
    assert "AAE_x" not in str(told.value)


def test_telegram_is_asked_for_what_is_read() -> None:
    assert set(payload_kinds()) - {"message_reaction"} | {"edited_message"} == set(ALLOWED_UPDATES)


def payload_kinds() -> list[str]:
    return [next(name for name in payload(update) if name != "update_id") for update in UPDATES]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def broken_updates(draw: st.DrawFn) -> dict[str, Any]:
    """A real update with something else somewhere in it."""
    update = payload(draw(st.sampled_from(UPDATES)))
    inside: Any = update
    while True:
        name = draw(st.sampled_from(sorted(inside)))
        if not isinstance(inside[name], dict) or not inside[name] or draw(st.booleans()):
            inside[name] = draw(ANY_JSON)
            return update
        inside = inside[name]


@settings(max_examples=300, deadline=None)
@given(broken_updates() | ANY_JSON, st.binary(max_size=50))
def test_nothing_makes_it_raise(update: object, noise: bytes) -> None:
    for body in (json.dumps(update).encode(), noise):
        verdict = RECEIVER.receive({HEADER: SECRET}, body, NOW)
        assert (verdict.status, verdict.counted in set(Counted)) == (HTTPStatus.OK, True)
