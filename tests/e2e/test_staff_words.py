"""What nobody found is taught by staff, and the chat finds it; then it is forgotten again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.citizens import Citizen
from tests.e2e.conftest import Open
from tests.e2e.office import cells, hire, settle_in
from tests.e2e.process import Server, serving
from tests.e2e.talk import answers, faults

WORDS, CODE, NAME = "xin mộc phường", "2.000815", "Sao y: chứng thực bản sao"
DESK = {"width": 1280, "height": 900}
SECONDS_TO_CHANGE = 90


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with serving(data, MAX_MESSAGES_PER_MINUTE="0") as started:
        yield started


def until(asked: Callable[[], str | None], wanted: str) -> None:
    """Ask again and again; every asking is a page that is loaded."""
    deadline = time.monotonic() + SECONDS_TO_CHANGE
    while asked() != wanted:
        assert time.monotonic() < deadline, f"not {wanted!r} within {SECONDS_TO_CHANGE} s"


def test_what_staff_teach_is_found(open_chat: Open, server: Server, data: Path) -> None:
    password = hire(data, "huong", "Trần Thu Hương", "editor")
    assert [Citizen(server.url).say(words) for words in (WORDS, WORDS.upper())] == ["not_found", "not_found"]
    page = open_chat("/staff/dang-nhap", viewport=DESK, bypass_csp=True).page
    chat = open_chat().page

    def status() -> str | None:
        chat.goto(f"{server.url}/?q={WORDS}")
        return answers(chat).last.get_attribute("data-status")

    assert status() == "not_found"
    settle_in(page, server.url, "huong", password)
    page.get_by_role("link", name="Câu chưa tìm ra").click()
    assert [[row[0], row[1], row[4]] for row in cells(page, "words")[1:]] == [[WORDS, "3", "không tìm ra"]]
    page.get_by_role("link", name="Dạy cách gọi này").click()
    expect(page.get_by_label("Cách gọi", exact=True)).to_have_value(WORDS)
    page.get_by_label("Tìm thủ tục theo từ hoặc mã").fill("chứng thực bản sao")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("radio", name=NAME).check()
    page.get_by_role("button", name="Xem thử").click()
    trial = page.get_by_role("region", name="Xem thử")
    assert trial.get_by_role("definition").all_inner_texts() == ["không tìm ra", NAME]
    assert faults(page) == []
    # Not before they say so.
    assert status() == "not_found"
    page.get_by_label("Lý do").fill("Người dân hay hỏi")
    page.get_by_role("button", name="Dạy trợ lý").click()
    expect(page.get_by_role("status")).to_have_text("Đã dạy. Vài giây nữa trợ lý dùng cách gọi này.")
    until(status, "answered")
    expect(answers(chat).last.locator(".bubble p").first).to_have_text("Chứng thực bản sao từ bản chính (sao y)")

    assert [row[:3] for row in cells(page, "taught")[1:]] == [[WORDS, NAME, "huong"]]
    with page.expect_download() as begun:
        page.get_by_role("link", name="Tải về để đưa vào danh mục").click()
    assert begun.value.path().read_text().splitlines() == ["phrase,codes", f"{WORDS},{CODE}"]
    assert faults(page) == []
    page.get_by_role("button", name=f"Bỏ: {WORDS}").click()
    expect(page.get_by_text("Chưa dạy cách gọi nào.")).to_be_visible()
    until(status, "not_found")
