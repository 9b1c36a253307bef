"""Whatever is sent: an answer of the table, never a broken server, and the next message works."""

from __future__ import annotations

import json
from urllib.parse import quote

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.dialogue.messages import Status
from bot.web.errors import FAILED, FAULTS
from tests.unit.web.conftest import Client

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "choice", "id", "commune", "language", "visit", "a"]), inner)
    ),
    max_leaves=8,
)
CODES = {fault.code for fault in FAULTS if fault is not FAILED}
# The client is one for all examples: that is what is being tested.
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(JSON_VALUES)
@example({"text": "\ud800\x00\u202e"})
async def test_any_json(client: Client, value: object) -> None:
    response = await client.post("/api/chat", data=json.dumps(value), headers={"Content-Type": "application/json"})
    told = await response.json()
    assert response.status in {200, 422}
    assert told.get("status") in set(Status) or told.get("error") == "wrong_shape"


@many
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
async def test_any_beginning(client: Client, typed: str) -> None:
    response = await client.get("/api/suggest", params={"q": typed})
    suggestions = (await response.json())["suggestions"]
    assert (response.status, len(suggestions) <= 6) == (200, True)


@many
@given(
    st.binary(max_size=200),
    st.sampled_from(["application/json", "application/json; charset=latin-1", "application/json; charset=none", "x"]),
)
async def test_any_bytes(client: Client, body: bytes, content_type: str) -> None:
    response = await client.post("/api/chat", data=body, headers={"Content-Type": content_type})
    told = await response.json()
    assert told.get("status") in set(Status) or told.get("error") in CODES


@many
@given(st.binary(max_size=200), st.sampled_from(["", "; charset=latin-1", "; charset=none"]))
@example(b"text=%ff&text=a", "; charset=none")
@example(b"text=%00%ed%a0%80&first=", "")
async def test_any_form(client: Client, body: bytes, charset: str) -> None:
    content_type = f"application/x-www-form-urlencoded{charset}"
    response = await client.post("/", data=body, headers={"Content-Type": content_type})
    assert (response.status in {200, 422}, response.content_type) == (True, "text/html")


@many
@given(
    st.dictionaries(
        st.sampled_from(["q", "c", "x", "xa", "lang", "embedded", "visit"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
        max_size=3,
    )
)
async def test_any_query(client: Client, query: dict[str, str]) -> None:
    response = await client.get("/", params=query)
    assert (response.status, response.content_type) == (200, "text/html")


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
PAGES = ["/toan-trinh", "/toan-trinh.csv", "/tim", "/linh-vuc", "/linh-vuc/ho-tich", "/tt/1.900001", "/sitemap.xml"]
NAMES = ["q", "muc", "cap", "linh-vuc", "co-quan", "xa", "noi", "trang", "x"]


@many
@given(st.sampled_from(PAGES), st.dictionaries(st.sampled_from(NAMES), ANY_TEXT, max_size=4))
@example("/toan-trinh", {"trang": "\u0663", "q": "\x00\u202e", "xa": "H99.100"})
async def test_any_query_of_the_pages(client: Client, path: str, query: dict[str, str]) -> None:
    response = await client.get(path, params=query)
    assert (response.status, bool(await response.read())) == (200, True)


@many
@given(st.sampled_from(["/tt/", "/linh-vuc/", "/viec/", "/sitemap-"]), ANY_TEXT)
@example("/tt/", "1.900001\u0000")
@example("/tt/", "１.９００００１")
@example("/tt/", "1.900001\r\nX: y")
async def test_any_name_of_a_page(client: Client, path: str, name: str) -> None:
    response = await client.get(path + quote(name, safe=""), allow_redirects=False)
    assert response.status in {200, 301, 404}
    assert response.headers.get("Location", "/tt/1.900001").isascii()
