"""The fake Official Account brings events to a webhook."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from tests.fakes.clock import Clock
from tests.fakes.failures import JsonObject
from tests.fakes.payloads import payload
from tests.fakes.zalo_oa import CONSULTATION_PATH, SIGNATURE_HEADER, FakeZaloOA, zalo_mac
from tests.unit.fakes.webhook import Hook

ADA = "246845883529197922"
VECTOR = payload("zalo_oa/signature_test_vector")


@pytest.fixture
async def fake(hook: Hook) -> AsyncIterator[FakeZaloOA]:
    async with FakeZaloOA(clock=Clock()) as started:
        started.webhook_url = hook.url
        yield started


async def test_the_bytes_that_are_sent_are_signed(fake: FakeZaloOA, hook: Hook) -> None:
    raw = VECTOR["raw_body_utf8"].encode()
    spaced = json.dumps(json.loads(raw), ensure_ascii=False).encode()
    for body in (raw, spaced):
        assert await fake.push(body) == 200
    assert [body for _, body in hook.got] == [raw, spaced]
    macs = [VECTOR["header"][SIGNATURE_HEADER], f"mac={VECTOR['must_fail']['body_reserialised_with_spaces']}"]
    assert hook.header(SIGNATURE_HEADER) == macs


async def test_signatures_can_be_wrong(fake: FakeZaloOA, hook: Hook) -> None:
    event = fake.text(ADA, "Xin chào")
    for sign in (True, False, "wrong", "APP_SECRET"):
        await fake.push(event, sign=sign)
    raw, timestamp = hook.got[0][1], event["timestamp"]
    assert hook.header(SIGNATURE_HEADER) == [
        f"mac={zalo_mac(fake.app_id, raw, timestamp, fake.oa_secret)}",
        None,
        f"mac={'0' * 64}",
        f"mac={zalo_mac(fake.app_id, raw, timestamp, 'APP_SECRET')}",
    ]


async def test_it_comes_again_and_says_for_which_time(fake: FakeZaloOA, hook: Hook) -> None:
    hook.statuses = [500, 204]
    assert await fake.push_until_accepted(fake.follow(ADA), pause=0) == 200
    assert hook.header("num_retry") == [None, "1", "2"]


async def test_who_answers_late_is_noted(fake: FakeZaloOA, hook: Hook) -> None:
    await fake.push(fake.follow(ADA))
    assert fake.late == []
    fake.answer_within = 0
    await fake.push(fake.follow(ADA))
    assert [delivery.status for delivery in fake.late] == [200]


async def test_what_the_account_sends_comes_back(fake: FakeZaloOA, hook: Hook, client: aiohttp.ClientSession) -> None:
    fake.interact(ADA)
    fake.receipts = True
    headers = {"access_token": fake.tokens.access}
    async with client.post(
        fake.openapi_base + CONSULTATION_PATH, json=payload("zalo_oa/send_cs_text"), headers=headers
    ):
        await fake.until(lambda: len(fake.deliveries) == 2)
    events = {event["event_name"]: event for event in (json.loads(body) for _, body in hook.got)}
    sent = fake.sent[0]
    assert events["oa_send_text"]["message"] == {"text": sent.text, "msg_id": sent.message_id}
    assert events["oa_send_text"]["sender"] == {"id": fake.oa_id}
    assert events["user_received_message"]["message"] == {"msg_id": sent.message_id}


def _shape(value: object) -> object:
    """The names in a payload and what kind of value each has."""
    if isinstance(value, dict):
        return {name: _shape(inner) for name, inner in value.items()}
    return [_shape(inner) for inner in value] if isinstance(value, list) else type(value)


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("user_send_text", lambda fake: fake.text(ADA, "Đăng ký khai sinh")),
        ("user_send_text_reply_quote", lambda fake: fake.text(ADA, "Còn lệ phí thì sao?", quote="1")),
        ("button_tap_as_user_send_text", lambda fake: fake.tap(ADA, "#tt:1.001193")),
        ("user_send_image", lambda fake: fake.image(ADA, "Giấy này dùng được không?")),
        ("user_send_audio", lambda fake: fake.voice(ADA)),
        ("user_send_sticker", lambda fake: fake.sticker(ADA)),
        ("user_send_file", lambda fake: fake.file(ADA)),
        ("user_send_link", lambda fake: fake.link(ADA)),
        ("user_send_location", lambda fake: fake.location(ADA)),
        ("follow", lambda fake: fake.follow(ADA)),
        ("unfollow", lambda fake: fake.unfollow(ADA)),
        ("user_click_chatnow", lambda fake: fake.chatnow(ADA)),
        ("user_withdraw", lambda fake: fake.withdraw(ADA)),
        ("oa_send_text_by_staff", lambda fake: fake.clerk_message(ADA, "Cán bộ xin trả lời")),
        ("oa_send_text_echo_bot", lambda fake: fake.echo(ADA, {"text": "x", "msg_id": "1"})),
        ("user_received_message", lambda fake: fake.received(ADA, "1")),
        ("user_seen_message", lambda fake: fake.seen(ADA, "1", "2")),
        ("user_reacted_message", lambda fake: fake.reacted(ADA, "1")),
        ("anonymous_send_text", lambda fake: fake.anonymous_text("1f", "fa", "Xin chào")),
    ],
)
def test_events_have_the_shapes_of_the_examples(name: str, build: Callable[[FakeZaloOA], JsonObject]) -> None:
    example = payload(f"zalo_oa/event_{name}")
    built = build(FakeZaloOA(clock=Clock()))
    assert (_shape(built), built["event_name"], built["timestamp"]) == (
        _shape(example),
        example["event_name"],
        example["timestamp"],
    )
