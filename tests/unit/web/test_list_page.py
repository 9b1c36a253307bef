"""GET /toan-trinh and /toan-trinh.csv."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model import Catalogue
from bot.texts.cells import harmless
from bot.web.pages.rows import page_of
from tests.unit.web.conftest import Client, MakeClient, ScriptedAssistant
from tests.unit.web.reading import Read, visit

SOURCE = "Nguồn: danh mục dịch vụ công trực tuyến của tỉnh Mẫu. Dữ liệu ngày 3/10/2026."
ALL = ["1.900005", "1.900003", "1.900002", "1.900001"]


def listed(page: Read) -> list[str]:
    return [url.removeprefix("/tt/") for _, url in page.links if url.startswith("/tt/")]


async def test_the_whole_list(client: Client) -> None:
    page = await visit(client, "/toan-trinh")
    assert page.of("h1") == ["Thủ tục nào làm được toàn bộ trên mạng?"]
    assert listed(page) == ALL
    assert "Có 4 thủ tục." in page.of("p")
    assert list(zip(page.of("dt"), page.of("dd"), strict=True)) == [
        ("Toàn bộ trên mạng (toàn trình)", "1"),
        ("Một phần trên mạng", "1"),
        ("Tùy nơi giải quyết", "1"),
        ("Chưa có dữ liệu", "1"),
    ]
    assert [text for text in page.of("li") if text.count(": ") == 1 and "Mã" not in text] == [
        "Cấp xã, phường: nộp được trên mạng theo dữ liệu quốc gia, chưa rõ toàn bộ hay một phần",
        "Sở Nông nghiệp và Môi trường: làm được một phần trên mạng",
        "Ủy ban nhân dân tỉnh Mẫu: làm được toàn bộ trên mạng",
        "Ủy ban nhân dân xã An Mẫu: làm được một phần trên mạng, đang thử nghiệm",
        "Ủy ban nhân dân phường Bình Mẫu: tùy trường hợp",
        "Ủy ban nhân dân xã, phường: làm được toàn bộ trên mạng",
    ]
    assert any(text.startswith(SOURCE) for text in page.of("p"))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("muc=toan-trinh", ["1.900002", "1.900001"]),
        ("muc=toan-trinh&cap=xa", ["1.900001"]),
        ("muc=tuy-truong-hop", ["1.900002"]),
        ("muc=chua-co-du-lieu", ["1.900005"]),
        ("muc=thong-tin", []),
        ("cap=tinh", ["1.900003", "1.900002"]),
        ("cap=khac", []),
        ("linh-vuc=ho-tich", ["1.900002", "1.900001"]),
        ("co-quan=H99.05", ["1.900003"]),
        ("xa=H99.100", ["1.900005", "1.900002", "1.900001"]),
        ("xa=H99.101&muc=mot-phan", ["1.900002"]),
        ("q=khai+sinh", ["1.900001"]),
        ("q=KHAI+S", ["1.900001"]),
        ("q=1.900003", ["1.900003"]),
        ("q=khai+kh%C3%B4ng", []),
        # What cannot be read counts as not given.
        ("muc=xyz&cap=1&linh-vuc=none&co-quan=none&xa=H99.05&trang=-1&q=%00&la=la", ALL),
        ("trang=99", ALL),
    ],
)
async def test_conditions(client: Client, query: str, codes: list[str]) -> None:
    page = await visit(client, f"/toan-trinh?{query}")
    assert listed(page) == codes
    response = await client.get(f"/toan-trinh.csv?{query}")
    rows = list(csv.DictReader(io.StringIO((await response.read()).decode("utf-8-sig"))))
    assert list(dict.fromkeys(row["Mã thủ tục"].strip() for row in rows)) == codes


async def test_what_is_chosen_stays_chosen(client: Client) -> None:
    html = await (await client.get("/toan-trinh?muc=mot-phan&xa=H99.101&q=%22%3E%3C1.900002%3E")).text()
    assert '<option value="mot-phan" selected>' in html
    assert '<option value="H99.101" selected>xã An Mẫu</option>' in html
    assert 'name="q" value="&#34;&gt;&lt;1.900002&gt;"' in html
    assert 'href="/toan-trinh.csv?q=%22%3E%3C1.900002%3E&amp;muc=mot-phan&amp;xa=H99.101"' in html


async def test_the_conditions_are_said_in_words(client: Client) -> None:
    page = await visit(client, "/toan-trinh?q=khai&cap=xa&xa=H99.100")
    said = "Đang lọc theo: “khai”; Cấp giải quyết: Cấp xã, phường; Tại xã, phường: phường Bình Mẫu."
    assert said in page.of("p")
    whole = await visit(client, "/toan-trinh")
    assert [text for text in whole.of("p") if text.startswith("Đang lọc")] == []


async def test_private_numbers_are_not_repeated(client: Client) -> None:
    for path in ("/toan-trinh", "/toan-trinh.csv"):
        response = await client.get(path, params={"q": "khai sinh 0912345678"})
        assert "0912345678" not in await response.text()
        assert response.headers["Cache-Control"] == "no-store"
    page = await visit(client, "/toan-trinh?q=khai+sinh+0912345678")
    assert listed(page) == ["1.900001"]
    assert "Tôi đã bỏ số riêng tư khỏi ô tìm. Xin đừng gửi các số đó." in page.of("p")


async def test_only_the_whole_list_is_to_be_found(client: Client) -> None:
    whole = await visit(client, "/toan-trinh")
    assert "robots" not in whole.meta
    for query in ("muc=toan-trinh", "trang=2", "q=a"):
        assert (await visit(client, f"/toan-trinh?{query}")).meta["robots"] == "noindex, follow"


@pytest.fixture
def long_list(assistant: ScriptedAssistant) -> ScriptedAssistant:
    one = assistant.catalogue.procedures["1.900001"]
    many = {f"1.{n:06}": replace(one, code=f"1.{n:06}", title=f"Thủ tục {n:03}") for n in range(1, 121)}
    assistant.catalogue = replace(assistant.catalogue, procedures=many, services={}, life_events=(), version="long")
    return assistant


async def test_pages_of_fifty(make_client: MakeClient, long_list: ScriptedAssistant) -> None:
    client = await make_client()
    found: list[str] = []
    for number, links in (
        (1, [("Trang sau", "/toan-trinh?cap=xa&trang=2")]),
        (2, [("Trang trước", "/toan-trinh?cap=xa"), ("Trang sau", "/toan-trinh?cap=xa&trang=3")]),
        (3, [("Trang trước", "/toan-trinh?cap=xa&trang=2")]),
    ):
        page = await visit(client, f"/toan-trinh?cap=xa&trang={number}")
        assert [link for link in page.links if link[0] in {"Trang trước", "Trang sau"}] == links
        found += listed(page)
    assert found == [f"1.{n:06}" for n in range(1, 121)]
    field = await visit(client, "/linh-vuc/ho-tich?trang=3")
    assert listed(field) == found[100:]


async def test_the_table(client: Client, catalogue: Catalogue) -> None:
    response = await client.get("/toan-trinh.csv?xa=H99.101&linh-vuc=ho-tich")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="thu-tuc-lam-tren-mang-H99-2026-10-03.csv"'
    )
    body = (await response.read()).decode("utf-8")
    source = "danh mục dịch vụ công trực tuyến của tỉnh Mẫu"
    assert body == (
        "\ufeffNguồn,Ngày dữ liệu,Mã thủ tục,Tên thủ tục,Lĩnh vực,Cấp giải quyết,Nơi giải quyết,Mức làm trên mạng,"
        "Đang thử nghiệm,Có thể đã được thay,Trang thủ tục\r\n"
        f"{source},3/10/2026,1.900002\u00a0,Cấp bản sao trích lục hộ tịch (cấp xã),Hộ tịch,"
        '"Cấp xã, phường",Ủy ban nhân dân xã An Mẫu,làm được một phần trên mạng,có,không,'
        "https://portal.example.vn/tim?ma=1.900002\r\n"
        f"{source},3/10/2026,1.900001\u00a0,Đăng ký khai sinh,Hộ tịch,"
        '"Cấp xã, phường",Ủy ban nhân dân xã An Mẫu,làm được toàn bộ trên mạng,không,không,'
        "https://portal.example.vn/thu-tuc/00000000-0000-4000-8000-000000000001\r\n"
    )


async def test_each_line_names_its_own_source(client: Client) -> None:
    body = (await (await client.get("/toan-trinh.csv?muc=chua-co-du-lieu")).read()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["Nguồn"], row["Ngày dữ liệu"], row["Nơi giải quyết"]) for row in rows] == [
        ("Cơ sở dữ liệu quốc gia về thủ tục hành chính", "1/10/2026", "")
    ]


@given(st.text())
def test_no_cell_runs_as_a_formula(text: str) -> None:
    safe = harmless(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    # Apostrophes are put in, nothing is taken out.
    assert safe.replace("'", "") == text.replace("'", "")


async def test_names_that_look_like_formulas_are_guarded(make_client: MakeClient, long_list: ScriptedAssistant) -> None:
    procedures = {
        code: replace(procedure, title='=HYPERLINK("http://x")')
        for code, procedure in long_list.catalogue.procedures.items()
    }
    long_list.catalogue = replace(long_list.catalogue, procedures=procedures, version="formulas")
    client = await make_client()
    body = (await (await client.get("/toan-trinh.csv")).read()).decode("utf-8-sig")
    cells = {cell for row in csv.reader(io.StringIO(body)) for cell in row}
    assert '\'=HYPERLINK("http://x")' in cells
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell] == []


@given(st.none() | st.text() | st.integers(-5, 10**7).map(str), st.integers(0, 500), st.integers(1, 60))
def test_every_page_asked_for_is_a_page(asked: str | None, count: int, size: int) -> None:
    part = page_of(asked, count, size)
    assert 1 <= part.page <= part.pages
    assert 0 <= part.start <= part.end <= count
    assert part.end - part.start == min(size, count - part.start)
    assert (part.start == part.end) == (count == 0)
