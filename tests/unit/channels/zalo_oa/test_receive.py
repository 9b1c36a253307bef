"""Requests to the webhook: every event that is documented is parsed or refused, and nothing breaks it."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa.events import ANSWERED, IGNORED, Counted
from bot.channels.zalo_oa.receive import ZaloOaReceiver
from bot.dialogue.messages import Attachment
from bot.operations.messages.receiving import Arrival, Receiver, Verdict
from bot.settings import Settings
from bot.store.inbox import Kind
from tests.log import Log
from tests.unit.channels.zalo_oa.payloads import (
    ACCOUNT,
    FOLDER,
    PERSON,
    SECRET_KEY,
    WEBHOOK_KEY,
    compact,
    payload,
    settings,
    signed,
)

SENT_AT = datetime.fromtimestamp(1719990853.474, UTC)
NOW = SENT_AT + timedelta(seconds=1)
DAY, WEEK = timedelta(hours=24), timedelta(days=7)
ADDRESS = f'{{"user_id": "{PERSON}"}}'
KEY = "msg:96d3cdf3af150460909"


def receive(event: Any, given: Settings | None = None, now: datetime = NOW, **extra: object) -> Verdict:
    body = compact({**event, **extra})
    stamp = extra.get("timestamp", event.get("timestamp", ""))
    return ZaloOaReceiver(given or settings()).receive(signed(body, stamp), body, now)


def message(kind: Kind = Kind.MESSAGE, key: str = KEY, **fields: Any) -> Arrival:
    return Arrival(key, kind, PERSON, ADDRESS, SENT_AT, DAY, **fields)


def noted(kind: Kind, key: str, life: timedelta = WEEK) -> Arrival:
    return Arrival(key, kind, PERSON, ADDRESS, SENT_AT, life)


def hashed(name: str) -> str:
    """The key of an event without a message: nobody's id can be read in it."""
    return "event:" + hashlib.sha256(json.dumps([name, PERSON, 1719990853474]).encode()).hexdigest()


EVENTS: dict[str, tuple[str, Arrival | None]] = {
    "event_user_send_text": ("user_send_text", message(text="Đăng ký khai sinh")),
    "event_user_send_text_reply_quote": (
        "user_send_text",
        message(key="msg:96d3cdf3af150460910", text="Còn lệ phí thì sao?"),
    ),
    "event_button_tap_as_user_send_text": (
        "user_send_text",
        message(Kind.TAP, "msg:96d3cdf3af150460911", choice="tt:1.001193"),
    ),
    "event_user_send_image": ("user_send_image", message(text="Giấy này dùng được không?")),
    "event_user_send_audio": ("user_send_audio", message(attachment=Attachment.VOICE)),
    "event_user_send_link": ("user_send_link", message(attachment=Attachment.LINK)),
    "event_user_send_sticker": ("user_send_sticker", message(attachment=Attachment.STICKER)),
    "event_user_send_location": ("user_send_location", message(attachment=Attachment.PLACE)),
    "event_user_send_file": ("user_send_file", message(attachment=Attachment.FILE)),
    "event_follow": ("follow", noted(Kind.WELCOME, hashed("follow"), DAY)),
    "event_unfollow": ("unfollow", noted(Kind.LEFT, hashed("unfollow"))),
    "event_user_click_chatnow": ("user_click_chatnow", noted(Kind.WELCOME, hashed("user_click_chatnow"), DAY)),
    "event_user_withdraw": ("user_withdraw", noted(Kind.WITHDRAWN, hashed("user_withdraw"))),
    "event_oa_send_text_by_staff": ("oa_send_text", noted(Kind.CLERK, "msg:a1b2c4")),
    "event_oa_send_text_echo_bot": ("echo", None),
    "event_user_received_message": ("receipt", None),
    "event_user_seen_message": ("receipt", None),
    "event_user_reacted_message": ("reaction", None),
    "event_user_submit_info": ("personal_info", None),
    "event_zbs_user_feedback": ("feedback", None),
    "event_anonymous_send_text": ("anonymous", None),
}


def test_every_event_given_is_here() -> None:
    assert sorted(EVENTS) == sorted(path.stem for path in FOLDER.glob("event_*.json"))


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_an_event(name: str) -> None:
    counted, arrival = EVENTS[name]
    assert receive(payload(name)) == Verdict(HTTPStatus.OK, counted, () if arrival is None else (arrival,))


