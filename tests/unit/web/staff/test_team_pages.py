"""/staff/to-cong-dong: teams are added and closed by editors, and what came of their links is read by place."""

from __future__ import annotations

from datetime import date

import pytest

from bot.store.sharing import Count, Via
from bot.store.staff import Role
from bot.web.keys import ASSISTANT
from tests.unit.web.reading import read
from tests.unit.web.staff.conftest import Browser, Office

PAGE, ADD, SWITCH = "/staff/to-cong-dong", "/staff/to-cong-dong/them", "/staff/to-cong-dong/dong-mo"
CSV = "/staff/to-cong-dong/so-luot.csv"
NAME = "Tổ công nghệ số cộng đồng thôn 3"
HERE, THERE = "H99.100", "H99.101"
TODAY = date(2026, 11, 22)


async def enter(office: Office, browser: Browser, role: Role, agencies: tuple[str, ...] = ()) -> None:
    await office.hire("lan", role, agencies)
    await browser.log_in("lan")


async def fill(office: Office, via: Via, **counts: int) -> None:
    for what, number in counts.items():
        for _ in range(number):
            await office.store.office.sharing.count(TODAY, via, "tt:1.900001", Count(what))


def agency_name(office: Office, code: str) -> str:
    return office.app[ASSISTANT].catalogue.communes[code].name


async def test_an_editor_adds_closes_and_opens(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.EDITOR)
    added = await browser.post(ADD, PAGE, name=NAME, commune=HERE)
    assert (added.status, added.headers["Location"]) == (303, PAGE)
    page = await browser.get(PAGE)
    assert page.of("th")[-7:] == ["Tên tổ", "Số", "Xã, phường", "Có từ", "Để chia sẻ", "Đóng, mở", NAME]
    await browser.post(SWITCH, PAGE, number="1", to="close")
    assert (await browser.get(PAGE)).of("th")[-1] == f"{NAME} (đã đóng)"
    await browser.post(SWITCH, PAGE, number="1", to="open")
    (team,) = await office.store.office.sharing.teams()
    assert (team.name, team.commune, team.is_active) == (NAME, HERE, True)
    acts = [(entry.act.actor, entry.act.action) for entry in await office.store.office.staff.entries(3)]
    assert acts == [("lan", "team_open"), ("lan", "team_close"), ("lan", "team_add")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " ", "commune": HERE}, "Viết tên tổ bằng chữ, tối đa 80 ký tự."),
        ({"name": "Tổ 0912345678", "commune": HERE}, "Tên tổ có số điện thoại hoặc số giấy tờ. Anh/chị bỏ số đó đi."),
        ({"name": NAME, "commune": "H99.05"}, "Anh/chị chọn xã, phường của tổ."),
    ],
)
async def test_what_is_wrong_is_told_above_the_form(
    office: Office, browser: Browser, fields: dict[str, str], sentence: str
) -> None:
    await enter(office, browser, Role.EDITOR)
    response = await browser.post(ADD, at=PAGE, **fields)
    assert (response.status, sentence in read(await response.text()).of("p")) == (422, True)
    assert await office.store.office.sharing.teams() == ()


async def test_a_viewer_reads_only(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    assert [(await browser.post(path, PAGE, name=NAME, commune=HERE)).status for path in (ADD, SWITCH)] == [403, 403]
    assert "Thêm một tổ" not in (await browser.get(PAGE)).of("h2")


@pytest.mark.parametrize("number", ["9", "x", "", "1" * 9])
async def test_a_team_that_there_is_not(office: Office, browser: Browser, number: str) -> None:
    await enter(office, browser, Role.EDITOR)
    assert (await browser.post(SWITCH, PAGE, number=number, to="close")).status == 404


async def test_numbers_stand_by_team_and_commune(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.EDITOR)
    await browser.post(ADD, PAGE, name=NAME, commune=HERE)
    await browser.post(ADD, PAGE, name="Tổ thôn 1", commune=HERE)
    await fill(office, Via(1, HERE), visit=7, conversation=2, portal=1, rating=6, helped_rating=4)
    await fill(office, Via(0, THERE), visit=1)
    page = await browser.get(PAGE)
    nobody, other, own = "Đường dẫn không của tổ nào", agency_name(office, THERE), agency_name(office, HERE)
    names = [name for name in page.of("th") if name in {NAME, "Tổ thôn 1", nobody, own, other}]
    assert names == [nobody, NAME, "Tổ thôn 1", other, own, NAME, "Tổ thôn 1"]
    assert page.of("td")[:28] == [
        *(other, "1", "0", "0", "–", "–"),
        *(own, "7", "2", "1", "6", "–"),
        *(own, "0", "0", "0", "–", "–"),
        *("1", "0", "0", "–", "–"),
        *("7", "2", "1", "6", "–"),
    ]
    assert page.of("td")[28:33] == ["8", "2", "1", "6", "–"]
    assert any(sentence.startswith("Bảng xếp theo tên, không xếp hạng") for sentence in page.of("p"))
    assert "Ô “–” là dưới 5 đánh giá" in " ".join(page.of("p"))


async def test_another_period_is_another_table(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.VIEWER)
    await fill(office, Via(0, HERE), visit=3)
    assert "3" in (await browser.get(PAGE)).of("td")
    earlier = await browser.get(f"{PAGE}?tu-ngay=2026-01-01&den-ngay=2026-01-31")
    assert "Chưa có tổ nào và chưa có lượt nào trong kỳ này." in earlier.of("p")


async def test_a_viewer_of_a_commune_sees_its_own(office: Office, browser: Browser) -> None:
    await fill(office, Via(0, HERE), visit=3)
    await fill(office, Via(0, THERE), visit=8)
    await enter(office, browser, Role.VIEWER, (HERE,))
    for query in ("", "?ky=2026"):
        cells = (await browser.get(f"{PAGE}{query}")).of("td")
        assert ("3" in cells, "8" in cells) == (True, False)
    assert ";8;" not in await browser.text(CSV)


async def test_the_table_as_a_file(office: Office, browser: Browser) -> None:
    await enter(office, browser, Role.EDITOR)
    await browser.post(ADD, PAGE, name=NAME, commune=HERE)
    await fill(office, Via(1, HERE), visit=7, rating=5, helped_rating=2)
    text = await browser.text(f"{CSV}?tu-ngay=2026-11-01&den-ngay=2026-11-30")
    assert text.removeprefix("\ufeff").splitlines() == [
        "Xã, phường;Tên tổ;Kỳ báo cáo;Lượt xem;Cuộc trò chuyện;Mở Cổng Dịch vụ công;Đánh giá;Đánh giá có người giúp",
        f"Bình Mẫu;{NAME};1/11/2026 – 30/11/2026;7;0;0;;",
    ]
    text = await browser.text(f"{CSV}?ky=2026")
    assert text.splitlines()[1] == f"Bình Mẫu;{NAME};Năm 2026 (1/1/2026 – 31/12/2026);7;0;0;5;"
    page = await browser.get(f"{PAGE}?tu-ngay=2026-11-01&den-ngay=2026-11-30")
    told = "Kỳ tự chọn ngày không ghi số đánh giá: hai kỳ chỉ lệch một ngày thì suy ra được đánh giá của ngày đó."
    assert told in page.of("p")
