"""A day of staff: log in, read what citizens rated, act on it, take it along as files, log out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from tests.e2e.citizens import Citizen
from tests.e2e.conftest import PHONE, Open
from tests.e2e.office import (
    PASSWORD,
    cells,
    choose_password,
    column,
    figures,
    give_password,
    hire,
    log_out,
)
from tests.e2e.process import Server, free_port, operate, serving
from tests.e2e.talk import BIRTH, BIRTH_CODE, faults

DESK = {"width": 1280, "height": 900}
WARD, OTHER_WARD = "H27.118", "H27.119"
WARD_NAME, OTHER_NAME = "phường Thành Sen", "phường Trần Phú"
BAD = "Nộp xong hai ngày không thấy ai báo lại."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staff")


@pytest.fixture(scope="module")
def once(data: Path) -> dict[str, str]:
    """The passwords that serve once."""
    return {
        "lan": hire(data, "lan", "Nguyễn Thị Lan", "admin"),
        "huong": hire(data, "huong", "Trần Thu Hương", "editor"),
    }


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    port = str(free_port())
    settings = {"PORT": port, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with serving(data, **settings) as started:
        ward, other = (
            operate(data, "rating-link", BIRTH_CODE, "--agency", agency, **settings).strip()
            for agency in (WARD, OTHER_WARD)
        )
        rate(started.url, ward, other)
        yield started


def rate(url: str, ward: str, other: str) -> None:
    """Eight ratings of online filing that count (5 satisfied), one of the counter, one that was changed before."""
    changing = Citizen(url)
    assert [changing.rate(BIRTH_CODE, 1), changing.rate(BIRTH_CODE, 3)] == ["rated", "rated"]
    assert Citizen(url).rate(BIRTH_CODE, 2) == "rated"
    assert Citizen(url).rate(BIRTH_CODE, 1, BAD) == "rated"
    assert Citizen(url).rate(BIRTH_CODE, 3, filing="counter") == "rated"
    for address, level in ((ward, 3), (ward, 1), (other, 3), (other, 3), (other, 1)):
        page = Citizen(url).fill_in(address, nop="online", muc=str(level))
        assert "Tôi đã ghi" in page


@pytest.fixture
def admin(open_chat: Open, server: Server, once: dict[str, str]) -> Page:
    return enter(open_chat, once, "lan")


def enter(open_chat: Open, once: dict[str, str], login: str) -> Page:
    """At a desk, logged in; the first time with the password that serves once."""
    page = open_chat("/staff", viewport=DESK, bypass_csp=True, accept_downloads=True).page
    given = once.pop(login, None)
    give_password(page, login, given or PASSWORD)
    if given is not None:
        choose_password(page, given)
    page.goto(page.url.partition("/staff")[0] + "/staff")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mức độ hài lòng")
    return page


def test_the_first_password_serves_once(open_chat: Open, data: Path, server: Server) -> None:
    given = hire(data, "moi", "Lê Thị Mới", "viewer")
    page = open_chat("/staff/phieu", viewport=DESK).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    give_password(page, "moi", given + "x")
    expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    give_password(page, "moi", given)
    for path in ("/staff", "/staff/bang", "/staff/tai-khoan"):
        page.goto(server.url + path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Đổi mật khẩu")
    choose_password(page, given)
    log_out(page)
    give_password(page, "moi", given)
    expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    give_password(page, "moi", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mức độ hài lòng")


def test_the_overview_counts_what_was_rated(admin: Page) -> None:
    assert figures(admin) == {
        "Tỷ lệ hài lòng": "62,5%",
        "Kết luận": "ít phiếu, chưa kết luận",
        "Khoảng tin cậy": "30,5% – 86,4%",
        "Số phiếu được tính": "8",
        "Rất hài lòng": "4",
        "Hài lòng": "1",
        "Chưa hài lòng": "3",
        "Cần thêm phiếu hài lòng": "52",
        "Tỷ lệ trả lời": "100% (9/9)",
        "Được tính, có người hỗ trợ": "0",
        "Được tính, bị đánh dấu": "0",
        "Để riêng theo quy tắc": "0",
        "Nộp tại quầy": "1",
        "Nhờ người nộp": "0",
        "Theo thang khác": "0",
    }
    pictures = admin.locator("figure img")
    expect(pictures).to_have_count(2)
    assert pictures.evaluate_all("all => Promise.all(all.map((i) => i.decode().then(() => i.naturalWidth > 100)))") == [
        True,
        True,
    ]


def test_a_number_opens_its_ratings(admin: Page) -> None:
    admin.get_by_role("row", name="Chưa hài lòng").get_by_role("link").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Các phiếu")
    expect(admin.get_by_text("Có 3 phiếu.")).to_be_visible()
    assert column(admin, "ratings", 1) == ["Chưa hài lòng"] * 3
    assert column(admin, "ratings", 2) == [f"{BIRTH} {BIRTH_CODE}"] * 3
    assert sorted(zip(column(admin, "ratings", 3), column(admin, "ratings", 9), strict=True)) == [
        ("", BAD),
        (f"Ủy ban nhân dân {WARD_NAME}", ""),
        (f"Ủy ban nhân dân {OTHER_NAME}", ""),
    ]
    admin.get_by_role("link", name="Xem mọi loại phiếu").click()
    expect(admin.get_by_text("Có 9 phiếu.")).to_be_visible()


def test_a_bad_rating_is_acted_on(admin: Page, open_chat: Open, server: Server, once: dict[str, str]) -> None:
    admin.get_by_role("link", name="Đánh giá chưa tốt", exact=True).click()
    # The one that was changed since does not vanish.
    assert sorted(column(admin, "cases", 2)) == [*["Chưa hài lòng"] * 3, "Rất hài lòng nay đã hài lòng"]
    admin.get_by_role("row", name=BAD).get_by_role("link").click()
    case = admin.url
    other = enter(open_chat, once, "huong")
    other.goto(case)
    admin.get_by_role("button", name="Tôi nhận việc này").click()
    expect(admin.get_by_role("status")).to_have_text("Anh/chị đã nhận việc này.")
    other.get_by_role("button", name="Tôi nhận việc này").click()
    expect(other.get_by_role("alert")).to_contain_text("Người khác vừa sửa việc này.")
    admin.get_by_label("Ghi chú").fill("Hồ sơ thiếu giấy chứng sinh.")
    admin.get_by_label("Tình trạng").select_option(label="Đã xong")
    admin.get_by_role("button", name="Lưu").click()
    expect(admin.get_by_role("alert")).to_have_text("Anh/chị chọn kết quả trước.")
    expect(admin.get_by_label("Ghi chú")).to_have_value("Hồ sơ thiếu giấy chứng sinh.")
    admin.get_by_label("Kết quả", exact=True).select_option(label="Đã giải thích")
    admin.get_by_label("Lý do").fill("Đã gọi bộ phận một cửa")
    admin.get_by_role("button", name="Lưu").click()
    expect(admin.get_by_role("status")).to_have_text("Đã lưu.")
    assert faults(admin) == []

    admin.get_by_role("link", name="Đánh giá chưa tốt", exact=True).click()
    assert [row for row in cells(admin, "cases") if BAD in row] == []
    number = case.rpartition("/")[2]
    admin.get_by_role("link", name="Nhật ký").click()
    changed = [row[1:] for row in cells(admin, "log") if row[3] == f"Đánh giá số {number}"]
    assert changed == [
        [
            *("lan", "Xử lý đánh giá", f"Đánh giá số {number}"),
            "Ghi chú: – → Hồ sơ thiếu giấy chứng sinh.Kết quả: – → Đã giải thíchTình trạng: Đang xử lý → Đã xong",
            "Đã gọi bộ phận một cửa",
        ],
        [
            *("lan", "Xử lý đánh giá", f"Đánh giá số {number}"),
            "Người phụ trách: – → lanTình trạng: Mới → Đang xử lý",
            "",
        ],
    ]


def download(page: Page, form: str) -> bytes:
    with page.expect_download() as begun:
        page.locator(f'a[download][href^="/staff/bao-cao.{form}?"]').click()
    taken: Download = begun.value
    return Path(taken.path()).read_bytes()


def test_the_files_say_what_the_page_says(admin: Page) -> None:
    admin.get_by_role("link", name="Bảng số liệu").click()
    # Name and code, count, the three levels, how many are missing, and what is kept apart.
    shown = sorted([row[0], *row[4:9], *row[11:]] for row in cells(admin, "table")[1:-1])
    assert shown == [
        ["Không rõ cơ quan", "3", "1", "1", "1", "17", "0", "0", "0", "1", "0", "0"],
        [f"Ủy ban nhân dân {WARD_NAME} {WARD}", "2", "1", "0", "1", "18", "0", "0", "0", "0", "0", "0"],
        [f"Ủy ban nhân dân {OTHER_NAME} {OTHER_WARD}", "3", "2", "0", "1", "17", "0", "0", "0", "0", "0", "0"],
    ]
    book = load_workbook(io.BytesIO(download(admin, "xlsx")))
    assert book.sheetnames == ["Tổng quan", "Bảng số liệu", "Theo tháng", "Định nghĩa"]
    rows = [[cell.value for cell in row] for row in book["Bảng số liệu"].iter_rows(min_row=7)]
    assert [share for _, _, _, share, *_ in rows] == [0.6666, 0.5, 0.6666]
    assert [in_order(row) for row in rows] == shown
    text = download(admin, "csv")
    assert text.startswith("\ufeff".encode())
    _, *lines = csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";")
    assert [line[5] for line in lines] == ["66,66%", "50,00%", "66,66%"]
    assert [in_order(line[2:]) for line in lines] == shown
    assert download(admin, "pdf").startswith(b"%PDF-")
    assert download(admin, "png").startswith(b"\x89PNG")


def in_order(row: Sequence[object]) -> list[str]:
    """A row of a file as the page has it."""
    name, code, count, *_ = row
    named = " ".join(str(part).strip() for part in (name, code) if part)
    return [named, *map(str, (count, *row[9:12], row[8], *row[16:]))]


def test_codes_of_a_telephone(open_chat: Open, once: dict[str, str], data: Path, server: Server) -> None:
    once["mai"] = hire(data, "mai", "Phạm Thị Mai", "viewer")
    page = enter(open_chat, once, "mai")
    page.goto(f"{server.url}/staff/tai-khoan/ma")
    secret = page.locator("code").inner_text()
    page.get_by_label("Mã 6 chữ số").fill("000000")
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_role("alert")).to_contain_text("Mã không đúng.")
    assert page.locator("code").inner_text() == secret
    codes, begun = pyotp.TOTP(secret), datetime.now(UTC)
    page.get_by_label("Mã 6 chữ số").fill(codes.at(begun))
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_role("status")).to_have_text("Đã bật mã trên điện thoại.")

    log_out(page)
    give_password(page, "mai", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã trên điện thoại")
    page.goto(f"{server.url}/staff")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    give_password(page, "mai", PASSWORD)
    page.get_by_label("Mã 6 chữ số").fill(codes.at(begun))
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_have_text("Mã không đúng hoặc đã dùng rồi. Anh/chị đợi mã tiếp theo.")
    page.get_by_label("Mã 6 chữ số").fill(codes.at(begun + timedelta(seconds=30)))
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mức độ hài lòng")
    page.goto(f"{server.url}/staff/tai-khoan/ma")
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mã 6 chữ số").fill(codes.at(begun))
    page.get_by_role("button", name="Tắt").click()
    # It has served: who knows the password alone does not do away with the telephone.
    expect(page.get_by_role("alert")).to_contain_text("Mã không đúng.")


def test_enter_after_the_password_logs_out_everywhere_else(
    open_chat: Open, once: dict[str, str], data: Path, server: Server
) -> None:
    once["thuha"] = hire(data, "thuha", "Võ Thị Hà", "viewer")
    page, *others = (enter(open_chat, once, "thuha") for _ in range(3))
    page.goto(f"{server.url}/staff/tai-khoan")
    places = page.get_by_role("region", name="Đang đăng nhập ở")
    expect(places.get_by_role("listitem")).to_have_count(3)
    places.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    places.get_by_role("button", name="Đăng xuất nơi đó").first.click()
    expect(page.get_by_role("status")).to_have_text("Đã đăng xuất nơi đó.")
    expect(places.get_by_role("listitem")).to_have_count(2)
    enter(open_chat, once, "thuha")
    page.reload()
    expect(places.get_by_role("listitem")).to_have_count(3)
    places.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Đã đăng xuất ở mọi nơi khác.")
    expect(places.get_by_role("listitem")).to_have_count(1)
    for other in others:
        other.reload()
        expect(other.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_after_logging_out_going_back_shows_nothing(admin: Page) -> None:
    admin.get_by_role("link", name="Bảng số liệu").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Theo cơ quan")
    log_out(admin)
    admin.go_back()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    admin.go_back()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_a_team_says_how_a_service_went_and_staff_read_it(admin: Page, open_chat: Open) -> None:
    admin.get_by_role("link", name="Trải nghiệm dịch vụ").click()
    admin.get_by_label("Thủ tục", exact=True).fill(BIRTH_CODE)
    admin.get_by_label("Đội", exact=True).select_option(label="Đoàn thanh niên")
    admin.get_by_role("button", name="Tạo đường dẫn").click()
    address = admin.locator(".once").inner_text()
    visit = open_chat(address[address.index("/trai-nghiem/") :], viewport=PHONE, has_touch=True, bypass_csp=True)
    page = visit.page
    for answer in ("Dễ", "Chỉ một phần", "Không phải nộp tiền, hoặc chưa đến bước này", "15 đến 30 phút"):
        page.get_by_text(answer, exact=True).tap()
    page.get_by_role("group", name="Đã nhận được kết quả chưa?").get_by_role("radio").last.check()
    page.get_by_label("Ý kiến").fill("Ô chọn nơi sinh khó tìm. Số tôi là 0912345678")
    assert faults(page) == []
    page.get_by_role("button", name="Gửi").tap()
    expect(page.locator(".done")).to_be_visible()
    assert faults(page) == []
    admin.get_by_role("link", name="Trải nghiệm dịch vụ").click()
    assert cells(admin, "reviews")[1:] == [
        [
            *("Khai sinh: đăng ký lần đầu", "1", "Dễ: 1", "Chỉ một phần: 1"),
            *("Không phải nộp tiền, hoặc chưa đến bước này: 1", "Chưa đến hẹn, hoặc chỉ làm thử: 1"),
            "15 đến 30 phút: 1",
        ]
    ]
    said = admin.get_by_role("region", name="Ý kiến").get_by_role("listitem")
    expect(said).to_contain_text("Ô chọn nơi sinh khó tìm. Số tôi là")
    expect(said).not_to_contain_text("0912345678")
    expect(said).to_contain_text("Khai sinh: đăng ký lần đầu · Đoàn thanh niên")
    # They are no ratings of citizens.
    admin.get_by_role("link", name="Tổng quan").click()
    assert figures(admin)["Số phiếu được tính"] == "8"


def test_who_wants_digests_says_so(admin: Page) -> None:
    admin.get_by_role("link", name="Tài khoản").click()
    admin.get_by_role("link", name="Chọn bản tin").click()
    box = admin.get_by_role("checkbox", name="Hằng quý")
    expect(box).not_to_be_checked()
    box.check()
    admin.get_by_role("button", name="Lưu").click()
    expect(admin.get_by_role("status")).to_have_text("Đã lưu lựa chọn bản tin.")
    admin.get_by_role("link", name="Chọn bản tin").click()
    expect(box).to_be_checked()
    assert faults(admin) == []


def test_an_editor_works_and_administers_nothing(open_chat: Open, once: dict[str, str], server: Server) -> None:
    page = enter(open_chat, once, "huong")
    menu = page.get_by_role("navigation", name="Các trang của cán bộ").get_by_role("link")
    assert menu.all_inner_texts() == [
        *("Tổng quan", "Bảng số liệu", "Phiếu", "Sử dụng", "Đánh giá chưa tốt", "Câu chưa tìm ra"),
        *("Trải nghiệm dịch vụ", "Mã đánh giá", "Tổ cộng đồng", "Chia sẻ"),
        *("Danh mục", "Biên tập", "Cần xem lại", "In danh mục", "Tài khoản"),
    ]
    for path in ("/staff/can-bo", "/staff/nhat-ky", "/staff/can-bo/ai/lan"):
        answer = page.goto(server.url + path)
        assert answer is not None
        assert (path, answer.status) == (path, 403)
