from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.catalog.editorial import (
    MAX_TEXT_CHARS,
    NO_EDITORIAL,
    Benefit,
    Editorial,
    Hiding,
    Item,
    Notice,
    PartialReason,
    Pin,
    Scope,
    with_item,
)
from bot.catalog.editorial_check import MAX_SOURCE_CHARS, MOST_DAYS, Fault, FaultKind, LeftOut, fault_of, with_editorial
from bot.catalog.taught import MAX_PHRASE_CHARS
from bot.texts.plain import FlawKind
from tests.unit.handlers.example import catalogue
from tests.unit.handlers.removed_data import without

DATA = catalogue()
DAY = date(2026, 11, 22)
ONE = timedelta(days=1)
BIRTH, LAND, OLD, POLICE = "1.000001", "1.000003", "1.000005", "1.000004"
PIN = Pin("cái giấy ra đời", BIRTH)
HIDING = Hiding(BIRTH, "Danh mục mới ghi khác.", DAY)
NOTICE = Notice(Scope.PROCEDURE, BIRTH, "Cổng tạm nghỉ tối nay.", DAY, DAY + 8 * ONE)
BENEFIT = Benefit(BIRTH, "Nộp trên mạng được giảm một nửa lệ phí.", "Nghị quyết 12/2025/NQ-HĐND", DAY, DAY + 9 * ONE)
REASON = PartialReason(LAND, "Phải đo đất tại chỗ.", "Quyết định 34/QĐ-UBND")
ALL = (PIN, HIDING, NOTICE, BENEFIT, REASON)


def fault(item: Item, said: Editorial = NO_EDITORIAL) -> Fault | None:
    return fault_of(DATA, said, item, DAY)


@pytest.mark.parametrize(
    "item",
    [
        *ALL,
        replace(NOTICE, scope=Scope.FIELD, target="dat-dai"),
        replace(NOTICE, scope=Scope.ALL, target=""),
        replace(HIDING, agency="H99.100"),
        replace(REASON, agency="H99.102"),
        replace(NOTICE, text="Xem https://portal.test/bao-tri, hoặc id.test."),
        replace(NOTICE, last=DAY),
        replace(BENEFIT, last=DAY + (MOST_DAYS - 1) * ONE),
        replace(BENEFIT, source="Điều 3 của văn bản quy định tại kỳ họp thứ 12, do Hội đồng nhân dân ban hành"),
    ],
)
def test_what_may_be_said(item: Item) -> None:
    assert fault(item) is None


def test_of_what_left_the_list_only_a_notice_is_told() -> None:
    gone = without("1.000006")
    items = (
        *(Pin("cưới hỏi", "1.000006"), replace(HIDING, code="1.000006"), replace(BENEFIT, code="1.000006")),
        *(replace(REASON, code="1.000006"), replace(NOTICE, target="1.000006")),
    )
    fault = Fault(FaultKind.REMOVED_CODE, "1.000006")
    assert [fault_of(gone, NO_EDITORIAL, item, DAY) for item in items] == [fault] * 4 + [None]
    kept, left_out = with_editorial(gone, items)
    assert kept.editorial == Editorial(notices=(replace(NOTICE, target="1.000006"),))
    assert [out.fault for out in left_out] == [fault] * 4


@pytest.mark.parametrize("item", ALL)
def test_what_is_said_already_is_not_said_again(item: Item) -> None:
    assert (fault(item, with_item(NO_EDITORIAL, item)) or Fault(FaultKind.EMPTY)).kind is FaultKind.TAKEN


