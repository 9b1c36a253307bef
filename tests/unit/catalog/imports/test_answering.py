"""Answers come from forms and terminals: only those that make sense are kept."""

from __future__ import annotations

import pytest

from bot.catalog.imports.answering import as_typed, makes_sense, rejected
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind, ListTier
from bot.catalog.model import Catalogue, OnlineLevel
from tests.unit.catalog.imports.made_lists import find, list_of, reading, row, use

KEEP, LEAVE_OUT, ASK, GONE = (Answer(one) for one in (Action.KEEP, Action.LEAVE_OUT, Action.ASK, Action.REMOVE))
ROWS = (
    row("", "Cấp thẻ", written="1014217"),
    row("5.000001", "Việc nội bộ"),
    row("1.900001", "Khai sinh", "Kho bạc", level=OnlineLevel.PARTIAL, field="Chăn nuôi"),
    row("1.900001", "Khai sanh", "H99.100", level=None, level_written="Mức độ 3"),
    row("1.900002", "Cấp bản sao trích lục hộ tịch", "H99", level=None, level_written="Có"),
    row("1.900009", "Cấp lại thẻ", "H99"),
    row("1.900004", "Đăng ký tạm trú", list_tier=ListTier.DISTRICT),
)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FindingKind.AGENCY_UNKNOWN, "H99.100 H99.101", "H99.100-H99.101"),
        (FindingKind.AGENCY_UNKNOWN, "sở nông nghiệp và môi trường; H99.100;", "H99.05 H99.100"),
        (FindingKind.AGENCY_UNKNOWN, "H99.05; Sở Lạ", "H99.05; Sở Lạ"),
        (FindingKind.AGENCY_UNKNOWN, "", ""),
        (FindingKind.FIELD_UNKNOWN, "Hộ tịch", "ho-tich"),
        (FindingKind.FIELD_UNKNOWN, "ho-tich", "ho-tich"),
        (FindingKind.FIELD_UNKNOWN, "Lạ", "Lạ"),
        (FindingKind.RENAMED, "  Khai   sinh ", "Khai sinh"),
    ],
)
def test_names_are_typed_for_codes(second: Catalogue, kind: FindingKind, typed: str, value: str) -> None:
    assert as_typed(second, findings(second)[kind], typed) == value


def findings(catalogue: Catalogue) -> dict[FindingKind, Finding]:
    """One of each kind, the last one found."""
    return {finding.kind: finding for finding in find(catalogue, reading(*ROWS), whole=True)}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (FindingKind.CODE_FORM, [use("1.014217"), use("1.900003"), LEAVE_OUT], [use("5.000001"), use("x"), KEEP, GONE]),
        (FindingKind.INTERNAL_CODE, [LEAVE_OUT], [use("5.000001"), KEEP]),
        (
            FindingKind.TWO_NAMES,
            [use("Khai sinh"), use("Tên khác"), LEAVE_OUT],
            [use(""), use(" a"), use("a\u200b"), KEEP],
        ),
        (FindingKind.RENAMED, [use("Khai sinh"), use("Tên khác"), KEEP], [use("x" * 3000), LEAVE_OUT, GONE]),
        (FindingKind.OLD_LEVEL, [use("full"), use("partial"), KEEP, LEAVE_OUT], [use("information"), use("3"), GONE]),
        (FindingKind.LEVEL_UNKNOWN, [use("information"), KEEP], [use("unknown"), use("")]),
        (
            FindingKind.AGENCY_UNKNOWN,
            [use("H99.05"), use("H99 H99.100-H99.101"), LEAVE_OUT],
            [use("H98"), use(""), KEEP],
        ),
        (FindingKind.FIELD_UNKNOWN, [use("ho-tich")], [use("Chăn nuôi"), use("x"), KEEP, LEAVE_OUT]),
        (FindingKind.DISTRICT, [use("T"), use("X"), LEAVE_OUT], [use("K"), use(""), KEEP]),
        (
            FindingKind.REMOVED,
            [GONE, Answer(Action.REMOVE, "1.900005"), Answer(Action.REMOVE, "1.900009"), KEEP],
            [Answer(Action.REMOVE, "1.900003"), Answer(Action.REMOVE, "1.999999"), use("1.900005"), LEAVE_OUT],
        ),
    ],
)
def test_what_makes_sense(second: Catalogue, kind: FindingKind, good: list[Answer], bad: list[Answer]) -> None:
    finding = findings(second)[kind]
    codes = {"1.900009"}
    assert [makes_sense(second, codes, finding, answer) for answer in (*good, ASK)] == [True] * (len(good) + 1)
    assert [makes_sense(second, codes, finding, answer) for answer in bad] == [False] * len(bad)


def test_a_field_that_was_named_may_be_new_or_stay(second: Catalogue) -> None:
    named = next(one for one in find(second, reading(*ROWS), whole=True) if one.written == "Chăn nuôi")
    assert [makes_sense(second, (), named, answer) for answer in (use("Chăn nuôi"), KEEP, use("Khác"))] == [
        *(True, True, False)
    ]


def test_whatever_is_proposed_or_offered_makes_sense_and_so_does_the_other_way(second: Catalogue) -> None:
    odd = (*ROWS, *(one for one in list_of(second) if one.code == "1.900001"))
    for finding in find(second, reading(*odd), whole=True):
        is_field_of_new = finding.kind is FindingKind.FIELD_UNKNOWN and not finding.written
        others = () if is_field_of_new else (rejected(finding),)
        for answer in (finding.proposal, *finding.choices, *others):
            assert makes_sense(second, (), finding, answer), (finding, answer)
