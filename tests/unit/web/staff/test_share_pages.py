"""/staff/chia-se: links, codes, posters and texts, each only as far as the account may see."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.dialogue.signed_links import ShareLink, Signer
from bot.store.sharing import CommunityTeam
from bot.store.staff import Act, Role
from tests.unit.operations.sharing.reading import codes_on, pages_of
from tests.unit.web.staff.conftest import SECRET, START, Browser, Office

PAGE = "/staff/chia-se"
PUBLIC = "http://hoidap.example.gov.vn"
WARD, COMMUNE, DEPARTMENT = "H99.100", "H99.101", "H99.05"
ASKED = f"ma=1.900001&xa={COMMUNE}"


@pytest.fixture
def public_url() -> str | None:
    return PUBLIC


async def add_team(office: Office, commune: str = COMMUNE) -> CommunityTeam:
    return await office.store.office.sharing.add_team("Tổ công nghệ số thôn 1", commune, Act(START, "lan", "team_add"))


async def test_what_is_made(office: Office, reader: Browser) -> None:
    team = await add_team(office)
    html = await reader.text(f"{PAGE}?{ASKED}&to={team.number}")
    link = f"{PUBLIC}/s/{Signer(SECRET).share_id(ShareLink('1900001', team.number, '99002'))}"
    for said in (
        f'<textarea id="link" rows="2" readonly>\n{link}</textarea>',
        "Trên tờ dán ghi: Làm được toàn bộ tại nhà, trên mạng, bằng tài khoản VNeID.",
        "<p>Tổ công nghệ số thôn 1, xã An Mẫu</p>",
        "Thưa bà con xã An Mẫu. Xin báo bà con về thủ tục đăng ký khai sinh.",
        f"không cần tài khoản:\n{link}\n",
        'alt="Mã vuông mở trang: Đăng ký khai sinh"',
        'data-copies="message"',
    ):
        assert said in html


async def test_posters_and_codes_are_downloaded(office: Office, reader: Browser) -> None:
    link = f"{PUBLIC}/s/{Signer(SECRET).share_id(ShareLink('1900001', 0, '99002'))}"
    for form, media_type in (
        ("a4.pdf", "application/pdf"),
        ("a5.pdf", "application/pdf"),
        ("ma.svg", "image/svg+xml"),
        ("ma.png", "image/png"),
    ):
        response = await reader.client.get(f"{PAGE}/tep/{form}?{ASKED}")
        body = await response.read()
        assert (response.status, response.content_type) == (200, media_type)
        assert response.headers["Content-Disposition"] == f'attachment; filename="1-900001-{form}"'
        if form.endswith("pdf"):
            assert [codes_on(page) for page in pages_of(body)] == [[link]]
        elif form.endswith("png"):
            assert codes_on(Image.open(io.BytesIO(body)).convert("RGB")) == [link]


async def test_how_a_poster_looks(office: Office, reader: Browser) -> None:
    for form in ("a4.pdf", "a5.pdf"):
        response = await reader.client.get(f"{PAGE}/hinh/{form}?{ASKED}")
        picture = Image.open(io.BytesIO(await response.read()))
        assert (response.status, response.content_type) == (200, "image/png")
        assert abs(picture.width - 475) <= 2
        assert picture.getcolors(256) is not None
        assert picture.mode == "L"


@pytest.mark.parametrize("sheet", ["a4", "a5", "overview"])
async def test_the_batch(office: Office, reader: Browser, sheet: str) -> None:
    response = await reader.client.get(f"{PAGE}/bo/{sheet}.pdf?xa={COMMUNE}")
    link = f"{PUBLIC}/s/{Signer(SECRET).share_id(ShareLink('1900001', 0, '99002'))}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="hay-dung-{sheet}.pdf"'
    assert [codes_on(page) for page in pages_of(await response.read())] == [[link]]


async def test_words_are_looked_for(office: Office, reader: Browser) -> None:
    page = await reader.get(f"{PAGE}?ma=khai+sinh&xa={COMMUNE}")
    assert ("Đăng ký khai sinh (1.900001)", f"{PAGE}?ma=1.900001&xa={COMMUNE}") in page.links
    page = await reader.get(f"{PAGE}?ma=qqq", 422)
    assert "Không tìm ra việc nào. Anh/chị thử từ khác, hoặc nhập mã thủ tục." in page.of("p")


async def test_situations_and_fields_are_shared_too(office: Office, reader: Browser) -> None:
    form = await reader.get(PAGE)
    assert ("Chuyển chỗ ở", f"{PAGE}?ma=moving-home") in form.links
    assert "e-moving-home" in await reader.text(f"{PAGE}?ma=moving-home")
    assert "f-ho-tich" in await reader.text(f"{PAGE}?ma=H%E1%BB%99+t%E1%BB%8Bch")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("ma=1.900001&xa=H99.05", "Danh mục không có xã, phường này."),
        ("ma=1.900001&to=7", "Không có tổ này ở xã, phường đã chọn, hoặc tổ đã ngừng."),
        (f"ma=1.900001&to=1&xa={WARD}", "Không có tổ này ở xã, phường đã chọn, hoặc tổ đã ngừng."),
    ],
)
async def test_what_is_wrong_is_told(office: Office, reader: Browser, asked: str, sentence: str) -> None:
    await add_team(office)
    assert sentence in (await reader.get(f"{PAGE}?{asked}", 422)).of("p")
    assert (await reader.client.get(f"{PAGE}/tep/a4.pdf?{asked}")).status == 404


async def test_a_team_that_is_closed_makes_nothing(office: Office, reader: Browser) -> None:
    team = await add_team(office)
    await office.store.office.sharing.set_active(team.number, Act(START, "lan", "team_close"), is_active=False)
    await reader.get(f"{PAGE}?ma=1.900001&to={team.number}", 422)


async def test_a_team_brings_its_place(office: Office, reader: Browser) -> None:
    team = await add_team(office)
    assert "xã An Mẫu" in await reader.text(f"{PAGE}?ma=1.900001&to={team.number}")


async def test_a_clerk_of_one_commune_makes_them_for_it(office: Office, browser: Browser) -> None:
    own, other = await add_team(office, WARD), await add_team(office, COMMUNE)
    await office.hire("hoa", Role.VIEWER, (WARD,))
    await browser.log_in("hoa")
    html = await browser.text(PAGE)
    assert f'<option value="{WARD}" selected>' in html
    assert f'<option value="{COMMUNE}"' not in html
    assert (f'<option value="{own.number}"' in html, f'<option value="{other.number}"' in html) == (True, False)
    await browser.text(f"{PAGE}?ma=1.900001&xa={WARD}")
    sentence = "Anh/chị chọn xã, phường hoặc việc ở nơi mà tài khoản này được xem."
    for asked in (f"ma=1.900001&xa={COMMUNE}", "ma=moving-home", "ma=1.900003"):
        assert sentence in (await browser.get(f"{PAGE}?{asked}", 422)).of("p")
        assert (await browser.client.get(f"{PAGE}/tep/a4.pdf?{asked}")).status == 404
    assert (await browser.client.get(f"{PAGE}/bo/a4.pdf?xa={COMMUNE}")).status == 404
    assert (await browser.client.get(f"{PAGE}/bo/a4.pdf")).status == 404


async def test_a_department_makes_them_for_what_it_decides(office: Office, browser: Browser) -> None:
    await office.hire("mai", Role.VIEWER, (DEPARTMENT,))
    await browser.log_in("mai")
    assert "Tách thửa" in await browser.text(f"{PAGE}?ma=1.900003")
    await browser.get(f"{PAGE}?ma=1.900001", 422)


@pytest.mark.parametrize(
    "path",
    ["/tep/x.pdf?ma=1.900001", "/tep/loa.txt?ma=1.900001", "/hinh/ma.png?ma=1.900001", "/bo/a3.pdf", "/tep/a4.pdf"],
)
async def test_what_there_is_not(office: Office, reader: Browser, path: str) -> None:
    assert (await reader.client.get(f"{PAGE}{path}")).status == 404


async def test_nobody_else_gets_in(office: Office, browser: Browser) -> None:
    for path in (PAGE, f"{PAGE}/tep/a4.pdf?{ASKED}", f"{PAGE}/hinh/a4.pdf?{ASKED}", f"{PAGE}/bo/a4.pdf"):
        assert (await browser.client.get(path, allow_redirects=False)).status == 303


class TestWithoutAnAddress:
    @pytest.fixture
    def public_url(self) -> str | None:
        return None

    async def test_it_says_who_can_help(self, reader: Browser) -> None:
        page = await reader.get(f"{PAGE}?{ASKED}", 422)
        assert "Chưa đặt địa chỉ công khai của trang này. Người vận hành cần đặt PUBLIC_URL." in page.of("p")
        assert (await reader.client.get(f"{PAGE}/tep/a4.pdf?{ASKED}")).status == 404
