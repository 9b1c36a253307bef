from __future__ import annotations

import json
import logging
import re

import pytest

from bot.dialogue.message_code import apology
from bot.texts import load_texts
from bot.web.errors import FAULTS
from bot.web.forms import MAX_BODY_BYTES
from tests.log import Log
from tests.unit.web.conftest import Client, MakeClient, ScriptedAssistant

JSON = {"Content-Type": "application/json"}
CARD = {
    "status": "answered",
    "text": "Đăng ký khai sinh\nMã 1.001193.",
    "choices": [{"id": "start", "label": "Về đầu"}],
    "links": [
        {
            "label": "Mở trang",
            "url": "https://dichvucong.gov.vn/x?a=1&b=2",
            "host": "dichvucong.gov.vn",
            "leads_to": "https://dichvucong.gov.vn/x?a=1&b=2",
        }
    ],
    "codes": ["1.001193"],
}


async def test_a_message_is_answered(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.post("/api/chat", json={"text": "khai sinh"})
    assert (response.status, await response.json()) == (200, CARD)
    assert response.headers["Cache-Control"] == "no-store"
    assert assistant.told == [("khai sinh", None)]


async def test_a_choice_is_answered(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.post("/api/chat", json={"choice": "tt:1.001193"})
    assert response.status == 200
    assert assistant.told == [(None, "tt:1.001193")]


async def test_a_person_stays_the_same_and_cannot_choose_who_to_be(
    client: Client, assistant: ScriptedAssistant
) -> None:
    first = await client.post("/api/chat", json={"text": "một"})
    await client.post("/api/chat", json={"text": "hai"})
    cookie = first.cookies["mot_cua_person"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", "")
    person, _, signature = cookie.value.partition("~")
    assert [incoming.user for incoming in assistant.heard] == [person, person]

    forged = ("short", person, f"{'p' * 24}~{signature}", f"{person}~{'A' * 12}", f"{person}~{signature}=", "~", "")
    for value in forged:
        client.session.cookie_jar.clear()
        await client.post("/api/chat", json={"text": "ba"}, headers={"Cookie": f"mot_cua_person={value}"})
    others = [incoming.user for incoming in assistant.heard[2:]]
    assert (len(set(others)), {len(user) for user in others}) == (len(forged), {24})
    assert {person, "p" * 24}.isdisjoint(others)


async def test_the_cookie_travels_encrypted_only_where_the_public_address_is(make_client: MakeClient) -> None:
    client = await make_client(public_url="https://hoidap.example.gov.vn")
    response = await client.post("/api/chat", json={"text": "một"})
    assert response.cookies["__Host-mot_cua_person"]["secure"] is True


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b"{", JSON, (400, "broken_json")),
        (b"", JSON, (400, "broken_json")),
        (b'{"text": "\xff"}', JSON, (400, "broken_json")),
        (b"[" * 10_000, JSON, (400, "broken_json")),
        (b"1" * 10_000, JSON, (400, "broken_json")),
        (b"[]", JSON, (422, "wrong_shape")),
        (b'{"text": 5}', JSON, (422, "wrong_shape")),
        (b'{"text": "a", "choice": "b"}', JSON, (422, "wrong_shape")),
        (b'{"text": "a"}', {"Content-Type": "text/plain"}, (415, "wrong_content_type")),
        (b"text=a", {"Content-Type": "application/x-www-form-urlencoded"}, (415, "wrong_content_type")),
        (b'{"text": "' + b"a" * MAX_BODY_BYTES + b'"}', JSON, (413, "too_large")),
    ],
)
async def test_wrong_requests(
    client: Client, assistant: ScriptedAssistant, body: bytes, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    response = await client.post("/api/chat", data=body, headers=headers)
    told = await response.json()
    assert (response.status, told["error"]) == expected
    assert told.keys() == {"error", "text"}
    assert told["text"]
    assert assistant.heard == []

    after = await client.post("/api/chat", json={"text": "một"})
    assert after.status == 200


async def test_a_body_of_unknown_length_is_cut_off(client: Client) -> None:
    async def endless() -> object:
        for _ in range(64):
            yield b"a" * 1024

    response = await client.post("/api/chat", data=endless(), headers=JSON)
    assert (response.status, (await response.json())["error"]) == (413, "too_large")


async def test_the_largest_body_is_taken(client: Client) -> None:
    body = b'{"text": "%s"}'
    text = b"a" * (MAX_BODY_BYTES - len(body) + 2)
    response = await client.post("/api/chat", data=body % text, headers=JSON)
    assert response.status == 200


async def test_lone_surrogates_pass(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.post("/api/chat", data=rb'{"text": "a\ud800"}', headers=JSON)
    assert response.status == 200
    assert assistant.told == [("a\ud800", None)]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [("GET", "/api/chat", (405, "method_not_allowed")), ("POST", "/api/none", (404, "not_found"))],
)
async def test_wrong_addresses(client: Client, method: str, path: str, expected: tuple[int, str]) -> None:
    response = await client.request(method, path)
    assert (response.status, (await response.json())["error"]) == expected


async def test_what_breaks_is_told_in_a_sentence(client: Client, caplog: pytest.LogCaptureFixture, log: Log) -> None:
    with caplog.at_level(logging.ERROR):
        response = await client.post("/api/chat", json={"text": "boom"})
    body = await response.text()
    assert (response.status, json.loads(body)["error"]) == (500, "failed")
    (line,) = log.lines("bot")
    assert (line["event"], line["error"]) == ("request_failed", "RuntimeError")
    assert json.loads(body)["text"] == apology(load_texts(), str(line["message"]))
    assert "secret" not in body
    assert "secret" not in caplog.text


def test_codes_are_told_apart() -> None:
    assert len({fault.code for fault in FAULTS}) == len(FAULTS)


async def test_a_body_that_only_claims_to_be_compressed_is_refused(client: Client) -> None:
    headers = {**JSON, "Content-Encoding": "gzip"}
    response = await client.post("/api/chat", data=b'{"text":"khai sinh"}', headers=headers)
    assert (response.status, (await response.json())["error"]) == (422, "wrong_shape")


@pytest.mark.parametrize(
    ("text", "status", "ended"), [("khai sinh", "answered", "answered"), ("broken", "failed", "failed")]
)
async def test_each_message_has_one_line_without_its_words(
    client: Client, caplog: pytest.LogCaptureFixture, log: Log, text: str, status: str, ended: str
) -> None:
    caplog.set_level(logging.INFO, "bot")
    await client.post("/api/chat", json={"text": text})
    (line,) = log.lines("bot")
    assert re.fullmatch("[a-z]{8}", str(line.pop("message")))
    assert isinstance(line.pop("ms"), int)
    expected = {"level": "info", "event": "message_done", "channel": "web", "ended": ended, "status": status}
    assert line == expected


async def test_a_page_that_breaks_shows_the_code_of_its_line(client: Client, log: Log) -> None:
    response = await client.get("/", params={"q": "boom"})
    html = await response.text()
    (line,) = log.lines("bot")
    assert (response.status, line["event"]) == (500, "request_failed")
    assert f"báo cán bộ mã này: {line['message']}." in html
