"""What teams print and forward, and what citizens find behind it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from docs.screenshots.editors import REMOVED
from docs.screenshots.keeping import BIRTH, MARRIAGE, WARD, keep_picture, new_context
from tests.e2e.citizens import Citizen
from tests.e2e.conftest import PHONE
from tests.e2e.process import operate
from tests.e2e.talk import answers

TEAMS = (("Tổ công nghệ số cộng đồng khối phố 3", WARD), ("Tổ công nghệ số cộng đồng thôn Đông", "H27.119"))
MATERIALS = ("poster-a4", "poster-a5", "overview", "desk-sheet", "og")
PUBLIC = ("shared-page-phone", "share-chat-phone", "notice-chat-phone", "removed-page-phone")
_DOTS_AN_INCH = 72
_POINTS_AN_INCH = 72


def found_teams(data: Path) -> None:
    for name, commune in TEAMS:
        operate(data, "team", "add", name, commune)


def come_through_links(data: Path, url: str, **settings: str) -> str:
    """People come through a team's link, ask, open the portal and rate; the link."""
    link = operate(data, "share", BIRTH, "--team", TEAMS[0][0], "--commune", WARD, "--format", "link", **settings)
    share_id = link.strip().rpartition("/")[2]
    for number in range(7):
        citizen = Citizen(url)
        citizen.visit(f"/s/{share_id}")
        if number < 6:
            citizen.choose(f"s:{share_id}")
            citizen.rate(BIRTH, 3 if number else 2)
    for code in (BIRTH, BIRTH, MARRIAGE):
        citizen = Citizen(url)
        citizen.say(code)
        citizen.say("thông tin cũ")
    return link.strip()


def take_materials(data: Path, page: Page, url: str, **settings: str) -> None:
    """What is printed, page by page, and the picture that others show beside the link."""
    folder = data / "printed"
    place = ("--team", TEAMS[0][0], "--commune", WARD)
    operate(data, "share", BIRTH, *place, "--output", str(folder), **settings)
    twelve, sheet = data / "twelve.pdf", data / "desk.pdf"
    operate(data, "share", "--most-used", "--format", "overview", *place, "--output", str(twelve), **settings)
    operate(data, "rating-link", BIRTH, "--agency", WARD, "--commune", WARD, "--sheet", str(sheet), **settings)
    (a4,), (a5,) = folder.glob("*a4.pdf"), folder.glob("*a5.pdf")
    for name, file in (("poster-a4", a4), ("poster-a5", a5), ("overview", twelve), ("desk-sheet", sheet)):
        with pypdfium2.PdfDocument(file) as document:
            picture = document[0].render(scale=_DOTS_AN_INCH / _POINTS_AN_INCH).to_pil()
        keep_picture(picture, name)
    page.goto(f"{url}/tt/{BIRTH}")
    address = page.locator("meta[property='og:image']").get_attribute("content") or ""
    shown = page.request.get(url + re.sub(r"^https?://[^/]+", "", address))
    keep_picture(Image.open(BytesIO(shown.body())), "og")


def take_public(browser: Browser, url: str, link: str) -> None:
    """On a phone: where a team's link leads, what is sent on, a notice, and a procedure that is gone."""
    context = new_context(browser, PHONE, touch=True)
    page = context.new_page()
    page.goto(link)
    _take(page, "shared-page-phone")
    page.get_by_role("link", name="Hỏi tiếp ở đây").click()
    expect(answers(page).last).to_have_attribute("data-status", "answered")
    _take(page, "notice-chat-phone")
    page.get_by_role("button", name="Chia sẻ cho người khác").click()
    expect(answers(page).last).to_have_attribute("data-status", "shared")
    page.screenshot()
    _take(page, "share-chat-phone")
    page.goto(f"{url}/tt/{REMOVED}")
    _take(page, "removed-page-phone")
    context.close()


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    keep_picture(Image.open(BytesIO(page.screenshot())), name)
