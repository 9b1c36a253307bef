"""Slow networks, lost networks, pages reloaded at the wrong moment: nothing is lost, nothing is sent twice."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from bot.texts import load_texts
from tests.e2e.conftest import Open, Visit
from tests.e2e.talk import BIRTH, BIRTH_CODE, answers, ask, field, said, send_button

UNSENT = "mot-cua.unsent."
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('mot-cua.unsent.'))"
OFFLINE = "Máy đang không có mạng. Anh/chị cứ viết, lời nhắn sẽ được gửi khi có mạng."
WAITING = "Đang chờ có mạng để gửi"
# Asked once and answered by the browser's own event: asking again and again needs the page's leave to read code.
ONCE_KEPT = """async () => {
    const workers = navigator.serviceWorker;
    const taken = new Promise((done) => workers.addEventListener("controllerchange", done, { once: true }));
    if (workers.controller === null) await taken;
}"""


def write(page: Page, text: str) -> None:
    field(page).fill(text)
    page.keyboard.press("Enter")


Noting = Callable[..., tuple[Visit, list[dict[str, str]]]]


@pytest.fixture
def open_noting(open_chat: Open) -> Noting:
    """The chat, and every message that reaches the server."""

    def opened(**options: object) -> tuple[Visit, list[dict[str, str]]]:
        visit = open_chat(**options)
        posted: list[dict[str, str]] = []

        def note(route: Route) -> None:
            posted.append(json.loads(route.request.post_data or "{}"))
            route.continue_()

        visit.context.route("**/api/chat*", note)
        return visit, posted

    return opened


def words(posted: list[dict[str, str]]) -> list[str]:
    return [body["text"] for body in posted if "text" in body]


def test_a_slow_answer_is_waited_for_once(open_noting: Noting) -> None:
    visit, posted = open_noting(has_touch=True)
    page = visit.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.context.route("**/api/chat*", hold)
    field(page).fill(BIRTH_CODE)
    with page.expect_request("**/api/chat*"):
        send_button(page).tap()
    field(page).fill(BIRTH_CODE)
    send_button(page).tap()
    expect(page.locator("#status")).to_have_text("Đang tìm câu trả lời…")
    send_button(page).tap()
    expect(said(page)).to_have_count(1)
    expect(field(page)).to_have_value(BIRTH_CODE)
    visit.context.unroute("**/api/chat*", hold)
    held[0].continue_()
    expect(answers(page)).to_have_count(2)
    expect(page.locator("#status")).to_have_text("")
    assert (len(held), words(posted)) == (1, [BIRTH_CODE])


def test_messages_written_offline_are_sent_in_order_when_the_network_is_back(
    open_noting: Noting,
) -> None:
    visit, posted = open_noting()
    page = visit.page
    ask(page, BIRTH_CODE)
    visit.context.set_offline(True)
    expect(page.locator("#network")).to_have_text(OFFLINE)
    write(page, "1.000656")
    write(page, "1.000894")
    expect(page.locator(".unsent")).to_have_text([WAITING, WAITING])
    expect(page.get_by_role("button", name="Gửi lại")).to_have_count(0)

    visit.context.set_offline(False)
    expect(page.locator("#network")).to_have_text("")
    expect(answers(page)).to_have_count(4)
    expect(page.locator(".unsent")).to_have_count(0)
    assert words(posted) == [BIRTH_CODE, "1.000656", "1.000894"]
    # Each answer stands below its question.
    order = page.locator("#messages > .message").evaluate_all(
        "items => items.map((item) => item.classList.contains('from-person'))"
    )
    assert order == [False, True, False, True, False, True, False]
    before = page.locator("#messages").inner_text()
    page.reload()
    expect(answers(page)).to_have_count(4)
    assert page.locator("#messages").inner_text() == before
    assert page.evaluate(KEPT) == []


def test_what_waits_survives_a_reload_and_is_sent_then(
    open_noting: Noting,
) -> None:
    visit, posted = open_noting()
    page = visit.page
    visit.context.set_offline(True)
    write(page, BIRTH_CODE)
    expect(page.locator(".unsent")).to_have_text(WAITING)
    # Online before the page notices: the reload finds the network.
    visit.context.route("**/api/chat*", lambda route: route.abort())
    visit.context.set_offline(False)
    expect(page.locator(".unsent")).to_contain_text("Chưa gửi được.")
    visit.context.unroute_all()
    visit.context.route("**/*", visit.watch.route)
    page.reload()
    expect(page.locator(".unsent")).to_contain_text("Chưa gửi")
    page.get_by_role("button", name="Gửi lại").click()
    expect(answers(page).last.locator(".bubble p").first).to_have_text(BIRTH)
    assert words(posted) == []


@pytest.mark.parametrize(("status", "text_id"), [(408, "web.error.too_slow"), (429, "web.error.too_many")])
def test_what_came_too_slowly_or_too_often_is_kept_and_sent_later(
    open_noting: Noting, status: int, text_id: str
) -> None:
    visit, posted = open_noting()
    page = visit.page
    told = load_texts("vi").get(text_id)

    def refuse(route: Route) -> None:
        route.fulfill(status=status, json={"error": "…", "text": told})

    visit.context.route("**/api/chat*", refuse)
    write(page, BIRTH_CODE)
    expect(page.locator(".unsent")).to_contain_text(told)
    expect(page.locator(".problem")).to_have_count(0)
    assert len(page.evaluate(KEPT)) == 1
    visit.context.unroute("**/api/chat*", refuse)
    page.reload()
    expect(said(page).locator(".bubble")).to_have_text(BIRTH_CODE)
    page.get_by_role("button", name="Gửi lại").click()
    expect(answers(page).last.locator(".bubble p").first).to_have_text(BIRTH)
    assert (words(posted), page.evaluate(KEPT)) == ([BIRTH_CODE], [])


def test_ten_messages_may_wait(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    visit.context.set_offline(True)
    for number in range(11):
        write(page, f"khai sinh {number}")
    expect(page.locator(".unsent")).to_have_count(10)
    expect(page.locator("#status")).to_have_text("Đã có 10 lời nhắn chờ gửi. Anh/chị chờ có mạng rồi viết tiếp.")
    expect(field(page)).to_have_value("khai sinh 10")
    page.get_by_role("button", name="Xóa trò chuyện").click()
    expect(said(page)).to_have_count(0)
    visit.context.set_offline(False)
    expect(page.locator("#network")).to_have_text("")
    expect(answers(page)).to_have_count(1)


def test_two_pages_side_by_side_do_not_forget_each_others_messages(open_chat: Open, server_url: str) -> None:
    visit = open_chat()
    other = visit.context.new_page()
    other.goto(server_url)
    visit.context.set_offline(True)
    write(visit.page, BIRTH_CODE)
    write(other, "1.000656")
    expect(other.locator(".unsent")).to_have_text(WAITING)
    assert len(other.evaluate(KEPT)) == 2
    visit.context.set_offline(False)
    for page in (visit.page, other):
        expect(answers(page)).to_have_count(2)
        expect(page.locator(".unsent")).to_have_count(0)
    assert other.evaluate(KEPT) == []


def test_a_reload_in_the_middle_neither_loses_nor_doubles(open_chat: Open) -> None:
    """The message had reached the server; its answer was on the way when the page was reloaded."""
    visit = open_chat()
    page = visit.page
    ask(page, "1.000656")
    ids: list[str] = []

    def answer_too_late(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "{}")["id"])
        route.fetch()

    visit.context.route("**/api/chat*", answer_too_late)
    with page.expect_request("**/api/chat*"):
        write(page, BIRTH_CODE)
    page.reload()
    expect(said(page)).to_have_count(2)
    expect(page.locator(".unsent p")).to_have_text("Chưa gửi")
    expect(answers(page)).to_have_count(2)
    visit.context.unroute("**/api/chat*")

    with page.expect_request("**/api/chat*") as again:
        page.get_by_role("button", name="Gửi lại").click()
    expect(answers(page)).to_have_count(3)
    expect(said(page)).to_have_count(2)
    assert json.loads(again.value.post_data or "{}")["id"] == ids[0]
    page.reload()
    expect(answers(page)).to_have_count(3)
    expect(page.locator(".unsent")).to_have_count(0)


def test_what_stands_on_the_device_is_not_trusted(open_chat: Open) -> None:
    visit = open_chat()
    page = visit.page
    wrong = [None, 5, {}, {"id": "a"}, {"id": "a", "said": "x", "text": "x", "choice": "y"}, {"id": "b", "said": "x"}]
    saved = [json.dumps({"at": 9e15, "message": message}) for message in wrong]
    old = json.dumps({"at": 0, "message": {"id": "a", "said": "x", "text": "x"}})
    other = json.dumps({"at": 9e15, "message": {"id": "b", "said": "x", "text": "x"}})
    for value in ("{", "[]", "null", *saved, old, other):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"{UNSENT}a", value])
        page.reload()
        expect(answers(page)).to_have_count(1)
        expect(said(page)).to_have_count(0)
        assert page.evaluate(KEPT) == []
    assert visit.watch.complaints == []


@pytest.fixture
def open_kept(open_chat: Open) -> Callable[..., Visit]:
    """The chat, once its worker has kept it."""

    def opened(path: str = "/") -> Visit:
        visit = open_chat(path, service_workers="allow")
        visit.page.evaluate(ONCE_KEPT)
        return visit

    return opened


def test_the_page_opens_without_a_network(open_kept: Callable[..., Visit]) -> None:
    visit = open_kept()
    page = visit.page
    ask(page, BIRTH_CODE)
    visit.context.set_offline(True)
    page.reload()
    expect(page.locator("#network")).to_have_text(OFFLINE)
    expect(answers(page)).to_have_count(2)
    write(page, "1.000656")
    expect(page.locator(".unsent")).to_have_text(WAITING)
    page.reload()
    expect(page.locator(".unsent")).to_have_text(WAITING)
    visit.context.set_offline(False)
    expect(answers(page)).to_have_count(3)
    expect(page.locator(".unsent")).to_have_count(0)


def test_a_link_with_a_question_waits_for_the_network_too(open_kept: Callable[..., Visit], server_url: str) -> None:
    visit = open_kept()
    page = visit.page
    visit.context.set_offline(True)
    page.goto(f"{server_url}/?q={BIRTH_CODE}")
    expect(said(page).locator(".bubble")).to_have_text([BIRTH_CODE])
    expect(page.locator(".unsent")).to_have_text(WAITING)
    expect(page).to_have_url(f"{server_url}/")
    visit.context.set_offline(False)
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last.locator(".bubble p").first).to_have_text(BIRTH)


def test_no_answer_is_kept_by_the_worker(open_kept: Callable[..., Visit], server_url: str) -> None:
    page = open_kept().page
    page.goto(f"{server_url}/?q={BIRTH_CODE}")
    ask(page, "1.000656")
    kept = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) {
              found.push(new URL(request.url).pathname + new URL(request.url).search);
            }
          }
          return found;
        }"""
    )
    assert [path for path in kept if not path.startswith("/static/")] in (["/"], ["/", "/?lang=en"])
