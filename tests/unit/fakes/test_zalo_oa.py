"""The calls of the fake Official Account."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.fakes import zalo_oa_failures as failures
from tests.fakes.clock import Clock
from tests.fakes.failures import Cut, Failure, JsonObject
from tests.fakes.payloads import PAYLOADS, payload
from tests.fakes.zalo_oa import ANONYMOUS_PATH, CONSULTATION_PATH, FakeZaloOA

ADA = "246845883529197922"
DAY = 24 * 3600


class Account:
    """A plain client of the fake."""

    def __init__(self, fake: FakeZaloOA, client: aiohttp.ClientSession) -> None:
        self.fake = fake
        self._client = client

    async def post(self, path: str, body: JsonObject) -> JsonObject:
        headers = {"access_token": self.fake.tokens.access}
        async with self._client.post(self.fake.openapi_base + path, json=body, headers=headers) as answer:
            assert answer.status == 200
            read: JsonObject = await answer.json()
            return read

    async def get(self, path: str, **data: str) -> JsonObject:
        headers = {"access_token": self.fake.tokens.access}
        query = {"data": json.dumps(data)}
        async with self._client.get(self.fake.openapi_base + path, params=query, headers=headers) as answer:
            read: JsonObject = await answer.json()
            return read

    async def say(self, text: str, *buttons: JsonObject, to: str = ADA) -> JsonObject:
        message: JsonObject = {"text": text}
        if buttons:
            message["attachment"] = {"type": "template", "payload": {"buttons": list(buttons)}}
        return await self.post(CONSULTATION_PATH, {"recipient": {"user_id": to}, "message": message})

    def wait(self, seconds: float) -> None:
        assert isinstance(self.fake.clock, Clock)
        self.fake.clock.forward(seconds)
        self.fake.tokens.renew()


@pytest.fixture
async def account(client: aiohttp.ClientSession) -> AsyncIterator[Account]:
    async with FakeZaloOA(clock=Clock()) as fake:
        fake.interact(ADA)
        yield Account(fake, client)


async def test_a_message_is_answered_as_documented(account: Account) -> None:
    answer = await account.post(CONSULTATION_PATH, payload("zalo_oa/send_cs_text"))
    (sent,) = account.fake.sent
    assert (sent.path, sent.user_id, sent.text, sent.quota_type) == (
        CONSULTATION_PATH,
        ADA,
        "Kính chào anh/chị. Anh/chị cần tra cứu thủ tục nào?",
        "reply",
    )
    expected = payload("zalo_oa/response_cs_ok")
    expected["data"] |= {"message_id": sent.message_id, "sent_time": "1719990853474"}
    assert answer == expected


@pytest.mark.parametrize("name", ["text", "text_buttons", "text_numbered_fallback", "image", "file", "quote"])
async def test_documented_messages_are_taken(account: Account, name: str) -> None:
    assert (await account.post(CONSULTATION_PATH, payload(f"zalo_oa/send_cs_{name}")))["error"] == 0


async def test_a_message_can_answer_a_message(account: Account) -> None:
    asked = account.fake.text(ADA, "Xin chào")["message"]["msg_id"]
    body = {"recipient": {"message_id": asked}, "message": {"text": "Dạ"}}
    assert (await account.post(CONSULTATION_PATH, body))["data"]["user_id"] == ADA


def button(title: str = "x", **other: object) -> JsonObject:
    return {"title": title, "type": "oa.query.show", "payload": "#x"} | other


@pytest.mark.parametrize(
    ("text", "buttons", "code"),
    [
        ("ễ" * 2000, [], 0),
        (unicodedata.normalize("NFD", "ễ" * 2000), [], 0),
        ("ễ" * 2001, [], -210),
        (" ", [], -201),
        ("x", [button()] * 5, 0),
        ("x", [button()] * 6, -210),
        ("x", [button("x" * 101)], -210),
        ("x", [button(payload="x" * 1001)], -210),
        ("x", [button(payload={"id": 1})], -201),
        ("x", [button(type="oa.query")], -201),
        ("x", [button(type="oa.open.url", payload={"url": "https://dichvucong.gov.vn"})], 0),
        ("x", [button(type="oa.open.url", payload={"url": "dichvucong.gov.vn"})], -201),
        ("x", [button(type="oa.open.phone", payload={"phone_code": "84000000000"})], 0),
        ("x", [button(type="oa.open.phone", payload={})], -201),
    ],
)
async def test_limits_of_a_message(account: Account, text: str, buttons: list[JsonObject], code: int) -> None:
    assert (await account.say(text, *buttons))["error"] == code
    assert len(account.fake.sent) == (code == 0)


@pytest.mark.parametrize("code", [-233, -201])
async def test_buttons_can_be_refused(account: Account, code: int) -> None:
    account.fake.refuse_buttons = code
    assert (await account.say("x", button()))["error"] == code
    assert (await account.say("x"))["error"] == 0


async def test_who_may_be_written_to_and_at_whose_cost(account: Account) -> None:
    fake = account.fake
    assert await account.say("x", to="1") == payload("zalo_oa/response_error_213")
    account.wait(2 * DAY + 1)
    await account.say("x")
    fake.messages.has_package = False
    await account.say("x")
    account.wait(5 * DAY)
    assert await account.say("x") == payload("zalo_oa/response_error_230")
    fake.text(ADA, "Xin chào")
    await account.say("x")
    fake.unfollow(ADA)
    assert (await account.say("x"))["error"] == -213
    fake.follow("2")
    await account.say("x", to="2")
    assert [sent.quota_type for sent in fake.sent] == ["sub_quota", None, "reply", "welcome_msg"]


async def test_numbers_are_no_ids_and_other_bodies_are_refused(account: Account) -> None:
    body = {"recipient": {"user_id": int(ADA)}, "message": {"text": "x"}}
    assert (await account.post(CONSULTATION_PATH, body))["error"] == -201
    assert (await account.post(CONSULTATION_PATH, {}))["error"] == -201
    listed = payload("zalo_oa/send_list_v2_legacy_DO_NOT_USE")
    assert (await account.post(CONSULTATION_PATH, listed))["error"] == -233


async def test_the_old_address_is_for_anonymous_people_only(account: Account) -> None:
    body = payload("zalo_oa/send_anonymous_text_v2")
    assert (await account.post(ANONYMOUS_PATH, body))["error"] == -201
    recipient = body["recipient"]
    account.fake.anonymous_text(recipient["anonymous_id"], recipient["conversation_id"], "Xin chào")
    assert (await account.post(ANONYMOUS_PATH, body))["error"] == 0
    listed = payload("zalo_oa/send_list_v2_legacy_DO_NOT_USE")
    assert await account.post(ANONYMOUS_PATH, listed) == payload("zalo_oa/response_error_240")


async def test_what_the_account_can_look_up(account: Account) -> None:
    profile = (await account.get("/v3.0/oa/user/detail", user_id=ADA))["data"]
    assert (profile["user_id"], profile["user_is_follower"]) == (ADA, False)
    assert (await account.get("/v3.0/oa/user/detail", user_id="1"))["error"] == -213
    quota = await account.post("/v3.0/oa/quota/message", {"user_id": ADA})
    assert quota["data"] == {"last_interaction": "1719990853474", "cs_reply": {"remain": 8, "total": 8}}
    assert (await account.get("/v2.0/oa/getoa"))["data"]["is_verified"] is True


async def test_a_limit_of_calls_holds_until_the_next_minute(account: Account) -> None:
    account.fake.calls_per_minute = 1
    assert (await account.say("x"))["error"] == 0
    assert await account.say("x") == payload("zalo_oa/response_error_32")
    account.wait(60)
    assert (await account.say("x"))["error"] == 0


@pytest.mark.parametrize("name", ["cs", "message/cs", CONSULTATION_PATH, "*"])
async def test_any_error_can_be_planned(account: Account, name: str) -> None:
    account.fake.fail_next(name, failures.error(-248, "standards"), times=2)
    said = [await account.say("x") for _ in range(3)]
    assert [answer["error"] for answer in said] == [-248, -248, 0]


@pytest.mark.parametrize(("cut", "count"), [(Cut.HANG_UNREAD, 0), (Cut.HANG_RECORDED, 1), (Cut.DROP_RECORDED, 1)])
async def test_an_answer_can_be_lost(account: Account, cut: Cut, count: int) -> None:
    account.fake.fail_next("cs", cut)
    body = payload("zalo_oa/send_cs_text")
    short = aiohttp.ClientTimeout(total=0.05)
    async with aiohttp.ClientSession(timeout=short) as hasty:
        with pytest.raises((aiohttp.ClientError, TimeoutError)):
            await Account(account.fake, hasty).post(CONSULTATION_PATH, body)
    assert len(account.fake.sent) == count


@pytest.mark.parametrize("path", sorted(path.stem for path in (PAYLOADS / "zalo_oa").glob("response_error_*.json")))
def test_complaints_read_as_in_the_examples(path: str) -> None:
    assert payload(f"zalo_oa/{path}") in [f.body for f in vars(failures).values() if isinstance(f, Failure)]
