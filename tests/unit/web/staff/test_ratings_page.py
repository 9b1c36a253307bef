"""The ratings behind a number: without anybody, and none of an agency that a reader may not see."""

from __future__ import annotations

import re

from bot.operations.figures.addresses import BY_SLUGS
from bot.ratings.model import Obstacle, Reason, Remark, Subject, Survey
from bot.store.interface import Event, Record
from tests.unit.web.staff.conftest import Browser, Office
from tests.unit.web.staff.figure_samples import (
    AT,
    BIRTH,
    COMMUNE,
    DEPARTMENT,
    LAND,
    WARD,
    address,
    births,
    land,
    rate,
    table,
)

PERIOD = "2026-12"
TABLES = [f"/staff/bang/{slug}" for slug in BY_SLUGS.values()]
_NUMBER = re.compile(r'<a href="(/staff/phieu\?[^"]*)">([^<]+)</a>')


async def test_ratings_are_listed_without_anybody(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 0, 1, is_helped=True, link="a-link", address="an-address")
    person = await _last_person(office)
    await office.store.record(
        Record(
            Event(AT, "web", person, "commented", (), "v1"),
            survey=Survey(remark=Remark(person, BIRTH, PERIOD, "Chờ <lâu> quá", may_be_told=True)),
        )
    )
    html = await reader.text(address("/staff/phieu", ky=PERIOD))
    assert table(html, "ratings")[1:] == [
        [
            *("20/11/2026", "Chưa hài lòng", "Đăng ký khai sinh 1.900001", "Ủy ban nhân dân phường Bình Mẫu"),
            *("Phường Bình Mẫu", "Tự nộp trực tuyến", "Trang web", "Nút Đánh giá trong câu trả lời"),
            "Có người giúp khi đánh giá; Chưa hỏi trợ lý trước đó; Bị đánh dấu, vẫn tính",
            "Chờ <lâu> quá",
        ]
    ]
    assert [word for word in (person, "a-link", "an-address", "<lâu>") if word in html] == []


async def test_ratings_are_turned_by_pages(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 51)
    first = await reader.get(address("/staff/phieu", ky=PERIOD, cach="truc-tuyen"))
    (after,) = [url for text, url in first.links if text == "Trang sau"]
    assert after == "/staff/phieu?ky=2026-12&cach=truc-tuyen&trang=2"
    assert len(table(await reader.text(after), "ratings")) == 2
    beyond = await reader.get(address("/staff/phieu", ky=PERIOD, trang="99"))
    assert "Có 51 phiếu." in beyond.of("p")
    assert [url for text, url in beyond.links if text == "Trang trước"] == ["/staff/phieu?ky=2026-12&trang=2"]


async def test_what_kind_of_ratings_is_listed_is_said(reader: Browser) -> None:
    path = address("/staff/phieu", ky=PERIOD, **{"thang-do": "three", "tu": "1", "den": "2", "de-rieng": "khong"})
    page = await reader.get(path)
    assert page.of("li")[-4:] == [
        "Mức: Chưa hài lòng, Hài lòng",
        "Thang ba mức",
        "Không bị để riêng",
        "Xem mọi loại phiếu",
    ]


async def test_who_is_held_to_an_agency_reads_nothing_of_others(office: Office, limited: Browser) -> None:
    await rate(office.store, births(), 2)
    await rate(office.store, land(), 7, 31)
    await rate(office.store, Subject(LAND), 1)
    await office.store.record(
        Record(
            Event(AT, "web", "q", "not_filed", (), "v1"),
            survey=Survey(obstacle=Obstacle(AT, "q", land(), "web", Reason.FAULT, "v1", "lời của xã khác")),
        )
    )
    narrowings = [
        {},
        {"co-quan": DEPARTMENT},
        {"co-quan": "-"},
        {"thu-tuc": LAND},
        {"linh-vuc": "dat-dai"},
        {"linh-vuc": "-"},
        {"xa": COMMUNE},
        {"kenh": "web"},
        {"noi-hoi": "card"},
    ]
    for path in ("/staff", *TABLES, "/staff/phieu"):
        for narrowing in narrowings:
            html = await limited.text(address(path, ky=PERIOD, **narrowing))
            assert "lời của xã khác" not in html
            for href, number in _NUMBER.findall(html):
                assert (path, narrowing, href, int(number) if "%" not in number else 0) <= (path, narrowing, href, 2)
            shown = {row[0] for name in ("table", "ratings") if f'id="{name}"' in html for row in table(html, name)[1:]}
            assert not any("Tách thửa" in name or "Sở Nông nghiệp" in name for name in shown)
    total = await limited.get(address("/staff/phieu", ky=PERIOD))
    assert "Có 2 phiếu." in total.of("p")
    for narrowing in narrowings[1:7]:
        page = await limited.get(address("/staff/phieu", ky=PERIOD, **narrowing))
        assert (narrowing, "Có 0 phiếu." in page.of("p")) == (narrowing, True)
    await limited.text("/staff/su-dung", 403)
    offered = await limited.text("/staff/bang/co-quan")
    choices = offered[offered.index('id="loc-co-quan"') :]
    assert re.findall(r'<option value="([^"]*)"', choices[: choices.index("</select>")]) == ["", WARD]


async def _last_person(office: Office) -> str:
    (event,) = await office.store.recent_events(1)
    return event.person
