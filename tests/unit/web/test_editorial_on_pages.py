"""What editors say, on the pages that everybody reads: shown where it belongs, and nothing of what they hide."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.catalog.editorial import Editorial, Hiding, Notice, PartialReason, Pin, Scope
from bot.catalog.guide import Guide
from bot.dialogue.personal_data import masker_of
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.search.engine import SearchEngine
from bot.search.pins import PinnedSearch
from bot.web.greeting import Greeting
from bot.web.pages.site import Sites
from bot.web.suggestions import Suggestions
from tests.unit.web.conftest import Client, ScriptedAssistant
from tests.unit.web.reading import visit

BIRTH, LAND = "1.900001", "1.900003"
TODAY = day_of(now())
LATER = TODAY + timedelta(days=9)
TOLD = "Cổng tạm nghỉ tối nay."
NOTICE = Notice(Scope.ALL, "", TOLD, TODAY, LATER)
HIDING = Hiding(LAND, "Danh mục mới ghi khác.", date(2026, 11, 22))
AWAY = ("Làm được một phần", "một phần", "Sở Nông nghiệp", "VNeID")
"""What the level and the body of LAND would be told by."""


def say(assistant: ScriptedAssistant, said: Editorial) -> None:
    assistant.catalogue = replace(assistant.catalogue, editorial=said)


def of_land(html: str) -> str:
    """What stands in the main part of its page, without the list that anything may stand in."""
    return html.partition("<main")[2].partition('<section class="related"')[0]


async def test_the_page_of_a_hidden_service(client: Client, assistant: ScriptedAssistant) -> None:
    before = of_land(await (await client.get(f"/tt/{LAND}")).text())
    assert [words for words in AWAY if words in before] == list(AWAY)
    say(assistant, Editorial(hidings=(HIDING,)))
    page = await visit(client, f"/tt/{LAND}")
    assert page.of("h1") == ["Tách thửa hoặc hợp thửa đất"]
    assert page.of("p")[:4] == [
        "Thông tin về thủ tục này đang được kiểm tra lại, từ ngày 22/11/2026.",
        "Lý do: Danh mục mới ghi khác.",
        "Trong lúc chờ, anh/chị xem trang của thủ tục, hoặc hỏi Trung tâm Phục vụ hành chính công.",
        f"Mã {LAND}.",
    ]
    for path in (f"/tt/{LAND}", f"/tt/{LAND}?noi=H99.05", f"/en/tt/{LAND}"):
        text = of_land(await (await client.get(path)).text())
        assert [words for words in (*AWAY, "partial") if words in text] == []
    assert page.meta["description"] == page.meta["og:description"] == f"Tách thửa hoặc hợp thửa đất. Mã {LAND}."
    assert json.loads(page.structured).keys() & {"provider", "availableChannel"} == set()


async def test_where_one_body_is_hidden_what_is_told_in_short_tells_no_level(
    client: Client, assistant: ScriptedAssistant
) -> None:
    full = "Làm được toàn bộ trên mạng (dịch vụ công trực tuyến toàn trình)."
    before = await visit(client, f"/tt/{BIRTH}")
    assert full in before.meta["description"]
    say(assistant, Editorial(hidings=(replace(HIDING, code=BIRTH, agency="H99.101"),)))
    page = await visit(client, f"/tt/{BIRTH}")
    assert (full in page.meta["description"], full in page.meta["og:description"]) == (False, False)
    assert "Riêng tại Ủy ban nhân dân xã An Mẫu: thông tin đang được kiểm tra lại." in page.of("p")
    assert full in (await visit(client, f"/tt/{BIRTH}?noi=H99.100")).meta["description"]
    assert "toàn bộ" in before.meta["og:image:alt"]
    assert "toàn bộ" not in page.meta["og:image:alt"]


async def test_lists_have_it_with_a_mark_and_count_it_as_unknown(client: Client, assistant: ScriptedAssistant) -> None:
    say(assistant, Editorial(hidings=(HIDING,)))
    written = (await (await client.get("/toan-trinh.csv")).text()).removeprefix("\ufeff")
    rows = [row for row in csv.reader(io.StringIO(written)) if row[2].strip() == LAND]
    assert [(row[5], row[6], row[7]) for row in rows] == [("Cấp tỉnh", "", "đang được kiểm tra lại")]
    marked = "Đang được kiểm tra lại"
    for path in ("/toan-trinh", "/linh-vuc/dat-dai", "/tim?q=tách thửa đất"):
        text = await (await client.get(path)).text()
        shown = [line for line in text.splitlines() if marked in line or "đang được kiểm tra lại" in line]
        assert len(shown) == 1, path
        assert "Sở Nông nghiệp" not in text


async def test_other_procedures_stay_as_they_were(client: Client, assistant: ScriptedAssistant) -> None:
    before = await (await client.get(f"/tt/{BIRTH}")).text()
    say(assistant, Editorial(hidings=(HIDING,)))
    assert await (await client.get(f"/tt/{BIRTH}")).text() == before


async def test_a_notice_for_all_stands_once_on_every_page(client: Client, assistant: ScriptedAssistant) -> None:
    say(assistant, Editorial(notices=(NOTICE,)))
    for path in (
        "/toan-trinh",
        "/linh-vuc",
        "/linh-vuc/dat-dai",
        "/tim",
        "/rieng-tu",
        f"/tt/{BIRTH}",
        "/en/toan-trinh",
    ):
        assert (await (await client.get(path)).text()).count(TOLD) == 1, path
    found = await (await client.get("/tim", params={"q": "đăng ký khai sinh"})).text()
    assert found.count(TOLD) == 1


@pytest.mark.parametrize(("first", "last"), [(2, 9), (-9, -2)])
async def test_a_notice_is_gone_on_other_days(
    client: Client, assistant: ScriptedAssistant, first: int, last: int
) -> None:
    days = [TODAY + timedelta(days=at) for at in (first, last)]
    say(assistant, Editorial(notices=(Notice(Scope.ALL, "", TOLD, *days),)))
    for path in ("/toan-trinh", f"/tt/{BIRTH}"):
        assert TOLD not in await (await client.get(path)).text()


async def test_the_reason_why_it_is_partial(client: Client, assistant: ScriptedAssistant) -> None:
    say(assistant, Editorial(partial_reasons=(PartialReason(LAND, "Phải đo đất tại chỗ.", "Quyết định 34"),)))
    page = await visit(client, f"/tt/{LAND}")
    reason = "Phải đo đất tại chỗ. Nguồn: Quyết định 34. Phần trên mạng thì đăng nhập bằng tài khoản VNeID."
    assert (reason in page.of("p"), "Bước nào thì xem trang của thủ tục" in " ".join(page.of("p"))) == (True, False)
    html = await (await client.get(f"/tt/{LAND}")).text()
    assert '<p class="level">Làm được một phần trên mạng' in html


async def test_who_has_the_page_asks_for_it_again_once_something_is_said(
    client: Client, assistant: ScriptedAssistant
) -> None:
    first = await client.get("/toan-trinh")
    known = {"If-None-Match": first.headers["ETag"]}
    assert (await client.get("/toan-trinh", headers=known)).status == 304
    say(assistant, Editorial(notices=(NOTICE,)))
    assert (await client.get("/toan-trinh", headers=known)).status == 200


def test_a_site_is_made_anew_for_what_is_hidden_and_dated_anew_for_the_rest(assistant: ScriptedAssistant) -> None:
    sites, guide = Sites(), assistant.guide
    first = sites.of(guide)
    assert sites.of(guide) is first
    told = sites.of(replace(guide, catalogue=replace(guide.catalogue, editorial=Editorial(notices=(NOTICE,)))))
    assert (told.rows is first.rows, told.catalogue.editorial.notices) == (True, (NOTICE,))
    hidden = sites.of(Guide.of(replace(guide.catalogue, editorial=Editorial(hidings=(HIDING,)))))
    assert (hidden.rows[LAND].is_hidden, first.rows[LAND].is_hidden) == (True, False)


def test_a_new_day_dates_the_pages_anew_where_something_is_said(assistant: ScriptedAssistant) -> None:
    said = replace(assistant.catalogue, editorial=Editorial(notices=(NOTICE,)))
    for catalogue, is_new in ((said, True), (assistant.catalogue, False)):
        sites, guide = Sites(), Guide.of(catalogue)
        yesterday = replace(sites.of(guide), today=TODAY - timedelta(days=1))
        sites._current = yesterday
        assert (sites.of(guide).today == TODAY, sites.of(guide) is yesterday) == (is_new, not is_new)


async def test_the_first_screen_is_asked_for_anew_when_a_notice_for_all_begins(assistant: ScriptedAssistant) -> None:
    greeting = Greeting(assistant)
    asked = []
    for said in (Editorial(), Editorial(), Editorial(notices=(NOTICE,)), Editorial(pins=(Pin("giấy", BIRTH),))):
        say(assistant, said)
        await greeting.reply()
        asked.append(len(assistant.heard))
    assert asked == [1, 1, 2, 3]


async def test_suggestions_are_not_built_anew_for_it(
    assistant: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestions = Suggestions(assistant, masker_of(()))
    before = suggestions._current
    say(assistant, Editorial(notices=(NOTICE,), hidings=(HIDING,)))
    found = await suggestions.offer("tách th")
    assert ([one["id"] for one in found], suggestions._current is before) == ([f"tt:{LAND}"], True)


async def test_the_page_of_a_search_follows_a_pin(client: Client, assistant: ScriptedAssistant) -> None:
    engine = SearchEngine(assistant.catalogue)
    assistant.engine = PinnedSearch(engine, (Pin("trái cây đầu mùa", LAND),))
    page = await visit(client, "/tim?q=trai cay dau mua")
    assert page.of("h3") == ["Tách thửa hoặc hợp thửa đất"]
