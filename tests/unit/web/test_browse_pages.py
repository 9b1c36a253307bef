"""Fields, situations in life, sitemap and robots.txt."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.web.pages.site import prepare
from bot.web.pages.sitemap import Entry, entries, sitemap_files
from tests.unit.web.conftest import Client, MakeClient
from tests.unit.web.reading import visit

PUBLIC = "https://hoidap.example.gov.vn"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


async def test_the_fields(client: Client) -> None:
    page = await visit(client, "/linh-vuc")
    assert [text for text in page.of("li") if "thủ tục" in text] == [
        "Cư trú 1 thủ tục",
        "Đất đai 1 thủ tục",
        "Hộ tịch 2 thủ tục, 1 làm được toàn bộ trên mạng",
    ]
    assert [url for _, url in page.links if url.startswith(("/linh-vuc/", "/viec/"))] == [
        "/viec/having-a-child",
        "/viec/moving-home",
        "/linh-vuc/cu-tru",
        "/linh-vuc/dat-dai",
        "/linh-vuc/ho-tich",
    ]


async def test_a_field(client: Client) -> None:
    page = await visit(client, "/linh-vuc/ho-tich")
    assert page.of("h1") == ["Thủ tục lĩnh vực Hộ tịch"]
    assert [url for _, url in page.links if url.startswith("/tt/")] == ["/tt/1.900002", "/tt/1.900001"]


async def test_a_topic_of_ours_is_said_to_be_one(client: Client) -> None:
    page = await visit(client, "/linh-vuc/cu-tru")
    assert "Nhóm do chúng tôi đặt, vì danh mục quốc gia chưa ghi lĩnh vực." in page.of("p")


async def test_a_situation_in_life(client: Client) -> None:
    page = await visit(client, "/viec/having-a-child")
    assert page.of("h1") == ["Sinh con, nuôi con nhỏ: các thủ tục hay cần"]
    assert [url for _, url in page.links if url.startswith("/tt/")] == ["/tt/1.900001", "/tt/1.900002"]


@pytest.mark.parametrize("path", ["/linh-vuc/none", "/viec/none", "/linh-vuc/%3Cb%3E"])
async def test_what_does_not_exist(client: Client, path: str) -> None:
    page = await visit(client, path, 404)
    assert page.of("h1") == ["Không có mục này"]
    assert "Anh/chị cần làm thủ tục gì?" in page.of("label")


async def test_robots(client: Client, make_client: MakeClient) -> None:
    other = await make_client(public_url=PUBLIC)
    assert await (await other.get("/robots.txt")).text() == (
        f"User-agent: *\nDisallow: /api/\nDisallow: /r/\n\nSitemap: {PUBLIC}/sitemap.xml\n"
    )
    response = await client.get("/robots.txt", headers={"Host": "x..y"})
    assert await response.text() == "User-agent: *\nDisallow: /api/\nDisallow: /r/\n"
    assert (await client.get("/sitemap.xml", headers={"Host": "x..y"})).status == 404


async def test_every_address_of_the_sitemap_is_a_page_that_says_so_itself(make_client: MakeClient) -> None:
    client = await make_client(public_url=PUBLIC)
    response = await client.get("/sitemap.xml")
    assert response.content_type == "application/xml"
    root = ET.fromstring(await response.text())  # noqa: S314 - our own
    days = {url.findtext(f"{SPACE}loc", ""): url.findtext(f"{SPACE}lastmod") for url in root}
    assert days[f"{PUBLIC}/tt/1.900005"] == "2026-10-01"
    assert days[f"{PUBLIC}/tt/1.900003"] == days[f"{PUBLIC}/toan-trinh"] == "2026-10-03"
    assert f"{PUBLIC}/tt/1.900004" not in days
    for address in days:
        path = address.removeprefix(PUBLIC)
        page = await visit(client, path)
        if path != "/":
            assert (page.meta["canonical"], "robots" in page.meta) == (address, False)


def test_the_shipped_pages(catalogue: Catalogue) -> None:
    found = list(entries(prepare(Guide.of(catalogue))))
    assert len(found) == len({entry.path for entry in found})
    assert max(entry.day for entry in found) <= date(2026, 10, 4)


def test_many_addresses_are_split() -> None:
    pages = [Entry(f"/tt/{number}", date(2026, 1, 1)) for number in range(5)]
    index, *parts = sitemap_files(PUBLIC, iter(pages), ("vi", "en"), most=4)
    root = ET.fromstring(index)  # noqa: S314 - our own
    assert [item.findtext(f"{SPACE}loc") for item in root] == [f"{PUBLIC}/sitemap-{n}.xml" for n in (1, 2, 3)]
    listed = [item for part in parts for item in ET.fromstring(part)]  # noqa: S314 - our own
    assert [item.findtext(f"{SPACE}loc") for item in listed] == [
        f"{PUBLIC}{prefix}/tt/{number}" for number in range(5) for prefix in ("", "/en")
    ]
    assert [(link.get("hreflang"), link.get("href")) for link in listed[1].iter(f"{XHTML}link")] == [
        ("vi", f"{PUBLIC}/tt/0"),
        ("en", f"{PUBLIC}/en/tt/0"),
        ("x-default", f"{PUBLIC}/tt/0"),
    ]


@pytest.mark.parametrize("path", ["/sitemap-1.xml", "/sitemap-0.xml", "/sitemap-99999.xml"])
async def test_parts_that_are_not_there(client: Client, path: str) -> None:
    assert (await client.get(path)).status == 404
