"""The pages of figures over a real store: what is shown, that each number opens its ratings, and who sees what."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from bot.operations.figure_addresses import BY_SLUGS
from bot.ratings.model import Filing, Flag, Obstacle, Reason, Remark, Subject, Survey
from bot.store.interface import Event, Record
from bot.store.staff import Role
from tests.unit.store.ratings_samples import asking, obstacle, record
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


@pytest.fixture
async def reader(office: Office, browser: Browser) -> Browser:
    """Somebody who sees everything."""
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    return browser


@pytest.fixture
async def limited(office: Office, browser: Browser) -> Browser:
    """Somebody of the ward."""
    await office.hire("hoa", Role.VIEWER, (WARD,))
    await browser.log_in("hoa")
    return browser


async def test_the_overview_of_nothing_says_so_and_not_nought_percent(reader: Browser) -> None:
    html = await reader.text("/staff")
    assert table(html, "figures")[:4] == [
        ["Tỷ lệ hài lòng", "không có dữ liệu"],
        ["Kết luận", "không có dữ liệu"],
        ["Khoảng tin cậy", "–"],
        ["Số phiếu được tính", "0"],
    ]
    months = table(html, "months")[1:]
    assert [row[0] for row in months] == [f"{n}/26" for n in range(1, 13)]
    assert {row[1] for row in months} == {"không có dữ liệu"}
    assert [cell for row in months for cell in row if cell.startswith("0")] == ["0"] * 12
    assert 'alt="Kỳ này không có dữ liệu."' in html


async def test_the_overview(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 99, 1)
    await rate(office.store, land(), 30, 30)
    await rate(office.store, births(COMMUNE), 2)
    await office.store.record(
        record(Survey(asking("a"), obstacle=obstacle(reason=Reason.HARD, words="<b>khó quá</b>", subject=land())))
    )
    html = await reader.text("/staff")
    page = await reader.get("/staff")
    assert page.of("h1") == ["Tổng quan mức độ hài lòng"]
    assert "Mục tiêu: ít nhất 80% hài lòng. Nguồn: KH 1/KH-UBND." in page.of("p")
    assert table(html, "figures") == [
        ["Tỷ lệ hài lòng", "80,8%"],
        ["Kết luận", "đạt, sát ngưỡng"],
        ["Khoảng tin cậy", "74,1% – 86,2%"],
        ["Số phiếu được tính", "162"],
        ["Rất hài lòng", "131"],
        ["Hài lòng", "0"],
        ["Chưa hài lòng", "31"],
        ["Cần thêm phiếu hài lòng", "0"],
        ["Tỷ lệ trả lời", "0% (0/1)"],
        ["Được tính, có người hỗ trợ", "0"],
        ["Được tính, bị đánh dấu", "162"],
        ["Để riêng theo quy tắc", "0"],
        ["Nộp tại quầy", "0"],
        ["Nhờ người nộp", "0"],
        ["Theo thang khác", "0"],
    ]
    department = ["Cơ quan", "Sở Nông nghiệp và Môi trường", "50%", "37,7% – 62,3%", "chưa đạt, chắc chắn", "60", "90"]
    assert table(html, "red-table")[1:] == [
        [*department, "–"],
        ["Thủ tục", "Tách thửa hoặc hợp thửa đất", *department[2:], "–"],
    ]
    assert [row[:2] for row in table(html, "few-table")[1:]] == [["Cơ quan", "Ủy ban nhân dân xã An Mẫu"]]
    assert table(html, "obstacles-table")[1:] == [["Khó làm, không biết làm tiếp", "1"]]
    assert "&lt;b&gt;khó quá&lt;/b&gt;" in html
    assert "Tỷ lệ hài lòng 80,8%, tính trên 162 phiếu." in html


@pytest.mark.parametrize("path", ["/staff", "/staff/su-dung", "/staff/phieu", *TABLES])
async def test_a_period_that_is_none_is_told(reader: Browser, path: str) -> None:
    sentence = "Không đọc được kỳ trong địa chỉ. Đang xem tháng báo cáo hiện tại."
    for given in ("2026-13", "x' or 1=1", "9999-12-31..9999-12-31"):
        page = await reader.get(address(path, ky=given))
        assert sentence in page.of("p")
    page = await reader.get(address(path, **{"tu-ngay": "2026-11-01", "den-ngay": "2026-11-30"}))
    assert sentence not in page.of("p")
    assert any("1/11/2026" in said and "30/11/2026" in said for said in page.of("p"))


async def test_a_table(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 40)
    await rate(office.store, births(), 0, 2, is_helped=True)
    await rate(office.store, births(), 1, filing=Filing.COUNTER)
    await rate(office.store, births(), 1, flags=(Flag.TEST,))
    await rate(office.store, land(), 2)
    html = await reader.text(address("/staff/bang/co-quan", ky=PERIOD))
    rows = table(html, "table")
    ward = ["Ủy ban nhân dân phường Bình Mẫu H99.100", "95,2%", "84,2% – 98,7%", "đạt, chắc chắn", "42"]
    assert rows[1:] == [
        [*ward, *("40", "0", "2", "0", "–", "0/0", "2", "42", "1", "1", "0", "0")],
        [
            *("Sở Nông nghiệp và Môi trường H99.05", "100%", "34,2% – 100%", "ít phiếu, chưa kết luận", "2"),
            *("2", "0", "0", "0", "–", "0/0", "0", "2", "0", "0", "0", "0"),
        ],
        [
            *("Tất cả", "95,4%", "84,8% – 98,8%", "đạt, chắc chắn", "44"),
            *("42", "0", "2", "0", "–", "0/0", "2", "44", "1", "1", "0", "0"),
        ],
    ]


async def test_every_number_opens_as_many_ratings(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 3, 2)
    await rate(office.store, births(), 1, 1, is_helped=True, channel="telegram")
    await rate(office.store, births(COMMUNE), 1, filing=Filing.COUNTER)
    await rate(office.store, land(), 1, filing=Filing.HELPER)
    await rate(office.store, land(), 1, 1, flags=(Flag.STAFF,))
    await rate(office.store, land(), 2, scale="five")
    await rate(office.store, Subject("9.9", "", "", ""), 1)
    seen = 0
    for path in ("/staff", *TABLES):
        html = await reader.text(address(path, ky=PERIOD))
        for href, number in _NUMBER.findall(html):
            if "%" in number:
                continue
            page = await reader.get(unescape(href))
            assert (path, href, f"Có {number} phiếu." in page.of("p")) == (path, href, True)
            seen += 1
    assert seen > 60


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["An Mẫu", "Sở", "Bình Mẫu"]),
        ({"xep": "so-phieu", "chieu": "tang"}, ["Bình Mẫu", "Sở", "An Mẫu"]),
        ({"xep": "ten"}, ["Sở", "Bình Mẫu", "An Mẫu"]),
        ({"xep": "ten", "chieu": "giam"}, ["An Mẫu", "Bình Mẫu", "Sở"]),
        ({"xep": "ty-le"}, ["Bình Mẫu", "Sở", "An Mẫu"]),
        ({"xep": "can-them"}, ["An Mẫu", "Sở", "Bình Mẫu"]),
        ({"xep": "nonsense", "chieu": "x"}, ["An Mẫu", "Sở", "Bình Mẫu"]),
    ],
)
async def test_the_order_stands_in_the_address(
    office: Office, reader: Browser, query: dict[str, str], names: list[str]
) -> None:
    await rate(office.store, births(), 1)
    await rate(office.store, births(COMMUNE), 0, 3)
    await rate(office.store, land(), 1, 1)
    html = await reader.text(address("/staff/bang/co-quan", ky=PERIOD, **query))
    shown = [row[0] for row in table(html, "table")[1:-1]]
    assert [next(name for name in names if name in row) for row in shown] == names
    assert html.count("aria-sort=") == 1


async def test_pressing_a_column_orders_and_then_turns_the_order(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 1)
    page = await reader.get(address("/staff/bang/co-quan", ky=PERIOD, xa=WARD))
    (href,) = [url for text, url in page.links if text == "Tỷ lệ hài lòng"]
    assert href == f"/staff/bang/co-quan?ky=2026-12&xa={WARD}&xep=ty-le&chieu=giam"
    html = await reader.text(href)
    assert (
        'aria-sort="descending"><a href="/staff/bang/co-quan?ky=2026-12&amp;xa=H99.100&amp;xep=ty-le&amp;chieu=tang"'
        in html
    )


async def test_filters_are_shown_and_can_be_dropped(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 3)
    await rate(office.store, land(), 4)
    path = address("/staff/bang/thu-tuc", ky=PERIOD, **{"linh-vuc": "dat-dai", "co-quan": DEPARTMENT})
    html, page = await reader.text(path), await reader.get(path)
    assert [row[0] for row in table(html, "table")[1:]] == [f"Tách thửa hoặc hợp thửa đất {LAND}", "Tất cả"]
    assert [said for said in page.of("li") if "Bỏ lọc" in said] == [
        "Lĩnh vực: Đất đai Bỏ lọc: Lĩnh vực, Đất đai",
        "Cơ quan: Sở Nông nghiệp và Môi trường Bỏ lọc: Cơ quan, Sở Nông nghiệp và Môi trường",
    ]
    assert (
        "Bỏ lọc: Lĩnh vực, Đất đai",
        f"/staff/bang/thu-tuc?ky=2026-12&co-quan={DEPARTMENT}&xep=so-phieu&chieu=giam",
    ) in (page.links)


async def test_a_table_that_is_none_is_not_there(reader: Browser) -> None:
    await reader.text("/staff/bang/nguoi-dan", 404)
    await reader.text("/staff/bang", 303)


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


async def test_a_long_table_is_turned_by_pages(office: Office, reader: Browser) -> None:
    for number in range(101):
        await rate(office.store, Subject(f"8.{number:06}", "", WARD), 1)
    path = address("/staff/bang/thu-tuc", ky=PERIOD, xep="ten")
    html, page = await reader.text(path), await reader.get(path)
    rows = table(html, "table")
    assert (len(rows), rows[1][0], rows[-1][4]) == (102, "8.000000", "101")
    (after,) = [url for text, url in page.links if text == "Trang sau"]
    assert [row[0] for row in table(await reader.text(after), "table")[1:]] == ["8.000100", "Tất cả"]


async def test_use(office: Office, reader: Browser) -> None:
    for hour, status, channel in ((1, "answered", "web"), (1, "answered", "web"), (2, "not_found", "zalo_oa")):
        await office.store.record(Record(Event(AT.replace(hour=hour), channel, "p", status, (), "v1", hour == 1)))
    html = await reader.text(address("/staff/su-dung", ky=PERIOD))
    assert table(html, "channels") == [
        ["Kênh", "Cuộc trò chuyện", "Trả lời được", "Hỏi lại", "Không tìm thấy", "Ngoài phạm vi", "Liên kết được mở"],
        ["Trang web", "2", "2", "0", "0", "0", "0"],
        ["Zalo (trang chính thức)", "0", "0", "0", "1", "0", "0"],
        ["Tất cả", "2", "2", "0", "1", "0", "0"],
        ["Trong số câu hỏi", "", "66,6%", "0%", "33,3%", "0%", ""],
    ]
    hours = table(html, "hours")
    assert (len(hours), hours[1 + 8], hours[1 + 9]) == (
        25,
        ["8–9 giờ", "2", "2", "0", "0", "0", "0"],
        ["9–10 giờ", "0", "0", "0", "1", "0", "0"],
    )
    empty = await reader.get(address("/staff/su-dung", ky="2026-10"))
    assert "Kỳ này không có dữ liệu." in empty.of("p")


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


async def test_pages_carry_no_script_and_no_style_of_their_own(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 40, 1)
    for path in ("/staff", "/staff/phieu", "/staff/su-dung", *TABLES):
        html = await reader.text(path)
        assert [found for found in ("<script", "<style", " style=", " onclick") if found in html] == []
        for part in re.findall(r"<table.*?</table>", html, re.DOTALL):
            assert "<caption id=" in part
            assert set(re.findall(r"<th(?: scope=\"(\w+)\")?", part.replace("<thead", ""))) <= {"col", "row"}


async def test_made_up_figures_say_so_on_every_page(office: Office, reader: Browser, tmp_path: Path) -> None:
    sentence = "Đây là dữ liệu trình diễn, không phải đánh giá thật."
    paths = ("/staff", "/staff/phieu", "/staff/su-dung", "/staff/tai-khoan", *TABLES)
    assert [path for path in paths if sentence in (await reader.get(path)).of("p")] == []
    with closing(sqlite3.connect(tmp_path / "staff.sqlite")) as connection, connection:
        connection.execute("insert into demonstration values ('2026-11-20', 1, 0, 0)")
    assert [path for path in paths if sentence not in (await reader.get(path)).of("p")] == []


async def test_pictures_of_a_page_are_there(office: Office, reader: Browser) -> None:
    await rate(office.store, births(), 40, 1)
    for path in ("/staff", "/staff/bang/co-quan"):
        for source in re.findall(r'<img src="(/staff/[^"]+)"', await reader.text(path)):
            response = await reader.client.get(unescape(source), allow_redirects=False)
            assert (source, response.status, response.content_type) == (source, 200, "image/svg+xml")


async def _last_person(office: Office) -> str:
    (event,) = await office.store.recent_events(1)
    return event.person
