"""What was published, as staff see it; publishing a draft, going back and withdrawing, each shown before it is done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.imports.model import Action, Answer
from bot.catalog.load import read_catalogue, version_of
from bot.operations.aliases import TaughtWords
from bot.operations.imports.base import base_of
from bot.operations.imports.drafting import add, decide, look
from bot.operations.publishing.publish import Prepared, PublishingDesk, Wanted
from bot.operations.publishing.watch import CatalogueWatch, Trouble
from bot.settings import Settings
from bot.store.publications import Publication
from bot.store.staff import Act, Role
from bot.web.backing import BACKING
from bot.web.keys import SETTINGS
from tests.unit.catalog.imports.made_lists import list_of, reading
from tests.unit.operations.publishing.samples import LAND, SECOND_PROVINCE, SHIPPED, renamed
from tests.unit.web.staff.conftest import START, Browser, MakeBrowser, Office

PAGE, PUBLISH, BACK, WITHDRAW = (f"/staff/danh-muc{rest}" for rest in ("", "/cong-bo", "/tro-lai", "/rut"))
ACT = Act(START, "lan", "catalog_publish", "danh mục quý IV")
NEW = renamed("Tách thửa đất")
FILLED = {"draft": "1", "decision": "12/QĐ-UBND", "decided_on": "2026-11-20", "supersedes": "1/KH-UBND"}


@pytest.fixture(autouse=True)
def second_province(office: Office) -> None:
    settings = office.app[SETTINGS]
    office.app[SETTINGS] = Settings(database_url=settings.database_url, catalog_dir=SECOND_PROVINCE)


def desk(office: Office) -> PublishingDesk:
    parts = office.store.office
    return PublishingDesk(parts.publications, parts.drafts, SECOND_PROVINCE, office.clock)


async def published(office: Office, contents: dict[str, bytes], since: date | None = None) -> Publication:
    made = await desk(office).prepare(contents, Wanted(since=since))
    assert isinstance(made, Prepared)
    done = await desk(office).publish(made, ACT)
    assert isinstance(done, Publication)
    return done


async def drafted(office: Office, *, is_decided: bool = True) -> None:
    """The province's own list with another name, as draft number 1."""
    base, drafts = await base_of(SHIPPED), office.store.office.drafts
    rows = [replace(one, name="Tách thửa đất") if one.code == LAND else one for one in list_of(base.catalogue)]
    number = await add(drafts, reading(*rows), ("danh-muc.xlsx",), True, ACT)
    looked = await look(drafts, number, base)
    assert looked is not None
    answers = {
        one.id: one.proposal if one.proposal.action is not Action.ASK else Answer(Action.KEEP) for one in looked.open
    }
    if is_decided:
        await decide(drafts, looked, base, answers, ACT)


async def enter(office: Office, browser: Browser, role: Role = Role.EDITOR) -> None:
    await office.hire("lan", role)
    await browser.log_in("lan")


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


async def test_a_viewer_reads_and_does_nothing(office: Office, browser: Browser) -> None:
    await published(office, NEW)
    await enter(office, browser, Role.VIEWER)
    page = await browser.get(PAGE)
    cells = ["1", "Đang dùng", "22/11/2026", "Không có, sửa sai", "lan, 08:00 22/11/2026", "danh mục quý IV"]
    assert page.of("td", "th")[-6:] == cells
    assert [to for _, to in page.links if to.startswith(f"{PAGE}/")] == [f"{PAGE}/in"]
    for path in (PUBLISH, BACK):
        await browser.text(f"{path}?so=0", 403)
    for path in (PUBLISH, BACK, WITHDRAW):
        assert (await browser.post(path, at=PAGE, number="1", reason="x")).status == 403


async def test_a_draft_is_shown_and_then_published(office: Office, browser: Browser) -> None:
    await drafted(office)
    await enter(office, browser)
    at = f"{PUBLISH}?nhap=1"
    assert ("Công bố bản nháp số 1", at) in (await browser.get(PAGE)).links
    assert (await browser.client.get(f"{PAGE}?nhap=1", allow_redirects=False)).headers["Location"] == at
    shown = await browser.post(PUBLISH, at=at, **FILLED)
    text = await shown.text()
    assert (shown.status, "<summary>Đổi tên: 1</summary>" in text) == (200, True)
    assert "<dd>12/QĐ-UBND ngày 20/11/2026</dd>" in text
    assert f"{LAND} " in text
    assert await office.store.office.publications.listed() == ()
    done = await browser.post(PUBLISH, **hidden(text), reason="danh mục quý IV")
    assert (done.status, done.headers["Location"]) == (303, PAGE)
    (kept,) = await office.store.office.publications.listed()
    assert (kept.decision, kept.decided_on, kept.by, kept.reason) == (
        *("12/QĐ-UBND", date(2026, 11, 20)),
        *("lan", "danh mục quý IV"),
    )
    contents = await office.store.office.publications.contents(kept.version)
    assert contents is not None
    assert read_catalogue(contents).procedures[LAND].name == "Tách thửa đất"
    assert (await browser.get(PAGE)).of("td")[2] == "12/QĐ-UBND ngày 20/11/2026"


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("", "Đã công bố danh mục số 1. Vài giây nữa trợ lý dùng."),
        ("2026-12-01", "Đã lưu danh mục số 1. Trợ lý dùng từ ngày 1/12/2026, đến lúc đó vẫn rút được."),
    ],
)
async def test_it_is_told_from_when_it_is_used(office: Office, browser: Browser, since: str, said: str) -> None:
    await drafted(office)
    await enter(office, browser)
    shown = await browser.post(PUBLISH, at=f"{PUBLISH}?nhap=1", **FILLED, since=since)
    await browser.post(PUBLISH, **hidden(await shown.text()), reason="danh mục quý IV")
    told = (await browser.get(PAGE)).of("p")
    assert said in told
    changing = "Trợ lý đang chuyển sang danh mục số 1. Anh/chị đợi vài giây rồi mở lại trang này."
    # Nothing takes it up in this office.
    assert (changing in told) is not bool(since)


