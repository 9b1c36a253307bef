from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.editorial import (
    MOST_NOTICES,
    NO_EDITORIAL,
    Benefit,
    Editorial,
    Hiding,
    Item,
    ItemKind,
    Notice,
    PartialReason,
    Pin,
    Scope,
    benefit_of,
    hiding_of,
    hidings_at,
    is_ahead,
    is_over,
    kind_of,
    notices_for,
    partial_reason,
    with_item,
)

DAY = date(2026, 11, 22)
ONE = timedelta(days=1)
BIRTH, LAND = "1.000001", "1.000003"
days = st.dates(DAY - 5 * ONE, DAY + 5 * ONE)
notices = st.builds(
    Notice,
    st.sampled_from(Scope),
    st.sampled_from(("", BIRTH, LAND, "ho-tich")),
    st.sampled_from("ab"),
    days,
    days,
)


def benefit(text: str, first: int = 0, last: int = 9, code: str = BIRTH) -> Benefit:
    return Benefit(code, text, "Nghị quyết", DAY + first * ONE, DAY + last * ONE)


def notice(text: str, scope: Scope = Scope.ALL, target: str = "", first: int = 0, last: int = 9) -> Notice:
    return Notice(scope, target, text, DAY + first * ONE, DAY + last * ONE)


@given(st.lists(notices, max_size=8), days, st.sampled_from(("", BIRTH, LAND)), st.sampled_from(("", "ho-tich")))
def test_notices_are_the_newest_of_those_that_hold(said: list[Notice], day: date, code: str, field: str) -> None:
    shown = notices_for(Editorial(notices=tuple(said)), day, code, field)
    about = {(Scope.PROCEDURE, code), (Scope.FIELD, field), (Scope.ALL, "")} - {
        (Scope.PROCEDURE, ""),
        (Scope.FIELD, ""),
    }
    holding = [
        (one.first, place)
        for place, one in enumerate(said)
        if (one.scope, one.target) in about and one.first <= day <= one.last
    ]
    newest = sorted(holding, reverse=True)[:MOST_NOTICES]
    assert shown == tuple(said[place] for _, place in newest)


def test_notices_of_all_of_the_field_and_of_the_procedure() -> None:
    of_all, of_field, of_one = (
        notice("tất cả", first=-2),
        notice("lĩnh vực", Scope.FIELD, "ho-tich", first=-1),
        notice("thủ tục", Scope.PROCEDURE, BIRTH, first=-3),
    )
    said = Editorial(notices=(of_all, of_field, of_one))
    assert notices_for(said, DAY) == (of_all,)
    assert notices_for(said, DAY, BIRTH, "ho-tich") == (of_field, of_all)
    assert notices_for(said, DAY, LAND, "dat-dai") == (of_all,)
    assert notices_for(said, DAY - 3 * ONE, BIRTH, "ho-tich") == (of_one,)


def test_the_first_and_the_last_day_are_included() -> None:
    one = notice("a", first=0, last=1)
    said = Editorial(notices=(one,), benefits=(benefit("a", 0, 1),))
    on = [DAY + at * ONE for at in (-1, 0, 1, 2)]
    assert [bool(notices_for(said, day)) for day in on] == [False, True, True, False]
    assert [benefit_of(said, BIRTH, day) is not None for day in on] == [False, True, True, False]
    assert [(is_ahead(one, day), is_over(one, day)) for day in on] == [
        (True, False),
        (False, False),
        (False, False),
        (False, True),
    ]


def test_what_has_no_days_is_neither_ahead_nor_over() -> None:
    assert (is_ahead(Pin("a", BIRTH), date.min), is_over(Pin("a", BIRTH), date.max)) == (False, False)


def test_what_hides_a_procedure_everywhere_comes_first() -> None:
    at_one, at_all = Hiding(BIRTH, "ở đây", DAY, "H99.100"), Hiding(BIRTH, "khắp nơi", DAY)
    some, every = Editorial(hidings=(at_one,)), Editorial(hidings=(at_one, at_all))
    assert [hiding_of(some, BIRTH, agency) for agency in ("", "H99.100", "H99.101")] == [None, at_one, None]
    assert [hiding_of(every, BIRTH, agency) for agency in ("", "H99.100", "H99.101")] == [at_all] * 3
    assert (hidings_at(some, BIRTH), hidings_at(every, BIRTH), hidings_at(some, LAND)) == ((at_one,), (), ())
    assert hiding_of(every, LAND) is None


def test_the_benefit_that_begins_last_is_told() -> None:
    older, newer, later = benefit("cũ", -5), benefit("mới", -1), benefit("sau", 3)
    other = benefit("khác", code=LAND)
    said = Editorial(benefits=(newer, older, later, other))
    assert benefit_of(said, BIRTH, DAY) == newer
    assert benefit_of(said, BIRTH, DAY + 3 * ONE) == later
    again = benefit("lại", -1)
    assert benefit_of(Editorial(benefits=(newer, again)), BIRTH, DAY) == again


@pytest.mark.parametrize(
    ("agencies", "text"),
    [
        (("H99.100",), "riêng"),
        (("H99.101",), "chung"),
        (("H99.100", "H99.101"), "chung"),
        ((), "chung"),
    ],
)
def test_the_reason_of_one_body_is_not_told_of_others(agencies: tuple[str, ...], text: str) -> None:
    own, of_all = PartialReason(BIRTH, "riêng", "s", "H99.100"), PartialReason(BIRTH, "chung", "s")
    found = partial_reason(Editorial(partial_reasons=(own, of_all)), BIRTH, agencies)
    assert (found and found.text) == text


def test_without_a_reason_for_all_only_its_own_body_has_one() -> None:
    own = PartialReason(BIRTH, "riêng", "s", "H99.100")
    said = Editorial(partial_reasons=(own,))
    assert [partial_reason(said, BIRTH, (a,)) for a in ("H99.100", "H99.101")] == [own, None]
    assert partial_reason(said, BIRTH, ("H99.100", "H99.101")) is None


def test_each_kind_has_its_own_place() -> None:
    items: dict[ItemKind, Item] = {
        ItemKind.PIN: Pin("a", BIRTH),
        ItemKind.HIDING: Hiding(BIRTH, "a", DAY),
        ItemKind.NOTICE: notice("a"),
        ItemKind.BENEFIT: benefit("a"),
        ItemKind.PARTIAL_REASON: PartialReason(BIRTH, "a", "s"),
    }
    said = NO_EDITORIAL
    for item in items.values():
        said = with_item(said, item)
    assert said == Editorial(*((item,) for item in items.values()))  # type: ignore[arg-type]
    assert {kind: kind_of(item) for kind, item in items.items()} == {kind: kind for kind in ItemKind}
