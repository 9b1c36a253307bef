"""What tests of the pages of staff do, in the words of staff."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.process import operate

PASSWORD = "một câu dài dễ nhớ"
LOGIN = "/staff/dang-nhap"


def hire(data: Path, login: str, name: str, role: str, *agencies: str) -> str:
    """As an operator makes an account; the password, which serves once."""
    limits = [word for agency in agencies for word in ("--agency", agency)]
    return operate(data, "staff", "add", login, "--name", name, "--role", role, *limits).strip()


def give_password(page: Page, login: str, password: str) -> None:
    """Fill in the page to log in, and send it."""
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def choose_password(page: Page, once: str, password: str = PASSWORD) -> None:
    """Go on from the one that serves once."""
    page.get_by_label("Mật khẩu hiện tại").fill(once)
    page.get_by_label("Mật khẩu mới", exact=True).fill(password)
    page.get_by_label("Nhập lại mật khẩu mới").fill(password)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("status")).to_have_text("Đã đổi mật khẩu. Những nơi khác đã bị đăng xuất.")


def settle_in(page: Page, url: str, login: str, once: str) -> None:
    """The first time: log in with what the operator gave, and choose a password of one's own."""
    page.goto(url + LOGIN)
    give_password(page, login, once)
    choose_password(page, once)


def log_in(page: Page, url: str, login: str) -> None:
    page.goto(url + LOGIN)
    give_password(page, login, PASSWORD)
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def cells(page: Page, caption: str) -> list[list[str]]:
    """The table whose caption has this id, row by row, as it is read."""
    rows: list[list[str]] = page.locator(f"table:has(#{caption}) tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\\s+/g, ' ').trim()))"
    )
    return rows


def figures(page: Page) -> dict[str, str]:
    """The figures of the overview by what they are called."""
    return {name: value for name, value in cells(page, "figures")}  # noqa: C416 - rows of exactly two cells


def column(page: Page, caption: str, number: int) -> list[str]:
    return [row[number] for row in cells(page, caption)[1:]]