@pytest.mark.parametrize(
    ("item", "kind", "detail"),
    [
        (replace(PIN, code="9.999999"), FaultKind.UNKNOWN_CODE, "9.999999"),
        (replace(PIN, code=""), FaultKind.UNKNOWN_CODE, ""),
        (replace(HIDING, code=OLD), FaultKind.REPLACED_CODE, BIRTH),
        (replace(NOTICE, target="ho-tich"), FaultKind.UNKNOWN_CODE, "ho-tich"),
        (replace(NOTICE, scope=Scope.FIELD), FaultKind.UNKNOWN_FIELD, BIRTH),
        (replace(NOTICE, scope=Scope.ALL), FaultKind.UNKNOWN_FIELD, BIRTH),
        (replace(HIDING, agency="H99.05"), FaultKind.UNKNOWN_AGENCY, "H99.05"),
        (replace(HIDING, agency="Q1"), FaultKind.UNKNOWN_AGENCY, "Q1"),
        (replace(REASON, agency="H99.100"), FaultKind.NOT_PARTIAL, ""),
        (replace(REASON, code=BIRTH), FaultKind.NOT_PARTIAL, ""),
        (replace(REASON, code=POLICE), FaultKind.NOT_PARTIAL, ""),
        (replace(NOTICE, first=DAY + 9 * ONE), FaultKind.DATES, ""),
        (replace(NOTICE, last=DAY + MOST_DAYS * ONE), FaultKind.TOO_LONG_SPAN, ""),
        (replace(NOTICE, first=DAY - 9 * ONE, last=DAY - ONE), FaultKind.OVER, ""),
        (replace(BENEFIT, first=DAY + 10 * ONE), FaultKind.DATES, ""),
        (replace(NOTICE, text=""), FaultKind.EMPTY, ""),
        (replace(NOTICE, text="12 / 3"), FaultKind.EMPTY, ""),
        (replace(HIDING, reason="a" * (MAX_TEXT_CHARS + 1)), FaultKind.TOO_LONG, str(MAX_TEXT_CHARS)),
        (replace(NOTICE, text="hai\ndòng"), FaultKind.CHARACTERS, ""),
        (replace(NOTICE, text="vô\u200bhình"), FaultKind.CHARACTERS, ""),
        (replace(NOTICE, text="Xem https://portal.test.evil.example/x nhé."), FaultKind.LINK, None),
        (replace(NOTICE, text="Xem http://portal.test."), FaultKind.LINK, "http://portal.test"),
        (replace(NOTICE, text="Xem https://portal.test@evil.example."), FaultKind.LINK, None),
        (replace(NOTICE, text="Xem Bit.ly/abc nhé."), FaultKind.LINK, "Bit.ly"),
        (replace(NOTICE, text=" ".join(["từ"] * 26)), FaultKind.LONG, "26"),
        (replace(NOTICE, text="Bị tạm ngừng thực hiện việc nộp."), FaultKind.OFFICIALESE, "thực hiện việc"),
        (replace(NOTICE, text="Gửi lên UBND."), FaultKind.ABBREVIATION, "UBND"),
        (replace(NOTICE, text="Được không? Thật không?"), FaultKind.QUESTIONS, ""),
        (replace(HIDING, reason="Gửi lên UBND."), FaultKind.ABBREVIATION, "UBND"),
        (replace(BENEFIT, source=""), FaultKind.NO_SOURCE, ""),
        (replace(REASON, source=" 12 "), FaultKind.NO_SOURCE, ""),
        (replace(BENEFIT, source="a" * (MAX_SOURCE_CHARS + 1)), FaultKind.TOO_LONG, str(MAX_SOURCE_CHARS)),
        (replace(REASON, source="evil.example"), FaultKind.LINK, "evil.example"),
        (replace(PIN, phrase=""), FaultKind.EMPTY, ""),
        (replace(PIN, phrase="12"), FaultKind.EMPTY, ""),
        (replace(PIN, phrase="a" * (MAX_PHRASE_CHARS + 1)), FaultKind.TOO_LONG, str(MAX_PHRASE_CHARS)),
        (replace(PIN, phrase="hai  khoảng"), FaultKind.CHARACTERS, ""),
        (replace(PIN, phrase="giấy 1.000003"), FaultKind.CODE, ""),
    ],
)
def test_what_may_not_be_said(item: Item, kind: FaultKind, detail: str | None) -> None:
    found = fault(item)
    assert found is not None
    assert (found.kind, found.detail if detail is not None else None) == (kind, detail)


@pytest.mark.parametrize(
    ("phrase", "is_taken"),
    [("CÁI giấy ra đời", True), ("cai giay ra doi", True), ("cái giày ra đời", False)],
)
def test_a_phrase_that_reads_like_a_pinned_one_is_taken(phrase: str, is_taken: bool) -> None:
    found = fault(Pin(phrase, LAND), Editorial(pins=(PIN,)))
    assert found == (Fault(FaultKind.TAKEN, BIRTH) if is_taken else None)


def test_what_is_hidden_everywhere_is_hidden_at_each_body() -> None:
    at_one = replace(HIDING, agency="H99.100")
    assert fault(at_one, Editorial(hidings=(HIDING,))) == Fault(FaultKind.TAKEN)
    assert fault(HIDING, Editorial(hidings=(at_one,))) is None


def test_every_flaw_of_wording_is_a_fault() -> None:
    assert {flaw.value for flaw in FlawKind} <= {kind.value for kind in FaultKind}


def test_the_catalogue_with_what_fits_it() -> None:
    gone, twice = replace(NOTICE, target="9.999999"), replace(PIN, phrase="cai giay ra doi")
    told, left_out = with_editorial(DATA, (gone, *ALL, twice))
    assert told == replace(DATA, editorial=Editorial((PIN,), (HIDING,), (NOTICE,), (BENEFIT,), (REASON,)))
    assert left_out == (
        LeftOut(0, gone, Fault(FaultKind.UNKNOWN_CODE, "9.999999")),
        LeftOut(6, twice, Fault(FaultKind.TAKEN, BIRTH)),
    )
    assert (told.lexicon is DATA.lexicon, told.procedures is DATA.procedures) == (True, True)


def test_what_a_new_catalogue_has_outgrown_is_left_out() -> None:
    replaced = {**DATA.procedures, BIRTH: replace(DATA.procedures[BIRTH], superseded_by="1.000006")}
    full = {**DATA.services, LAND: DATA.services[LAND][:1]}
    told, left_out = with_editorial(replace(DATA, procedures=replaced, services=full), ALL)
    assert told.editorial == NO_EDITORIAL
    assert [(out.place, out.fault.kind) for out in left_out] == [
        *((place, FaultKind.REPLACED_CODE) for place in range(4)),
        (4, FaultKind.NOT_PARTIAL),
    ]


def test_what_is_said_once_is_not_left_out_because_its_day_is_gone() -> None:
    past = replace(NOTICE, first=date(2020, 1, 1), last=date(2020, 1, 2))
    assert with_editorial(DATA, (past,))[1] == ()
