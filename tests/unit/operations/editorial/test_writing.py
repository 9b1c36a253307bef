from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.editorial import Benefit, Hiding, Item, Notice, PartialReason, Pin, Scope
from bot.catalog.editorial_check import Fault, FaultKind
from bot.operations.editorial.writing import Written, read_item

DAY, LAST = date(2026, 11, 22), date(2026, 11, 30)
BIRTH = "1.900001"
FULL = Written(
    kind="",
    code=" 1900001 ",
    text="Một  câu\nngắn. ",
    phrase=" Giấy ra đời? ",
    source=" Nghị  quyết ",
    agency=" H99 ",
    scope="procedure",
    field=" ho-tich ",
    last="2026-11-30",
)


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("pin", Pin("Giấy ra đời", BIRTH)),
        ("hiding", Hiding(BIRTH, "Một câu ngắn.", DAY, "H99")),
        ("notice", Notice(Scope.PROCEDURE, BIRTH, "Một câu ngắn.", DAY, LAST)),
        ("benefit", Benefit(BIRTH, "Một câu ngắn.", "Nghị quyết", DAY, LAST)),
        ("partial_reason", PartialReason(BIRTH, "Một câu ngắn.", "Nghị quyết", "H99")),
    ],
)
def test_each_kind_takes_what_it_needs(kind: str, item: Item) -> None:
    assert read_item(replace(FULL, kind=kind), DAY) == item


@pytest.mark.parametrize(("scope", "target"), [("procedure", BIRTH), ("field", "ho-tich"), ("all", "")])
def test_what_a_notice_is_about(scope: str, target: str) -> None:
    found = read_item(replace(FULL, kind="notice", scope=scope), DAY)
    assert found == Notice(Scope(scope), target, "Một câu ngắn.", DAY, LAST)


def test_a_first_day_of_its_own() -> None:
    found = read_item(replace(FULL, kind="benefit", first="2026-11-25"), DAY)
    assert found == Benefit(BIRTH, "Một câu ngắn.", "Nghị quyết", date(2026, 11, 25), LAST)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (replace(FULL, kind="poem"), Fault(FaultKind.UNKNOWN_KIND, "poem")),
        (replace(FULL, kind="notice", scope=""), Fault(FaultKind.UNKNOWN_KIND, "")),
        (replace(FULL, kind="notice", last=""), Fault(FaultKind.NO_DAY)),
        (replace(FULL, kind="notice", last="30/11/2026"), Fault(FaultKind.NO_DAY)),
        (replace(FULL, kind="benefit", first="2026-13-01"), Fault(FaultKind.NO_DAY)),
        (replace(FULL, kind="benefit", first="20261101"), Fault(FaultKind.NO_DAY)),
    ],
)
def test_what_is_nothing_to_say(written: Written, fault: Fault) -> None:
    assert read_item(written, DAY) == fault


def test_what_is_no_code_stays_as_it_is_so_that_it_is_told() -> None:
    assert read_item(replace(FULL, kind="pin", code=" khai sinh "), DAY) == Pin("Giấy ra đời", "khai sinh")
