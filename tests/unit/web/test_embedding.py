"""The chat in a frame of another site: who may show it, and how its visitors are known."""

from __future__ import annotations

import json

import pytest

from bot.web.keys import SIGNER
from tests.unit.web.conftest import Client, MakeClient, ScriptedAssistant

COMMUNE = "https://xa.example.gov.vn"
WARD = "https://phuong.example.gov.vn:8443"
VISIT = "v" * 24


@pytest.fixture
async def embedding(make_client: MakeClient) -> Client:
    return await make_client(embed_origins=f"{COMMUNE}, {WARD}/", public_url="https://hoidap.example.gov.vn")


def signed(client: Client, person: str) -> str:
    assert client.app is not None
    return client.app[SIGNER].sign("person", person)


def ancestors(policy: str) -> str:
    return dict(rule.split(" ", 1) for rule in policy.split("; "))["frame-ancestors"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/?embedded=1", f"{COMMUNE} {WARD}"),
        ("/?xa=H27.118&embedded=1&q=a", f"{COMMUNE} {WARD}"),
        ("/", "'none'"),
        ("/?embedded=0", "'none'"),
        ("/none?embedded=1", "'none'"),
        ("/healthz?embedded=1", "'none'"),
    ],
)
async def test_only_the_allowed_sites_and_only_the_embedded_chat(embedding: Client, path: str, expected: str) -> None:
    response = await embedding.get(path)
    assert ancestors(response.headers["Content-Security-Policy"]) == expected
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_by_default_nobody_may(client: Client) -> None:
    response = await client.get("/?embedded=1")
    assert ancestors(response.headers["Content-Security-Policy"]) == "'none'"
    assert "data-embedded" not in await response.text()
    assert (await client.get("/embed.js")).status == 404


async def test_the_line_of_script(embedding: Client, assistant: ScriptedAssistant) -> None:
    response = await embedding.get("/embed.js")
    assert (response.status, response.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    text = await response.text()
    words = json.loads(text[text.rindex("})(") + 3 : text.rindex(");")])
    name = assistant.catalogue.province.assistant_name
    assert words["vi"] == {"title": name, "open": "Hỏi thủ tục", "close": "Đóng"}


async def test_an_embedded_visitor_is_known_by_a_cookie_of_its_own(
    embedding: Client, assistant: ScriptedAssistant
) -> None:
    response = await embedding.post("/api/chat?embedded=1", json={"text": "một", "visit": VISIT})
    assert response.headers["Set-Cookie"] == (
        f"__Host-mot_cua_embedded={signed(embedding, VISIT)}; "
        "Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
    )
    framed, plain = (f"__Host-mot_cua_{name}" for name in ("embedded", "person"))
    again = {"Cookie": f"{framed}={signed(embedding, 'c' * 24)}; {plain}={signed(embedding, 'p' * 24)}"}
    await embedding.post("/api/chat?embedded=1", json={"text": "hai", "visit": VISIT}, headers=again)
    await embedding.post("/api/chat", json={"text": "ba", "visit": VISIT}, headers=again)
    assert [incoming.user for incoming in assistant.heard] == [VISIT, "c" * 24, "p" * 24]


async def test_a_cookie_that_we_have_not_signed_counts_as_none(embedding: Client, assistant: ScriptedAssistant) -> None:
    forged = {"Cookie": f"__Host-mot_cua_embedded={'c' * 24}"}
    await embedding.post("/api/chat?embedded=1", json={"text": "một", "visit": VISIT}, headers=forged)
    assert [incoming.user for incoming in assistant.heard] == [VISIT]


@pytest.mark.parametrize("visit", [None, 5, "short", "ế" * 24])
async def test_a_visit_that_is_no_name_counts_as_none(
    embedding: Client, assistant: ScriptedAssistant, visit: object
) -> None:
    await embedding.post("/api/chat?embedded=1", json={"text": "một", "visit": visit})
    assert (len(assistant.heard[0].user), assistant.heard[0].user != visit) == (24, True)


async def test_without_tls_the_cookie_is_the_usual_one(make_client: MakeClient, assistant: ScriptedAssistant) -> None:
    client = await make_client(embed_origins=COMMUNE)
    response = await client.post("/api/chat?embedded=1", json={"text": "một", "visit": VISIT})
    cookie = response.cookies["mot_cua_person"]
    assert (cookie.value, cookie["samesite"], cookie["secure"]) == (signed(client, VISIT), "Lax", "")


async def test_outside_a_frame_nothing_changes(embedding: Client) -> None:
    response = await embedding.post("/api/chat", json={"text": "một"})
    assert list(response.cookies) == ["__Host-mot_cua_person"]
    assert response.cookies["__Host-mot_cua_person"]["samesite"] == "Lax"
    assert "Partitioned" not in response.headers["Set-Cookie"]


async def test_the_form_passes_the_visit_on(embedding: Client, assistant: ScriptedAssistant) -> None:
    """Where the browser keeps no cookie and runs no script, the visit still goes on."""
    response = await embedding.post("/?embedded=1", data={"text": "một", "xa": "H27.118"})
    text = await response.text()
    person = assistant.heard[-1].user
    assert 'action="/?embedded=1"' in text
    assert f'<input type="hidden" name="visit" value="{person}">' in text
    assert '<input type="hidden" name="xa" value="H27.118">' in text
    embedding.session.cookie_jar.clear()
    await embedding.post("/?embedded=1", data={"text": "hai", "visit": person})
    assert assistant.heard[-1].user == person


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Origin": COMMUNE}, 403),
        ({"Origin": COMMUNE}, 403),
    ],
)
async def test_the_page_around_may_not_write_in_the_visitors_name(
    embedding: Client, headers: dict[str, str], status: int
) -> None:
    response = await embedding.post("/api/chat?embedded=1", json={"text": "một"}, headers=headers)
    assert response.status == status