def test_it_is_a_receiver() -> None:
    given: Receiver = ZaloOaReceiver(settings())
    assert given.channel == "zalo_oa"


@pytest.mark.parametrize("name", sorted(IGNORED))
def test_an_event_that_is_only_counted(name: str) -> None:
    assert receive({"event_name": name, "oa_id": ACCOUNT, "timestamp": "1"}) == Verdict(
        HTTPStatus.OK, IGNORED[name].value
    )


def test_names_that_are_counted_never_come_from_the_wire() -> None:
    assert receive({"event_name": "user_send_poem", "timestamp": "1"}) == Verdict(HTTPStatus.OK, "unknown_event")
    assert ANSWERED.isdisjoint(IGNORED)
    assert ANSWERED.isdisjoint(Counted)


ANONYMOUS = {"anonymous_id": "1ffedc467f179649cf06", "conversation_id": "fa8f3f8701c2e89cb1d3"}


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("text", {"text": "Xin chào"}),
        ("image", {"attachment": Attachment.PICTURE}),
        ("file", {"attachment": Attachment.FILE}),
    ],
)
def test_who_is_not_logged_in_is_answered_where_that_is_set(what: str, fields: dict[str, Any]) -> None:
    event = payload("event_anonymous_send_text") | {"event_name": f"anonymous_send_{what}"}
    if what != "text":
        del event["message"]["text"]
    given = settings(zalo_oa_anonymous=True)
    arrival = Arrival(KEY, Kind.MESSAGE, ANONYMOUS["anonymous_id"], json.dumps(ANONYMOUS), SENT_AT, DAY, **fields)
    assert receive(event, given) == Verdict(HTTPStatus.OK, f"anonymous_send_{what}", (arrival,))
    del event["message"]["conversation_id"]
    assert receive(event, given) == Verdict(HTTPStatus.OK, "malformed")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("tt:1.001193", {"kind": Kind.TAP, "choice": "tt:1.001193"}),
        (" #fi:dat-dai:2 ", {"kind": Kind.TAP, "choice": "fi:dat-dai:2"}),
        ("#linhvuc", {"text": "#linhvuc"}),
        ("#tim khai sinh", {"text": "#tim khai sinh"}),
        ("tt:99", {"text": "tt:99"}),
        # Words that people type; in danger, "help" is no wish for a manual.
        ("help", {"text": "help"}),
        ("menu", {"text": "menu"}),
        ("", {"text": ""}),
        ("\ud800", {"text": "\ud800"}),
    ],
)
def test_what_is_a_tap(text: str, fields: dict[str, Any]) -> None:
    body = json.dumps(payload("event_user_send_text") | {"message": {"text": text, "msg_id": "1"}}).encode()
    verdict = ZaloOaReceiver(settings()).receive(signed(body, "1719990853474"), body, NOW)
    assert verdict.arrivals == (message(**({"key": "msg:1"} | fields)),)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("https://dichvucong.gov.vn", {"attachment": Attachment.LINK}),
        (
            "Trang này đúng không? https://dichvucong.gov.vn",
            {"text": "Trang này đúng không? https://dichvucong.gov.vn"},
        ),
        ("  ", {"attachment": Attachment.LINK}),
        (None, {"attachment": Attachment.LINK}),
    ],
)
def test_words_with_a_link(text: str | None, fields: dict[str, Any]) -> None:
    event = payload("event_user_send_link")
    assert receive(event, message=event["message"] | {"text": text}).arrivals == (message(**fields),)


@pytest.mark.parametrize(
    ("stamp", "sent_at"),
    [
        ("1719990853474", SENT_AT),
        (1719990853474, SENT_AT),
        ("1719990854474", NOW),
        ("1719990999999", NOW),
        ("1719990853", NOW),
        ("-5", NOW),
        ("soon", NOW),
        ("", NOW),
        (None, NOW),
        (True, NOW),
        ([], NOW),
        ("99999999999999999999", NOW),
        (10**30, NOW),
        (0, NOW),
    ],
)
def test_when_it_was_sent(stamp: object, sent_at: datetime) -> None:
    body = compact(payload("event_user_send_text") | {"timestamp": stamp})
    written = stamp if isinstance(stamp, str | int) and not isinstance(stamp, bool) else ""
    (arrival,) = ZaloOaReceiver(settings()).receive(signed(body, written), body, NOW).arrivals
    assert arrival.sent_at == sent_at


