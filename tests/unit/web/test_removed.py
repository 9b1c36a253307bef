"""Pages of what left the list: bookmarks, codes at counters and links go on working, and nobody else is led there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.catalog.model import Catalogue, Removal
from bot.dialogue.signed_links import PortalLink, RatingLink, ReviewLink
from bot.ratings.model import Origin, Subject
from bot.search.engine import SearchEngine
from bot.store.reviews import Team
from tests.unit.web.backed import BROWSER, NOW, SIGNER, Backed, backed
from tests.unit.web.conftest import Client, MakeClient, ScriptedAssistant
from tests.unit.web.reading import visit

GONE, REPLACED = "1.900001", "1.900004"
SENTENCE = "Thủ tục này không còn trong danh mục của tỉnh Mẫu từ ngày 2/11/2026."
UNTIL = date(2027, 3, 31)
SEARCH = "https://portal.example.vn/tim?ma=1.900001"


@pytest.fixture
def assistant(catalogue: Catalogue) -> ScriptedAssistant:
    removal = Removal(date(2026, 11, 2), "")
    procedures = {
        code: replace(known, removal=removal) if code in (GONE, REPLACED) else known
        for code, known in catalogue.procedures.items()
    }
    # As an import leaves it: what is no more in the list has no services, and no situation names it.
    services = {code: of_it for code, of_it in catalogue.services.items() if code != GONE}
    events = tuple(replace(e, codes=tuple(c for c in e.codes if c != GONE)) for e in catalogue.life_events)
    newer = replace(catalogue, procedures=procedures, services=services, life_events=events, version="newer")
    return ScriptedAssistant(newer, SearchEngine(newer))


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    async with backed(assistant, tmp_path / "web.sqlite") as made:
        yield made


async def test_its_page_says_so_and_is_not_to_be_found(client: Client) -> None:
    page = await visit(client, f"/tt/{GONE}?noi=H99.100")
    assert page.of("h1") == ["Đăng ký khai sinh"]
    assert page.of("p")[:6] == [
        SENTENCE,
        "Danh mục không ghi lý do. Thủ tục có thể đã đổi mã, hoặc đã bị bỏ.",
        "Anh/chị đã nộp hồ sơ rồi thì hỏi nơi đã nhận hồ sơ.",
        "Tôi không thấy thủ tục nào gần giống trong danh mục.",
        "Không đúng việc cần làm thì anh/chị nhắn lại bằng lời khác, hoặc hỏi Trung tâm Phục vụ hành chính công.",
        "Mã 1.900001. Nguồn: danh mục dịch vụ công trực tuyến của tỉnh Mẫu, ngày 3/10/2026.",
    ]
    assert page.meta["robots"] == "noindex, follow"
    assert page.structured == ""
    assert page.meta["og:image"].endswith(f"/anh/tt/{GONE}.png")
    assert page.meta["og:image:alt"] == "Đăng ký khai sinh. Thủ tục này không còn trong danh mục. Một Cửa Mẫu."
    assert ("Đánh giá dịch vụ này", "/?c=rate%3A1.900001") in page.links
    assert SEARCH in {address for _, address in page.links}


async def test_in_english(client: Client) -> None:
    page = await visit(client, f"/en/tt/{GONE}")
    assert "This procedure has not been in the list of Mẫu province since 2 November 2026." in page.of("p")


async def test_the_page_of_what_took_its_place_says_since_when(client: Client) -> None:
    response = await client.get(f"/tt/{REPLACED}", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (301, "/tt/1.900005")
    page = await visit(client, "/tt/1.900005")
    assert "Mã này thay cho mã 1.900004, không còn trong danh mục từ ngày 2/11/2026." in page.of("p")


async def test_no_list_names_it(make_client: MakeClient) -> None:
    client = await make_client(public_url="https://hoidap.example.gov.vn")
    for path in ("/toan-trinh", "/linh-vuc/ho-tich", "/viec/having-a-child", "/sitemap.xml", "/toan-trinh.csv"):
        response = await client.get(path)
        assert (path, response.status, GONE in await response.text()) == (path, 200, False)


async def test_the_search_page_says_so_and_lists_nothing_else_as_it(client: Client) -> None:
    page = await visit(client, f"/tim?{urlencode({'q': 'đăng ký khai sinh'})}")
    assert page.of("h3")[0] == "Đăng ký khai sinh"
    assert SENTENCE in page.of("p")
    assert ("Đăng ký khai sinh", f"/tt/{GONE}") in page.links


async def test_links_to_the_portal_lead_on(house: Backed) -> None:
    path = SIGNER.portal_path(PortalLink(GONE, "H99.100", "0123456789ab"))
    response = await house.client.get(path, headers=BROWSER, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, SEARCH)
    # Nobody is asked later how it went: there was nothing to use.
    assert house.shelf.opened == [("0123456789ab", Subject(GONE, "", "H99.100", "H99.100"), "web", NOW, None)]


async def test_a_code_at_the_counter_still_counts(house: Backed) -> None:
    path = SIGNER.rating_path(RatingLink(GONE, "H99.100", "", Origin.COUNTER, "quay-1", UNTIL))
    assert "Đăng ký khai sinh" in (await visit(house.client, path)).of("h1", "h2", "p", "legend")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    await house.client.post(path, data=urlencode({"nop": "online", "muc": "3"}), headers=headers)
    assert await house.rows("select code, agency, level, is_last from ratings") == [(GONE, "H99.100", 3, 1)]


async def test_a_team_that_has_tried_it_can_still_say_how_it_went(house: Backed) -> None:
    link = ReviewLink(GONE, Team.YOUTH, "H99.101", "doan-1", UNTIL)
    assert (await visit(house.client, SIGNER.review_path(link))).of("h1") == ["Đăng ký khai sinh"]
    replaced = SIGNER.review_path(replace(link, code=REPLACED))
    assert (await visit(house.client, replaced)).of("h1") == ["Đăng ký tạm trú, thường trú"]
    choosing = SIGNER.review_path(replace(link, code=""))
    page = await visit(house.client, f"{choosing}?{urlencode({'q': 'đăng ký khai sinh'})}")
    assert GONE not in "".join(address for _, address in page.links)
