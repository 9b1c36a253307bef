"""The one way in which something is said: over a real store, on the second province."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.catalog.editorial import Hiding, Notice, Pin, Scope
from bot.catalog.editorial_check import Fault, FaultKind
from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.dialogue.commands import Commands
from bot.dialogue.personal_data import masker_of
from bot.operations.aliases import Answer
from bot.operations.editorial.desk import EditorialDesk, Listed, Seen, State
from bot.operations.editorial.serving import pinned
from bot.operations.editorial.writing import Written
from bot.operations.show import card_of
from bot.search.engine import SearchEngine
from bot.store.editorial import KeptItem
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from bot.texts import LANGUAGES, load_texts
from tests.unit.shipped import shipped_engine, shipped_guide
from tests.unit.store.samples import NOW

SECOND = load_catalogue(Path(__file__).resolve().parents[3] / "fixtures" / "second_province")
GUIDE, ENGINE = Guide.of(SECOND), SearchEngine(SECOND)
TEXTS = [load_texts(language) for language in LANGUAGES]
DAY = date(2026, 11, 22)
BIRTH, LAND, OLD = "1.900001", "1.900003", "1.900004"
ACT = Act(NOW, "chi.lan", "editorial_add", "nhiều người hỏi")
AWAY = Act(NOW, "chi.lan", "editorial_remove", "đã xong")
PIN = Written("pin", LAND, phrase="trái cây đầu mùa")
HIDE = Written("hiding", BIRTH, "Danh mục mới ghi khác.")
NOTICE = Written("notice", BIRTH, "Cổng tạm nghỉ tối nay.", scope="procedure", last="2026-11-30")
TOLD = "Thông báo đến hết ngày 30/11/2026: Cổng tạm nghỉ tối nay."


@pytest.fixture
def desk(store: SqliteStore) -> EditorialDesk:
    book = store.office.editorial
    return EditorialDesk(book, GUIDE, ENGINE, masker_of(TEXTS), Commands(TEXTS), TEXTS[0])


def card_lines(code: str) -> list[str]:
    card = card_of(GUIDE, TEXTS[0], code, may_ask=False, today=DAY)
    assert card is not None
    return card.text.split("\n")


async def test_a_preview_shows_the_card_and_keeps_nothing(desk: EditorialDesk) -> None:
    name, apart, *rest = card_lines(BIRTH)
    item = Notice(Scope.PROCEDURE, BIRTH, NOTICE.text, DAY, date(2026, 11, 30))
    assert await desk.preview(NOTICE, DAY) == Seen(item, None, (name, apart, TOLD, *rest))
    assert await desk.listed(DAY) == ()


async def test_what_is_said_later_is_shown_as_on_its_first_day(desk: EditorialDesk) -> None:
    seen = await desk.preview(replace(NOTICE, first="2026-11-28"), DAY)
    assert seen.shown[2] == TOLD


async def test_a_notice_for_all_stands_for_itself(desk: EditorialDesk) -> None:
    assert (await desk.preview(replace(NOTICE, scope="all", code=""), DAY)).shown == (TOLD,)


async def test_a_notice_of_a_field_is_shown_on_a_card_of_it(desk: EditorialDesk) -> None:
    seen = await desk.preview(replace(NOTICE, scope="field", code="", field="dat-dai"), DAY)
    assert seen.shown[:2] == (card_lines(LAND)[0], TOLD)


async def test_a_hidden_service_as_it_will_be_read(desk: EditorialDesk) -> None:
    seen = await desk.preview(HIDE, DAY)
    assert (seen.item, seen.fault) == (Hiding(BIRTH, HIDE.text, DAY), None)
    assert seen.shown[1:3] == (
        "Thông tin về thủ tục này đang được kiểm tra lại, từ ngày 22/11/2026.",
        "Lý do: Danh mục mới ghi khác.",
    )
    at_one = await desk.preview(replace(HIDE, agency="H99.101"), DAY)
    assert at_one.shown[1] == (
        "Thông tin về thủ tục này tại Ủy ban nhân dân xã An Mẫu đang được kiểm tra lại, từ ngày 22/11/2026."
    )


async def test_a_pin_tells_what_was_answered_until_now(desk: EditorialDesk) -> None:
    seen = await desk.preview(replace(PIN, phrase="đăng ký khai sinh"), DAY)
    assert (seen.before, seen.after) == (Answer("answered", (BIRTH,)), Answer("answered", (LAND, BIRTH)))
    assert (await desk.preview(PIN, DAY)).before == Answer("not_found", ())


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (replace(PIN, phrase="cháy nhà"), FaultKind.DANGER),
        (replace(PIN, phrase="quay lại"), FaultKind.COMMAND),
        (replace(PIN, phrase="/batdau"), FaultKind.COMMAND),
        (replace(PIN, phrase="giấy của 0912345678"), FaultKind.PRIVATE),
        (replace(PIN, code=OLD), FaultKind.REPLACED_CODE),
        (replace(NOTICE, text="Gọi 0912 345 678."), FaultKind.PRIVATE),
        (replace(HIDE, text="Hỏi anh có số 0912345678."), FaultKind.PRIVATE),
        (replace(HIDE, code="9.999999"), FaultKind.UNKNOWN_CODE),
        (Written("benefit", BIRTH, "Giảm một nửa.", source="số 0912345678", last="2026-11-30"), FaultKind.PRIVATE),
        (replace(NOTICE, last=""), FaultKind.NO_DAY),
        (replace(PIN, phrase="thông tin cũ rồi"), FaultKind.UNDERSTOOD),
        (replace(NOTICE, text="Gọi 0239 385 5588 1."), FaultKind.PRIVATE),
        (replace(PIN, phrase="số 0239 3855 588"), FaultKind.PRIVATE),
        (replace(PIN, phrase="số 12 đường Nguyễn Du"), FaultKind.PRIVATE),
    ],
)
async def test_what_is_refused_leaves_nothing(
    desk: EditorialDesk, store: SqliteStore, written: Written, kind: FaultKind
) -> None:
    seen = await desk.add(written, ACT, DAY)
    assert (seen.fault and seen.fault.kind, seen.number) == (kind, None)
    assert (await desk.listed(DAY), await store.office.staff.entries(9)) == ((), ())


@pytest.mark.parametrize("phrase", ["không", "đúng rồi", "tôi ở xã Cẩm Xuyên", "sở xây dựng"])
async def test_what_is_understood_already_is_no_phrase(desk: EditorialDesk, phrase: str) -> None:
    shipped = replace(desk, guide=shipped_guide(), engine=shipped_engine())
    seen = await shipped.preview(Written("pin", "1.001193", phrase=phrase), DAY)
    assert seen.fault == Fault(FaultKind.UNDERSTOOD)
    assert (await shipped.preview(Written("pin", "1.001193", phrase="cái giấy ra đời"), DAY)).fault is None


async def test_a_landline_and_the_address_of_an_office_may_be_told(desk: EditorialDesk) -> None:
    told = replace(NOTICE, text="Đến số 12 đường Trần Phú, gọi (0239) 3855.588.")
    assert (await desk.preview(told, DAY)).shown[2] == (
        "Thông báo đến hết ngày 30/11/2026: Đến số 12 đường Trần Phú, gọi (0239) 3855.588."
    )


async def test_what_is_said_is_listed_and_taken_back(desk: EditorialDesk, store: SqliteStore) -> None:
    numbers = [(await desk.add(written, ACT, DAY)).number for written in (PIN, HIDE, NOTICE)]
    assert numbers == [1, 2, 3]
    assert (await desk.add(PIN, ACT, DAY)).fault == Fault(FaultKind.TAKEN, LAND)
    assert [one.kept.number for one in await desk.listed(DAY)] == [3, 2, 1]
    assert await desk.remove(2, replace(AWAY, reason=" ")) == Fault(FaultKind.NO_REASON)
    kept = KeptItem(2, Hiding(BIRTH, HIDE.text, DAY), "chi.lan", NOW, ACT.reason)
    assert await desk.remove(2, AWAY) == kept
    assert await desk.remove(2, AWAY) is None
    assert [entry.act for entry in await store.office.staff.entries(9)] == [AWAY, ACT, ACT, ACT]


async def test_what_holds_what_will_and_what_is_over(desk: EditorialDesk) -> None:
    for first in ("2026-11-22", "2026-11-25"):
        await desk.add(replace(NOTICE, first=first), ACT, DAY)
    states = {
        day: [one.state for one in await desk.listed(day)] for day in (DAY, date(2026, 11, 25), date(2026, 12, 1))
    }
    assert states == {
        DAY: [State.AHEAD, State.NOW],
        date(2026, 11, 25): [State.NOW, State.NOW],
        date(2026, 12, 1): [State.OVER, State.OVER],
    }


async def test_what_a_new_catalogue_has_outgrown_is_told(desk: EditorialDesk) -> None:
    await desk.add(PIN, ACT, DAY)
    procedures = {code: one for code, one in SECOND.procedures.items() if code != LAND}
    later = replace(desk, guide=replace(GUIDE, catalogue=replace(SECOND, procedures=procedures)))
    kept = KeptItem(1, Pin(PIN.phrase, LAND), "chi.lan", NOW, ACT.reason)
    assert await later.listed(DAY) == (Listed(kept, State.LEFT_OUT, Fault(FaultKind.UNKNOWN_CODE, LAND)),)


async def test_pins_of_others_do_not_hide_that_a_phrase_is_free(desk: EditorialDesk) -> None:
    await desk.add(PIN, ACT, DAY)
    busy = replace(desk, engine=pinned(ENGINE, SECOND))
    assert (await busy.preview(replace(PIN, phrase="khai sinh"), DAY)).fault is None
