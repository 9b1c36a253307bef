"""GET /tt/{code}: the card, where it leads, and what search engines read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.operations.show import card_of
from bot.settings import Settings
from bot.texts import load_texts
from bot.web.pages.procedure_view import procedure_view
from bot.web.pages.site import prepare
from bot.web.pages.structured_data import safe_json
from tests.unit.web.conftest import Client, MakeClient, ScriptedAssistant
from tests.unit.web.reading import visit

PUBLIC = "https://hoidap.example.gov.vn"


async def test_the_page_says_what_the_assistant_says(client: Client, catalogue: Catalogue) -> None:
    card = card_of(Guide.of(catalogue), load_texts(), "1.900001")
    assert card is not None
    page = await visit(client, "/tt/1.900001")
    heading, *lines = card.text.split("\n")
    assert page.of("h1") == [heading]
    assert page.of("p")[: len(lines)] == lines
    addresses = [address for _, address in page.links]
    assert [link.url for link in card.links] == [a for a in addresses if a.startswith("https://")]
    assert ("Hỏi tiếp ở đây", "/?c=tt%3A1.900001") in page.links


def test_old_data_are_shown_with_a_caution(catalogue: Catalogue) -> None:
    site, texts = prepare(Guide.of(catalogue)), load_texts()
    day = site.list.as_of
    caution = texts.get("freshness.card")
    for settings, days in ((Settings(), 365), (Settings(data_old_days=30), 30)):
        views = [
            procedure_view(site, texts, settings, "1.900001", None, today=day + timedelta(days=passed))
            for passed in (days, days + 1)
        ]
        young, old = (view.lines if view is not None else () for view in views)
        assert old == (*young[:-1], caution, young[-1])


async def test_where_bodies_differ_each_can_be_chosen(client: Client) -> None:
    page = await visit(client, "/tt/1.900002")
    assert [link for link in page.links if "?noi=" in link[1]] == [
        ("Bình Mẫu", "/tt/1.900002?noi=H99.100"),
        ("Xã, phường khác", "/tt/1.900002?noi=H99.101"),
        ("Ủy ban nhân dân tỉnh Mẫu", "/tt/1.900002?noi=H99"),
    ]


@pytest.mark.parametrize("name", ["noi", "xa"])
async def test_the_level_at_one_body(client: Client, catalogue: Catalogue, name: str) -> None:
    card = card_of(Guide.of(catalogue), load_texts(), "1.900002", "H99.101")
    assert card is not None
    page = await visit(client, f"/tt/1.900002?{name}=H99.101")
    assert card.text.split("\n")[1] in page.of("p")
    assert "Anh/chị đang xem tại: Ủy ban nhân dân xã An Mẫu. Xem tất cả các nơi" in page.of("p")
    assert ("Hỏi tiếp ở đây", "/?c=tt%3A1.900002%40H99.101") in page.links


@pytest.mark.parametrize("body", ["H99.05", "H12.345", "'\"><script>", "%00"])
async def test_a_body_that_does_not_decide_is_left_out(client: Client, body: str) -> None:
    whole = await client.get("/tt/1.900001")
    assert await (await client.get("/tt/1.900001", params={"noi": body})).text() == await whole.text()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.900004", "1.900005"),
        ("1900001", "1.900001"),
        ("1.900001.01", "1.900001"),
        ("1.900001.000.00.00.H99", "1.900001"),
        ("1,900001", "1.900001"),
        ("TTHC%201.900004", "1.900005"),
    ],
)
async def test_other_forms_and_old_codes_lead_to_the_page(client: Client, written: str, code: str) -> None:
    response = await client.get(f"/tt/{written}?xa=H99.100&q=x", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (301, f"/tt/{code}?xa=H99.100")


async def test_the_page_tells_which_codes_it_replaces(client: Client) -> None:
    page = await visit(client, "/tt/1.900005")
    assert "Thay cho mã cũ: 1.900004." in page.of("p")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/tt/1.123456", "Mã này chưa có trong danh mục; mã vẫn có thể đúng, vì mã hay thay đổi."),
        ("/tt/5.000001", "Mã này chưa có trong danh mục; mã vẫn có thể đúng, vì mã hay thay đổi."),
        ("/tt/abc", "Địa chỉ này không có mã thủ tục. Mã có dạng một chữ số, dấu chấm, rồi sáu chữ số."),
        ("/tt/%3Cscript%3E", "Địa chỉ này không có mã thủ tục. Mã có dạng một chữ số, dấu chấm, rồi sáu chữ số."),
    ],
)
async def test_unknown_codes_are_told_with_a_way_on(client: Client, path: str, sentence: str) -> None:
    page = await visit(client, path, 404)
    assert sentence in page.of("p")
    assert "Anh/chị cần làm thủ tục gì?" in page.of("label")
    assert page.meta["robots"] == "noindex, follow"
    assert "canonical" not in page.meta


async def test_what_search_engines_read(make_client: MakeClient) -> None:
    client = await make_client(public_url=PUBLIC)
    page = await visit(client, "/tt/1.900001?noi=H99.100")
    assert page.meta["canonical"] == page.meta["og:url"] == f"{PUBLIC}/tt/1.900001"
    assert (page.meta["og:title"], page.of("title")) == ("Đăng ký khai sinh", ["Đăng ký khai sinh · Một Cửa Mẫu"])
    assert (
        page.meta["description"]
        == page.meta["og:description"]
        == (
            "Đăng ký khai sinh. Làm được toàn bộ trên mạng (dịch vụ công trực tuyến toàn trình). "
            "Mã 1.900001. Nguồn: danh mục dịch vụ công trực tuyến của tỉnh Mẫu, ngày 3/10/2026."
        )
    )
    assert json.loads(page.structured) == {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": "Đăng ký khai sinh",
        "identifier": "1.900001",
        "areaServed": {"@type": "AdministrativeArea", "name": "tỉnh Mẫu"},
        "serviceType": "Hộ tịch",
        "url": f"{PUBLIC}/tt/1.900001",
        "provider": [{"@type": "GovernmentOrganization", "name": "Ủy ban nhân dân xã, phường"}],
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": "https://portal.example.vn/thu-tuc/00000000-0000-4000-8000-000000000001",
        },
    }


async def test_nothing_is_said_online_where_nothing_is_known(client: Client) -> None:
    page = await visit(client, "/tt/1.900005")
    assert json.loads(page.structured).keys() & {"availableChannel", "provider"} == set()


@pytest.mark.parametrize(
    "host", ["evil.example/<x>", "q q.example", "..", "x..y", "-x", "[::1", 'x"y', "localhost:<x>"]
)
async def test_a_host_that_is_not_plain_is_not_repeated(client: Client, host: str) -> None:
    response = await client.get("/tt/1.900001", headers={"Host": host})
    text = await response.text()
    assert response.status == 400 or ("canonical" not in text and host not in text)


@pytest.mark.parametrize("path", ["/", "/tt/1.900001", "/toan-trinh", "/robots.txt", "/sitemap.xml"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "10.1.2.3", "127.0.0.2", "localhost.evil.example"]
)
async def test_without_a_public_address_no_host_of_others_is_repeated(client: Client, path: str, host: str) -> None:
    assert host not in await (await client.get(path, headers={"Host": host})).text()


@pytest.mark.parametrize("host", ["LocalHost:8080", "127.0.0.1", "127.0.0.1:80"])
async def test_this_machine_is_repeated(client: Client, host: str) -> None:
    response = await client.get("/tt/1.900001", headers={"Host": host})
    assert f'<link rel="canonical" href="http://{host.lower()}/tt/1.900001">' in await response.text()


async def test_apps_are_linked_only_where_their_accounts_are_set(client: Client, make_client: MakeClient) -> None:
    assert "zalo.me" not in await (await client.get("/tt/1.900001")).text()
    other = await make_client(zalo_oa_id="123456789", telegram_bot_username="@vidu_bot")
    page = await visit(other, "/tt/1.900001")
    assert [(label.split("zalo.me")[0].split("t.me")[0], url) for label, url in page.links if ".me/" in url] == [
        ("Mở trong Telegram", "https://t.me/vidu_bot?start=tt_1_900001"),
        ("Mở trong Zalo", "https://zalo.me/123456789"),
    ]


async def test_near_procedures(client: Client) -> None:
    page = await visit(client, "/tt/1.900001")
    assert [h for h in page.of("h2") if h.startswith("Thủ tục")] == ["Thủ tục hay cần cùng: Sinh con, nuôi con nhỏ"]
    assert [url for _, url in page.links if url.startswith(("/tt/", "/viec/"))] == [
        "/tt/1.900002",
        "/viec/having-a-child",
    ]


async def test_whatever_a_name_holds_is_shown_as_it_is(make_client: MakeClient, assistant: ScriptedAssistant) -> None:
    name = "</script><script>alert(1)</script>\u2028&amp; 'x'"
    procedures = dict(assistant.catalogue.procedures)
    procedures["1.900001"] = replace(procedures["1.900001"], title=name, label=None, short_name=None)
    assistant.catalogue = replace(assistant.catalogue, procedures=procedures, version="other")
    client = await make_client()
    page = await visit(client, "/tt/1.900001")
    assert page.of("h1") == [" ".join(name.split())]
    assert json.loads(page.structured)["name"] == name
    assert "<script>alert" not in await (await client.get("/toan-trinh")).text()


def test_data_cannot_end_its_element() -> None:
    assert safe_json(["</script>", "<!--", "\u2028'&"]) == (
        '["\\u003c/script\\u003e","\\u003c!--","\\u2028\\u0027\\u0026"]'
    )
