from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.channels.zalo_bot.receive import SECRET_HEADER, ZaloBotReceiver
from bot.channels.zalo_bot.updates import LIFE
from bot.dialogue.messages import Attachment
from bot.operations.messages.receiving import Arrival, Verdict
from bot.settings.channels import Unsigned
from bot.store.inbox import Kind
from tests.fixtures.platforms import payload

SECRET = "mat-khau-de-thu"
SIGNED = CIMultiDict({SECRET_HEADER.lower(): SECRET})
SENT_AT = datetime(2025, 6, 19, 6, 55, 31, 602_000, tzinfo=UTC)
NOW = datetime(2025, 6, 19, 6, 56, tzinfo=UTC)
PERSON = "6ede9afa66b88fe6d6a9"
RECEIVER = ZaloBotReceiver(SECRET)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def arrival(text: str | None = None, attachment: Attachment | None = None, sent_at: datetime = SENT_AT) -> Arrival:
    return Arrival(
        "msg:2d758cb5e222177a4e35", Kind.MESSAGE, PERSON, PERSON, sent_at, LIFE, text=text, attachment=attachment
    )


def received(update: object) -> Verdict:
    return RECEIVER.receive(SIGNED, json.dumps(update).encode(), NOW)


def changed(**parts: Any) -> dict[str, Any]:
    """A message with words, with some of its parts changed."""
    update: dict[str, Any] = payload("zalo_bot", "webhook_text_flat")
    update["message"] |= parts
    return update


@pytest.mark.parametrize(
    ("name", "counted", "arrivals"),
    [
        ("webhook_text_enveloped", "text", (arrival("Đăng ký khai sinh"),)),
        ("webhook_text_flat", "text", (arrival("Đăng ký khai sinh"),)),
        ("webhook_image", "image", (arrival(attachment=Attachment.PICTURE),)),
        ("webhook_sticker", "sticker", (arrival(attachment=Attachment.STICKER),)),
        ("webhook_voice", "voice", (arrival(attachment=Attachment.VOICE),)),
        ("webhook_unsupported", "unsupported", ()),
    ],
)
def test_what_people_send(name: str, counted: str, arrivals: tuple[Arrival, ...]) -> None:
    assert received(payload("zalo_bot", name)) == Verdict(HTTPStatus.OK, counted, arrivals)


def test_words_below_a_picture_are_read() -> None:
    update = payload("zalo_bot", "webhook_image")
    update["result"]["message"]["caption"] = "giấy này nộp ở đâu"
    assert received(update) == Verdict(HTTPStatus.OK, "image", (arrival("giấy này nộp ở đâu"),))


@pytest.mark.parametrize(
    ("update", "counted"),
    [
        (changed(chat={"id": PERSON, "chat_type": "GROUP"}), "group"),
        (changed(chat={"id": PERSON}), "group"),
        (changed(**{"from": {"id": PERSON, "is_bot": True}}), "bot"),
        (changed(**{"from": {"id": "", "is_bot": False}}), "unreadable"),
        (changed(**{"from": {"id": "\ud800"}}), "unreadable"),
        (changed(**{"from": None}), "unreadable"),
        (changed(message_id=None), "unreadable"),
        (changed(message_id="a" * 129), "unreadable"),
        (changed(message_id=True), "unreadable"),
        (changed(text=None), "unreadable"),
        ({"event_name": "message.video.received", "message": {}}, "unknown_event"),
        ({"event_name": "message.text.received"}, "unreadable"),
        ({"message": {}}, "unreadable"),
        ({"ok": True, "result": []}, "unreadable"),
        ([], "unreadable"),
        (None, "unreadable"),
    ],
)
def test_what_is_not_answered(update: object, counted: str) -> None:
    assert received(update) == Verdict(HTTPStatus.OK, counted)


@pytest.mark.parametrize(
    ("date", "sent_at"),
    [
        (1750316131602, SENT_AT),
        ("1750316131602", SENT_AT),
        (None, NOW),
        ("bây giờ", NOW),
        (10**30, NOW),
        (-(10**30), NOW),
        (1850316131602, NOW),
    ],
)
def test_when_it_was_sent(date: object, sent_at: datetime) -> None:
    expected = (arrival("Đăng ký khai sinh", sent_at=sent_at),)
    assert received(changed(date=date)) == Verdict(HTTPStatus.OK, "text", expected)


def test_ids_may_be_numbers() -> None:
    update = changed(**{"message_id": 7, "from": {"id": 8}, "chat": {"id": 9, "chat_type": "PRIVATE"}})
    expected = Arrival("msg:7", Kind.MESSAGE, "8", "9", SENT_AT, LIFE, text="Đăng ký khai sinh")
    assert received(update) == Verdict(HTTPStatus.OK, "text", (expected,))


@pytest.mark.parametrize(
    ("unsigned", "headers", "expected"),
    [
        ("refuse", {}, Verdict(HTTPStatus.FORBIDDEN, "unsigned")),
        ("ignore", {}, Verdict(HTTPStatus.OK, "unsigned")),
        ("refuse", {SECRET_HEADER: ""}, Verdict(HTTPStatus.FORBIDDEN, "wrong_secret")),
        ("ignore", {SECRET_HEADER: SECRET[:-1]}, Verdict(HTTPStatus.FORBIDDEN, "wrong_secret")),
        ("ignore", {SECRET_HEADER: "mật khẩu\udcff"}, Verdict(HTTPStatus.FORBIDDEN, "wrong_secret")),
    ],
)
def test_only_zalo_is_heard(unsigned: Unsigned, headers: dict[str, str], expected: Verdict) -> None:
    body = json.dumps(payload("zalo_bot", "webhook_text_flat")).encode()
    assert ZaloBotReceiver(SECRET, unsigned).receive(headers, body, NOW) == expected


@pytest.mark.parametrize("given_secret", ["", SECRET])
def test_without_a_secret_nothing_is_believed(given_secret: str) -> None:
    verdict = ZaloBotReceiver(None, "ignore").receive({SECRET_HEADER: given_secret}, b"{}", NOW)
    assert verdict == Verdict(HTTPStatus.FORBIDDEN, "wrong_secret")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json(body: bytes) -> None:
    assert RECEIVER.receive(SIGNED, body, NOW) == Verdict(HTTPStatus.OK, "unreadable")


@given(
    st.fixed_dictionaries(
        {"event_name": JSON | st.sampled_from(["message.text.received", "message.image.received"])},
        optional={
            "message": JSON
            | st.fixed_dictionaries(
                {},
                optional={
                    name: JSON | st.fixed_dictionaries({"id": JSON, "chat_type": st.just("PRIVATE")})
                    for name in ("from", "chat", "text", "message_id", "date", "caption")
                },
            )
        },
    )
)
def test_it_never_raises(update: dict[str, Any]) -> None:
    assert received(update).status == HTTPStatus.OK
