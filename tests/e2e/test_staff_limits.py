"""Who may see what, by any address: nobody without a login, and a viewer of one agency that agency alone."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import APIResponse, Page, expect

from bot.catalog.load import load_catalogue
from bot.dialogue.keeping import Keeping
from bot.dialogue.rules import Rules
from bot.dialogue.signed_links import Signer
from bot.search.engine import SearchEngine
from bot.settings import Settings
from bot.store.sqlite.store import SqliteStore
from bot.web.backing import Backing
from bot.web.server import create_app
from tests.e2e.citizens import Citizen
from tests.e2e.conftest import Open
from tests.e2e.office import cells, figures, hire, settle_in
from tests.e2e.process import Server, free_port, operate, serving
from tests.e2e.talk import BIRTH_CODE
from tests.unit.web.conftest import SECOND_PROVINCE, ScriptedAssistant

OWN, OTHER = "H27.118", "H27.119"
OWN_WORDS, OTHER_WORDS = "Giấy hẹn ghi sai ngày", "Trang web đứng mãi"
LOGIN = "/staff/dang-nhap"
SECRET = b"k" * 32
DEPTH = 2
"""Pages so many links away from the menu are still opened to look for others."""
_ADDRESS = re.compile(r'(?:href|src|action)="(/staff[^"]*)"')


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("limits")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    port = str(free_port())
    settings = {"PORT": port, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with serving(data, **settings) as started:
        for agency, words, levels in ((OWN, OWN_WORDS, "13"), (OTHER, OTHER_WORDS, "1133")):
            link = operate(data, "rating-link", BIRTH_CODE, "--agency", agency, "--commune", agency, **settings)
            for level in levels:
                Citizen(started.url).fill_in(link.strip(), nop="online", muc=level, loi=words, dong_y="1")
        yield started


@pytest.fixture
def admin(open_chat: Open, data: Path, server: Server) -> Page:
    page = open_chat(LOGIN).page
    settle_in(page, server.url, "lan", hire(data, "lan", "Nguyễn Thị Lan", "admin"))
    return page


@pytest.fixture
def viewer(open_chat: Open, data: Path, server: Server) -> Page:
    page = open_chat(LOGIN).page
    settle_in(page, server.url, "minh", hire(data, "minh", "Lê Văn Minh", "viewer", OWN))
    return page


def addresses_of_router(folder: Path) -> list[tuple[str, str]]:
    """Method and address of every route below /staff, with a number where something is to be filled in."""

    async def made() -> list[tuple[str, str]]:
        catalogue = load_catalogue(SECOND_PROVINCE)
        store = await SqliteStore.open(folder / "routes.sqlite")
        backing = Backing(store, Signer(SECRET), Rules(SECRET, 2000, Keeping(24, 90, 365, 180, 24)))
        try:
            app = create_app(ScriptedAssistant(catalogue, SearchEngine(catalogue)), Settings(), None, backing)
            resources = [(route.method, route.resource) for route in app.router.routes() if route.resource is not None]
        finally:
            await store.close()
        return [
            (method, re.sub(r"{[^}]*}", "1", resource.canonical))
            for method, resource in resources
            if resource.canonical.startswith("/staff")
        ]

    # Playwright has a loop of its own in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(made())).result()


def test_nobody_reads_anything_without_a_login(open_chat: Open, server: Server, tmp_path: Path) -> None:
    page = open_chat(LOGIN).page
    kinds = [f"/staff/bao-cao.{form}?ky=2026-12" for form in ("xlsx", "csv", "pdf", "png", "json")]
    kinds += [f"/staff/hinh/{kind}.svg?ky=2026-12" for kind in ("muc-tieu", "theo-thang", "theo-nhom")]
    kinds += [f"/staff/bang/{slug}" for slug in ("thu-tuc", "co-quan", "xa-phuong")]
    asked = addresses_of_router(tmp_path) + [("GET", path) for path in kinds]
    assert len(asked) > 60
    for method, path in asked:
        if path.startswith(LOGIN):
            continue
        answer = page.request.fetch(server.url + path, method=method, max_redirects=0)
        seen = (answer.status, answer.headers["location"].partition("?")[0], answer.body())
        assert (method, path, seen) == (method, path, (303, LOGIN, b""))
    for path in ("/staff", "/staff/bao-cao.xlsx", "/staff/hinh/muc-tieu.svg", "/staff/viec/1"):
        page.goto(server.url + path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def walk(page: Page, url: str) -> set[str]:
    """Every address of staff that stands on a page, some links away from the first."""
    found, todo = {"/staff"}, {"/staff"}
    for _ in range(DEPTH):
        met = set()
        for path in sorted(todo):
            answer = page.request.get(url + path)
            if "text/html" in answer.headers.get("content-type", ""):
                met |= {urljoin(path, unescape(address)) for address in _ADDRESS.findall(answer.text())}
        todo = {path for path in met - found if urlsplit(path).path != "/staff/dang-xuat"}
        found |= todo
    return found


def read(answer: APIResponse) -> str:
    """What stands in a page or a file, as far as it is text."""
    if answer.headers.get("content-type", "").endswith("sheet"):
        book = load_workbook(io.BytesIO(answer.body()))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return answer.body().decode("utf-8", "replace")


def test_a_viewer_of_one_agency_sees_that_agency_alone(admin: Page, viewer: Page, server: Server) -> None:
    found = walk(admin, server.url)
    cases = sorted(path for path in found if re.fullmatch(r"/staff/viec/\d+", path))
    assert (len(cases), len(found) > 200) == (3, True)
    seen, statuses = [], {}
    for path in sorted(found):
        answer = viewer.request.get(server.url + path, max_redirects=0)
        statuses[path] = answer.status
        text = read(answer)
        # What can be chosen, and what the address itself has chosen, are names only.
        told = re.sub(r'<option.*?</option>|<ul class="chosen".*?</ul>', "", text, flags=re.DOTALL)
        if OTHER_WORDS in text or "Trần Phú" in told:
            seen.append(path)
    assert seen == []
    # 422: what the address has chosen is another's, so nothing is made of it.
    assert {path.partition("?")[0] for path in found if statuses[path] == 422} <= {"/staff/chia-se"}
    assert set(statuses.values()) <= {200, 303, 403, 404, 405, 422}
    assert [statuses[path] for path in cases] == [200, 404, 404]
    assert [
        path for path in found if path.startswith(("/staff/can-bo", "/staff/nhat-ky")) and statuses[path] != 403
    ] == []

    viewer.goto(f"{server.url}/staff")
    shown = figures(viewer)
    assert (shown["Số phiếu được tính"], shown["Rất hài lòng"], shown["Chưa hài lòng"]) == ("2", "1", "1")
    for slug in ("thu-tuc", "linh-vuc", "co-quan", "xa-phuong", "kenh", "noi-hoi", "tro-giup"):
        viewer.goto(f"{server.url}/staff/bang/{slug}?co-quan={OTHER}")
        expect(viewer.get_by_text("Kỳ này không có dữ liệu.").first).to_be_visible()
        expect(viewer.locator("table.figures")).to_have_count(0)
        viewer.goto(f"{server.url}/staff/bang/{slug}")
        assert (slug, cells(viewer, "table")[-1][4]) == (slug, "2")
    for query, count in (("", 2), (f"co-quan={OTHER}", 0), (f"xa={OTHER}", 0)):
        viewer.goto(f"{server.url}/staff/phieu?{query}")
        expect(viewer.get_by_text(f"Có {count} phiếu.")).to_be_visible()
    viewer.goto(f"{server.url}/staff/viec?trang-thai=tat-ca&co-quan={OTHER}")
    expect(viewer.get_by_text("Không có đánh giá nào như vậy.")).to_be_visible()


@pytest.mark.parametrize("kind", ["bao-cao.xlsx", "bao-cao.csv", "bao-cao.json", "hinh/muc-tieu.svg"])
def test_files_and_pictures_of_a_viewer_are_not_of_the_province(
    open_chat: Open, data: Path, server: Server, kind: str
) -> None:
    whole, own = open_chat(LOGIN).page, open_chat(LOGIN).page
    slug = re.sub(r"\W", "", kind)
    settle_in(whole, server.url, f"all-{slug}", hire(data, f"all-{slug}", "Xem tất cả", "viewer"))
    settle_in(own, server.url, f"own-{slug}", hire(data, f"own-{slug}", "Xem một nơi", "viewer", OWN))
    path = f"{server.url}/staff/{kind}?theo=co-quan"
    made = [page.request.get(path) for page in (whole, own)]
    assert [answer.status for answer in made] == [200, 200]
    if kind.startswith("hinh"):
        assert made[0].body() != made[1].body()
    else:
        assert ["Trần Phú" in read(answer) for answer in made] == [True, False]
        assert ["Thành Sen" in read(answer) for answer in made] == [True, True]
    for more in (f"&co-quan={OTHER}", f"&xa={OTHER}"):
        assert "Trần Phú" not in read(own.request.get(path + more))
