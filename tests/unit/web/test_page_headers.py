"""How the pages may be kept: ETag, Last-Modified, 304, gzip, HEAD."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest

from tests.unit.web.conftest import Client, ScriptedAssistant

KEPT = ["/toan-trinh", "/toan-trinh.csv", "/tt/1.900001", "/linh-vuc", "/linh-vuc/ho-tich", "/viec/moving-home", "/tim"]
PLAIN = ["/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize("path", [*KEPT, *PLAIN])
async def test_a_page_is_asked_for_again_by_its_hash(client: Client, path: str) -> None:
    first = await client.get(path)
    told = {name: first.headers[name] for name in ("Cache-Control", "ETag", "Last-Modified", "Vary")}
    assert (told["Cache-Control"], told["Vary"]) == ("public, max-age=300", "Accept-Encoding")
    parsedate_to_datetime(told["Last-Modified"])
    for headers in (
        {"If-None-Match": told["ETag"]},
        {"If-None-Match": f'"x", {told["ETag"]}'},
        {"If-Modified-Since": told["Last-Modified"]},
    ):
        again = await client.get(path, headers=headers)
        assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", told["ETag"])
    for headers in (
        {"If-None-Match": 'W/"x"', "If-Modified-Since": told["Last-Modified"]},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-Modified-Since": "x"},
    ):
        assert (await client.get(path, headers=headers)).status == 200


@pytest.mark.parametrize("path", [*KEPT, "/tim?q=khai+sinh", "/tt/1.123456"])
async def test_it_is_compressed_for_who_can_read_it(client: Client, path: str) -> None:
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    zipped = await client.get(path, headers={"Accept-Encoding": "gzip, deflate"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert await plain.read() == await zipped.read()


@pytest.mark.parametrize("path", [*KEPT, *PLAIN, "/tim?q=khai+sinh", "/tt/1.123456", "/tt/1.900004"])
async def test_head_is_answered_like_get(client: Client, path: str) -> None:
    head = await client.head(path, allow_redirects=False)
    get = await client.get(path, allow_redirects=False)
    own = {"Date", "Content-Length"} if get.status == 301 else {"Date"}
    assert await head.read() == b""
    assert head.status == get.status
    assert {n: v for n, v in head.headers.items() if n not in own} == {
        n: v for n, v in get.headers.items() if n not in own
    }


async def test_another_catalogue_is_shown_at_once(client: Client, assistant: ScriptedAssistant) -> None:
    before = await client.get("/toan-trinh")
    procedures = dict(assistant.catalogue.procedures)
    procedures["1.900001"] = replace(procedures["1.900001"], title="Tên mới")
    assistant.catalogue = replace(assistant.catalogue, procedures=procedures, version="other")
    after = await client.get("/toan-trinh", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status == 200
    assert "Tên mới" in await after.text()


@pytest.mark.parametrize("path", ["/toan-trinh", "/tt/1.900001", "/robots.txt"])
async def test_pages_are_only_read(client: Client, path: str) -> None:
    response = await client.post(path)
    assert (response.status, response.headers["Allow"]) == (405, "GET,HEAD")


@pytest.mark.parametrize("path", KEPT)
async def test_reading_makes_nobody_known(client: Client, assistant: ScriptedAssistant, path: str) -> None:
    response = await client.get(path)
    assert "Set-Cookie" not in response.headers
    assert assistant.heard == []
