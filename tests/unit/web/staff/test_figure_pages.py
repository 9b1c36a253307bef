"""The pages of figures over a real store: what is shown, that each number opens its ratings, and who sees what."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from bot.operations.figures.addresses import BY_SLUGS
from bot.ratings.model import Filing, Flag, Reason, Subject, Survey
from bot.store.interface import Event, Record
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
TODAY = "2026-11-22"
TABLES = [f"/staff/bang/{slug}" for slug in BY_SLUGS.values()]
_NUMBER = re.compile(r'<a href="(/staff/phieu\?[^"]*)">([^<]+)</a>')


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
    assert page.of("h1") == ["Mức độ hài lòng"]
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


@pytest.mark.parametrize(
    ("good", "bad", "answer"),
    [
        (0, 0, "Kỳ này chưa có phiếu nào được tính."),
        (3, 1, "75% hài lòng, nhưng mới có 4 phiếu nên chưa kết luận."),
        (131, 31, "80,8% hài lòng: đạt, sát ngưỡng."),
        (30, 30, "50% hài lòng: chưa đạt, chắc chắn. Cần thêm 90 phiếu hài lòng."),
    ],
)
async def test_how_it_stands_is_said_first(office: Office, reader: Browser, good: int, bad: int, answer: str) -> None:
    await rate(office.store, births(), good, bad)
    page = await reader.get("/staff")
    assert page.of("p")[page.of("p").index("Mục tiêu: ít nhất 80% hài lòng. Nguồn: KH 1/KH-UBND.") - 1] == answer
    assert ("Hôm nay ai chưa hài lòng", f"/staff/viec?trang-thai=tat-ca&tu={TODAY}&den={TODAY}") in page.links
    red = [text for text, href in page.links if href == "#red"]
    assert red == (["Nơi, việc chắc chắn chưa đạt: 2"] if bad == 30 else [])


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


async def test_a_long_table_is_turned_by_pages(office: Office, reader: Browser) -> None:
    for number in range(101):
        await rate(office.store, Subject(f"8.{number:06}", "", WARD), 1)
    path = address("/staff/bang/thu-tuc", ky=PERIOD, xep="ten")
    html, page = await reader.text(path), await reader.get(path)
    rows = table(html, "table")
    assert (len(rows), rows[1][0], rows[-1][4]) == (52, "8.000000", "101")
    (after,) = [url for text, url in page.links if text == "Trang sau"]
    last = after.replace("trang=2", "trang=3")
    assert [row[0] for row in table(await reader.text(last), "table")[1:]] == ["8.000100", "Tất cả"]


async def test_a_long_table_begins_with_what_can_be_judged(office: Office, reader: Browser) -> None:
    for number in range(20):
        await rate(office.store, Subject(f"8.{number:06}", "", WARD), 1)
    path = address("/staff/bang/thu-tuc", ky=PERIOD, xep="ty-le")
    assert len(table(await reader.text(path), "table")) == 22
    await rate(office.store, births(), 30)
    html, page = await reader.text(path), await reader.get(path)
    assert [row[0] for row in table(html, "table")[1:]] == [f"Đăng ký khai sinh {BIRTH}", "Tất cả"]
    sentence = "Đang ẩn 20 dòng có dưới 30 phiếu, chưa kết luận được. Xem tất cả"
    assert [said for said in page.of("p") if "Đang ẩn" in said] == [sentence] * 2
    whole = {url for text, url in page.links if text == "Xem tất cả"}
    assert whole == {f"/staff/bang/thu-tuc?ky={PERIOD}&xep=ty-le&chieu=giam&dong=tat-ca"}
    page = await reader.get(whole.pop())
    assert len(table(await reader.text(f"{path}&dong=tat-ca"), "table")) == 23
    assert [said for said in page.of("p") if "Đang ẩn" in said] == []
    # Whatever else is chosen, all rows stay.
    (by_name,) = [url for text, url in page.links if text == "Thủ tục"]
    assert by_name == f"/staff/bang/thu-tuc?ky={PERIOD}&xep=ten&chieu=tang&dong=tat-ca"


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