async def test_the_way_from_the_list_to_an_import_and_back(office: Office, browser: Browser) -> None:
    await enter(office, browser)
    there = ("Nhập danh mục từ tệp", "/staff/danh-muc/nhap")
    for path in (PAGE, PUBLISH):
        assert there in (await browser.get(path)).links
    await drafted(office)
    assert ("Xem bản nháp số 1", "/staff/danh-muc/nhap/1") in (await browser.get(PAGE)).links


async def test_what_was_not_shown_is_not_published(office: Office, browser: Browser) -> None:
    await drafted(office)
    await enter(office, browser)
    text = await (await browser.post(PUBLISH, at=f"{PUBLISH}?nhap=1", **FILLED)).text()
    await published(office, renamed("Hợp thửa đất"))
    late = await browser.post(PUBLISH, **hidden(text), reason="x")
    assert (late.status, "Vừa có danh mục khác được công bố." in await late.text()) == (422, True)
    assert len(await office.store.office.publications.listed()) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decided_on": ""}, "Anh/chị ghi cả số và ngày ký của quyết định."),
        ({"decided_on": "2026-13-01"}, "Anh/chị ghi cả số và ngày ký của quyết định."),
        ({"decided_on": "2026-11-23"}, "Ngày ký này chưa đến."),
        ({"since": "2026-11-19"}, "Ngày áp dụng phải là một ngày có thật"),
        ({"since": "mai"}, "Ngày áp dụng phải là một ngày có thật"),
        ({"supersedes": "9/QĐ"}, "Danh mục không có quyết định được thay."),
        ({"draft": "7"}, "Không có bản nháp này"),
        ({"draft": "x"}, "Không có bản nháp này"),
    ],
)
async def test_what_is_wrong_is_told(office: Office, browser: Browser, changes: dict[str, str], said: str) -> None:
    await drafted(office)
    await enter(office, browser)
    response = await browser.post(PUBLISH, at=f"{PUBLISH}?nhap=1", **{**FILLED, **changes})
    assert (response.status, said in await response.text()) == (422, True)


async def test_an_undecided_draft_and_a_missing_reason(office: Office, browser: Browser) -> None:
    await drafted(office, is_decided=False)
    await enter(office, browser)
    response = await browser.post(PUBLISH, at=f"{PUBLISH}?nhap=1", **FILLED)
    assert (response.status, "Bản nháp còn chỗ chưa chọn." in await response.text()) == (422, True)
    assert 'href="/staff/danh-muc/nhap/1"' in await response.text()
    await published(office, NEW)
    text = await browser.text(f"{BACK}?so=0")
    refused = await browser.post(BACK, **hidden(text), reason=" ")
    assert (refused.status, "Anh/chị ghi lý do" in await refused.text()) == (422, True)


async def test_going_back_is_shown_and_then_done(office: Office, browser: Browser) -> None:
    first = await published(office, NEW)
    await published(office, renamed("Hợp thửa đất"))
    await enter(office, browser)
    assert ("Trở lại bản này", f"{BACK}?so=1") in (await browser.get(PAGE)).links
    text = await browser.text(f"{BACK}?so=1")
    assert "<summary>Đổi tên: 1</summary>" in text
    done = await browser.post(BACK, **hidden(text), reason="bản mới sai")
    assert done.status == 303
    said = "Đã trở lại danh mục cũ, nay là số 3. Vài giây nữa trợ lý dùng."
    assert said in (await browser.get(PAGE)).of("p")
    newest = (await office.store.office.publications.listed())[0]
    assert (newest.number, newest.version, newest.reason) == (3, first.version, "bản mới sai")
    back = await browser.post(BACK, **hidden(await browser.text(f"{BACK}?so=0")), reason="như ban đầu")
    assert back.status == 303
    in_force = await desk(office).in_force()
    assert in_force is not None
    assert in_force.version == version_of(SHIPPED)
    await browser.text(f"{BACK}?so=9", 422)
    await browser.text(f"{BACK}?so=x", 404)


async def test_one_that_waits_is_withdrawn(office: Office, browser: Browser) -> None:
    await published(office, NEW, date(2026, 12, 1))
    await enter(office, browser)
    page = await browser.get(PAGE)
    assert "Chờ đến ngày" in page.of("td")
    refused = await browser.post(WITHDRAW, at=PAGE, number="1", reason="")
    assert refused.status == 422
    done = await browser.post(WITHDRAW, at=PAGE, number="1", reason="sai ngày")
    assert (done.status, (await desk(office).publications.listed())[0].withdrawn) == (303, True)
    again = await browser.post(WITHDRAW, at=PAGE, number="1", reason="sai ngày")
    assert again.status == 422


async def test_every_page_says_that_something_else_is_served(office: Office, new_browser: MakeBrowser) -> None:
    parts = office.store.office
    watch = CatalogueWatch(
        SECOND_PROVINCE, parts.publications, TaughtWords(parts.learning), parts.editorial, office.clock
    )
    office.app[BACKING] = replace(office.app[BACKING], catalogues=watch)
    browser = await new_browser()
    await enter(office, browser, Role.VIEWER)
    said = "Danh mục mới công bố bị hỏng. Trợ lý đang dùng bản khác, xem trang Danh mục."
    assert said not in (await browser.get("/staff")).of("p")
    watch.trouble = Trouble.FILES
    assert said in (await browser.get("/staff")).of("p")