def test_ids_may_be_numbers() -> None:
    event = payload("event_user_send_text") | {"sender": {"id": int(PERSON)}, "recipient": {"id": int(ACCOUNT)}}
    assert receive(event, settings(zalo_oa_id=ACCOUNT)).arrivals == (message(text="Đăng ký khai sinh"),)


@pytest.mark.parametrize("name", sorted(name for name, (_, arrival) in EVENTS.items() if arrival is not None))
def test_events_of_another_account(name: str) -> None:
    assert receive(payload(name), settings(zalo_oa_id=ACCOUNT)) == receive(payload(name))
    assert receive(payload(name), settings(zalo_oa_id="999999")) == Verdict(HTTPStatus.OK, "other_account")


def test_the_same_follow_at_another_time_is_another_event() -> None:
    first, second = (
        receive(payload("event_follow"), timestamp=stamp).arrivals[0] for stamp in ("1719990853474", "1719990853475")
    )
    assert first.key != second.key
    assert PERSON not in first.key


@pytest.mark.parametrize(("unsigned", "status"), [("ignore", HTTPStatus.OK), ("refuse", HTTPStatus.FORBIDDEN)])
def test_without_a_signature_nothing_is_done(unsigned: str, status: HTTPStatus) -> None:
    body = compact(payload("event_user_send_text"))
    assert ZaloOaReceiver(settings(zalo_oa_unsigned=unsigned)).receive({}, body, NOW) == Verdict(status, "unsigned")


@pytest.mark.parametrize("body", [compact(payload("event_user_send_text")), b"no json", b""])
def test_with_a_wrong_signature_nothing_is_read(body: bytes) -> None:
    headers = signed(body, "1719990853474", "ANOTHER_KEY")
    assert ZaloOaReceiver(settings()).receive(headers, body, NOW) == Verdict(HTTPStatus.FORBIDDEN, "wrong_signature")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b"[" * 100_000,
        b'{"event_name":5}',
        b'{"event_name":["follow"]}',
        b'{"event_name":"follow"}',
        b'{"event_name":"follow","follower":"x"}',
        b'{"event_name":"user_send_text","sender":{"id":"1"}}',
        b'{"event_name":"user_send_text","sender":{"id":"1"},"message":{"text":5}}',
        b'{"event_name":"user_send_text","sender":{"id":{}},"message":{"text":"x"}}',
        b'{"event_name":"user_send_text","sender":{"id":"a b"},"message":{"text":"x"}}',
        b'{"event_name":"user_send_image","message":{}}',
        b'{"event_name":"oa_send_text","sender":{"admin_id":"1"}}',
        b'{"event_name":"user_withdraw","user_id":true}',
    ],
)
def test_of_another_shape(body: bytes) -> None:
    assert ZaloOaReceiver(settings()).receive(signed(body, ""), body, NOW) == Verdict(HTTPStatus.OK, "malformed")


def test_which_key_signs_is_told_once_and_never_shown(caplog: pytest.LogCaptureFixture, log: Log) -> None:
    given = ZaloOaReceiver(settings())
    body = compact(payload("event_user_send_text"))
    with caplog.at_level(logging.INFO, "bot.channels.zalo_oa"):
        for key in (WEBHOOK_KEY, WEBHOOK_KEY, SECRET_KEY):
            given.receive(signed(body, "1719990853474", key), body, NOW)
    assert log.lines() == [
        {"level": "info", "event": "zalo_oa_signed_by", "key": key}
        for key in ("ZALO_OA_WEBHOOK_KEY", "ZALO_OA_SECRET_KEY")
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("sender", "recipient", "follower", "message", "timestamp", "user_id", "oa_id", "info")


@given(st.sampled_from(sorted([*ANSWERED, *IGNORED, "x"])), st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_the_fields_hold_it_is_parsed_or_counted(name: str, fields: dict[str, object]) -> None:
    body = json.dumps({"event_name": name, **fields}).encode()
    verdict = ZaloOaReceiver(settings(zalo_oa_anonymous=True)).receive(signed(body, ""), body, NOW)
    assert verdict.counted in {*ANSWERED, *Counted}
    assert all(arrival.sent_at <= NOW for arrival in verdict.arrivals)


@given(st.binary())
def test_whatever_the_body_is_it_is_survived(body: bytes) -> None:
    assert ZaloOaReceiver(settings()).receive(signed(body, ""), body, NOW).status in {
        HTTPStatus.OK,
        HTTPStatus.FORBIDDEN,
    }
