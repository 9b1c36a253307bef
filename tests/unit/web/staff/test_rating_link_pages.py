"""/staff/ma-danh-gia: codes for a counter, made by staff, understood by the service, and written in the log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.dialogue.signed_links import RatingLink, Signer
from bot.ratings.model import Origin
from bot.ratings.periods import day_of
from bot.store.staff import Act, Role
from tests.unit.operations.sharing.reading import codes_on, pages_of
from tests.unit.web.reading import read
from tests.unit.web.staff.conftest import SECRET, START, Browser, Office

PAGE = "/staff/ma-danh-gia"
PUBLIC = "http://hoidap.example.gov.vn"
FIELDS = {"code": "1.900001", "agency": "H99.100", "commune": "", "kind": "counter", "name": "quay-2", "days": "30"}

OWN_COUNTER = {"agency": "", "commune": "H99.100"}


@pytest.fixture
def public_url() -> str | None:
    return PUBLIC


async def link_on(html: str) -> RatingLink | None:
    (address,) = (text for text in read(html).of("p") if text.startswith(f"{PUBLIC}/danh-gia/"))
    return Signer(SECRET).rating_link(address.rpartition("/")[2])


async def test_the_sheet_for_a_desk(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    response = await browser.post(PAGE, PAGE, **FIELDS)
    html = await response.text()
    link = await link_on(html)
    assert link is not None
    assert (link.code, link.agency, link.origin, link.id, link.is_single) == (
        *("1.900001", "H99.100", Origin.COUNTER, "quay-2", False),
    )
    assert (link.until - day_of(START)).days == 30
    said = read(html).of("h2", "p")
    for sentence in (
        "Mời anh/chị đánh giá",
        "Đăng ký khai sinh",
        "Phường Bình Mẫu",
        "Anh/chị có hài lòng khi sử dụng dịch vụ công trực tuyến này không?",
        "Không hỏi tên, không cần tài khoản. Dùng đến hết ngày 22/12/2026.",
    ):
        assert sentence in said
    assert '<img class="code-square" src="data:image/svg+xml' in html
    (entry,) = [entry for entry in await office.store.office.staff.entries(10) if entry.act.action == "rating_link"]
    assert (entry.act.actor, entry.subject, entry.after["link"]) == ("lan", "1.900001", "quay-2")


async def test_one_for_the_citizen_at_the_counter(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    links = []
    for _ in range(2):
        response = await browser.post(PAGE, PAGE, **FIELDS, single="1")
        links.append(await link_on(await response.text()))
    assert all(link is not None and link.is_single and link.id.startswith("quay-2-") for link in links)
    assert links[0] != links[1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "9.999999"}, "Danh mục không có mã thủ tục này."),
        ({"code": "qqq"}, "Không tìm ra thủ tục nào. Anh/chị thử từ khác, hoặc nhập mã thủ tục."),
        ({"agency": "H99.05"}, "Nơi này không giải quyết thủ tục đó. Anh/chị chọn nơi khác, hoặc để trống."),
        ({"commune": "H99.05"}, "Danh mục không có xã, phường này."),
        ({"name": "quầy 1"}, "Tên chỉ gồm chữ không dấu, số, dấu gạch, tối đa 24 ký tự."),
        ({"days": "0"}, "Số ngày từ 1 đến 366."),
        ({"days": "٣"}, "Số ngày từ 1 đến 366."),
    ],
)
async def test_what_is_wrong_is_told(office: Office, browser: Browser, change: dict[str, str], sentence: str) -> None:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    response = await browser.post(PAGE, PAGE, **(FIELDS | change))
    html = await response.text()
    assert (response.status, sentence in read(html).of("p")) == (422, True)
    assert [e for e in await office.store.office.staff.entries(10) if e.act.action == "rating_link"] == []


async def test_words_are_looked_for(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    response = await browser.post(PAGE, PAGE, **(FIELDS | {"code": "khai sinh", "agency": ""}))
    html = await response.text()
    page = read(html)
    assert (response.status, page.of("h2")) == (200, ["Anh/chị chọn thủ tục", "Không có ở trên thì tìm lại"])
    assert [one for one in page.of("li") if "1.900001" in one] == ["Đăng ký khai sinh 1.900001"]
    assert '<input type="hidden" name="name" value="quay-2">' in html
    assert [e for e in await office.store.office.staff.entries(10) if e.act.action == "rating_link"] == []


async def test_a_clerk_of_one_commune_makes_codes_for_it(office: Office, browser: Browser) -> None:
    await office.hire("hoa", Role.VIEWER, ("H99.100",))
    await browser.log_in("hoa")
    html = await browser.text(PAGE)
    assert '<option value="H99.100" selected>' in html
    assert '<option value="H99.101">' not in html.partition('id="commune"')[2].partition("</select>")[0]
    link = await link_on(await (await browser.post(PAGE, PAGE, **(FIELDS | OWN_COUNTER))).text())
    assert link is not None
    assert (link.agency, link.commune) == ("H99.100", "H99.100")
    for others in ({"agency": "H99.101", "commune": ""}, {"agency": "", "commune": "H99.101"}, {"agency": ""}):
        response = await browser.post(PAGE, PAGE, **(FIELDS | others))
        sentence = "Anh/chị chọn nơi giải quyết hoặc quầy ở nơi mà tài khoản này được xem."
        assert (response.status, sentence in read(await response.text()).of("p")) == (422, True)


async def test_what_staff_rate_in_their_own_browser_is_flagged(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    html = await (await browser.post(PAGE, PAGE, **FIELDS)).text()
    link = await link_on(html)
    assert link is not None
    response = await browser.post(Signer(SECRET).rating_path(link), nop="online", muc="3")
    assert response.status == 200
    with closing(sqlite3.connect(tmp_path / "staff.sqlite")) as connection:
        assert connection.execute("select flags, mark from ratings").fetchall() == [("staff", "aside")]


@pytest.mark.parametrize("public_url", [None])
async def test_without_a_public_address_there_is_no_code(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    response = await browser.post(PAGE, PAGE, **FIELDS)
    sentence = "Chưa đặt địa chỉ công khai của trang này. Người vận hành cần đặt PUBLIC_URL."
    assert (response.status, sentence in read(await response.text()).of("p")) == (422, True)


async def test_the_sheet_is_downloaded_to_print(office: Office, browser: Browser) -> None:
    await office.hire("hoa", Role.VIEWER, ("H99.100",))
    await browser.log_in("hoa")
    page = read(await (await browser.post(PAGE, PAGE, **(FIELDS | OWN_COUNTER))).text())
    (address,) = (text for text in page.of("p") if text.startswith(f"{PUBLIC}/danh-gia/"))
    for label, paper, codes in (
        ("Tải tờ để quầy, khổ A5", "a5", [address]),
        ("Tải tờ gấp đứng hai mặt, khổ A4", "a4", [address, address]),
    ):
        (file,) = (link for text, link in page.links if text == label)
        response = await browser.client.get(file)
        assert response.headers["Content-Disposition"] == f'attachment; filename="danh-gia-1-900001-{paper}.pdf"'
        assert [codes_on(each) for each in pages_of(await response.read())] == [codes]


async def test_no_sheet_of_what_was_not_made_here_or_is_not_theirs(office: Office, browser: Browser) -> None:
    await office.hire("hoa", Role.VIEWER, ("H99.100",))
    await browser.log_in("hoa")
    others = RatingLink("1.900001", "H99.101", "H99.101", Origin.COUNTER, "quay-1", day_of(START))
    token = Signer(SECRET).rating_path(others).rpartition("/")[2]
    for asked in (f"?ma={token}", "?ma=x", ""):
        assert (await browser.client.get(f"{PAGE}/to/a5.pdf{asked}")).status == 404


async def test_a_link_of_a_team_is_counted_for_it(office: Office, browser: Browser) -> None:
    await office.hire("lan", Role.VIEWER, ("H99.100",))
    await browser.log_in("lan")
    assert "Của tổ nào" not in (await browser.get(PAGE)).of("label")
    act = Act(START, "cli:test", "team_add")
    for commune in ("H99.100", "H99.101"):
        await office.store.office.sharing.add_team("Tổ thôn 3", commune, act)
    page = await browser.get(PAGE)
    assert "Của tổ nào" in page.of("label")
    assert [option for option in page.of("option") if "Tổ thôn 3" in option] == ["Tổ thôn 3 (Bình Mẫu)"]
    response = await browser.post(PAGE, PAGE, **{**FIELDS, "agency": "", "team": "1"})
    link = await link_on(await response.text())
    assert link is not None
    assert (link.origin, link.id, link.commune) == (Origin.TEAM, "team_1", "H99.100")
    other = await browser.post(PAGE, PAGE, **{**FIELDS, "team": "2"})
    unnamed = await link_on(await other.text())
    assert unnamed is not None
    assert (unnamed.origin, unnamed.id) == (Origin.COUNTER, "quay-2")
