"""Which procedures are to be looked at again, why, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.browse import by_need
from bot.catalog.editorial import Benefit, Editorial, Hiding, Notice, Scope
from bot.catalog.model import Catalogue, Removal
from bot.operations.freshness.review import Found, Limits, ReviewRow, Why, narrowed, review
from bot.store.freshness import Demand, LinkAnswer, LinkCheck, LinkOutcome
from tests.unit.handlers.example import catalogue

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NOTHING = Demand(None, {})
BIRTH, PAGE = "1.000001", "https://portal.test/p/aaaa"
IN_FORCE = [f"1.00000{n}" for n in (1, 2, 3, 4, 6, 7, 8, 9)]


def check(outcome: LinkOutcome, days: int = 0) -> dict[str, LinkCheck]:
    at = NOW - days * DAY
    return {PAGE: LinkCheck(PAGE, at, outcome, "", LinkAnswer(at, outcome, 200))}


FINE = check(LinkOutcome.FINE)


def reasons(
    code: str = BIRTH,
    *,
    data: Catalogue | None = None,
    demand: Demand = NOTHING,
    checks: dict[str, LinkCheck] | None = None,
    today: date = TODAY,
    limits: Limits | None = None,
) -> tuple[Found, ...]:
    rows = review(data or catalogue(), demand, FINE if checks is None else checks, today, limits or Limits())
    return next((row.reasons for row in rows if row.code == code), ())


def test_what_is_well_kept_is_not_on_the_list() -> None:
    assert reasons() == ()


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ({}, [Found(Why.LINK_UNCHECKED)]),
        (check(LinkOutcome.FINE, 90), []),
        (check(LinkOutcome.FINE, 91), [Found(Why.LINK_UNCHECKED, TODAY - 91 * DAY)]),
        (check(LinkOutcome.GONE, 2), [Found(Why.LINK_GONE, TODAY - 2 * DAY)]),
        (check(LinkOutcome.MOVED), [Found(Why.LINK_MOVED, TODAY)]),
        (check(LinkOutcome.ODD), []),
        (
            check(LinkOutcome.GONE, 100),
            [Found(Why.LINK_GONE, TODAY - 100 * DAY), Found(Why.LINK_UNCHECKED, TODAY - 100 * DAY)],
        ),
        ({PAGE: LinkCheck(PAGE, NOW, LinkOutcome.COULD_NOT_CHECK, "dns")}, [Found(Why.LINK_UNCHECKED)]),
    ],
)
def test_its_page(checks: dict[str, LinkCheck], expected: list[Found]) -> None:
    assert reasons(checks=checks) == tuple(expected)


def test_a_check_without_an_answer_leaves_the_one_before() -> None:
    silent = replace(check(LinkOutcome.GONE, 3)[PAGE], tried_at=NOW, outcome=LinkOutcome.COULD_NOT_CHECK, why="dns")
    assert reasons(checks={PAGE: silent}) == (Found(Why.LINK_GONE, TODAY - 3 * DAY),)


def test_old_data() -> None:
    day = date(2026, 10, 3)
    later = {PAGE: check(LinkOutcome.FINE, -400)[PAGE]}
    assert reasons(today=day + 365 * DAY, checks=later) == ()
    assert reasons(today=day + 366 * DAY, checks=later) == (Found(Why.OLD_DATA, day),)
    assert reasons(limits=Limits(old_days=30)) == (Found(Why.OLD_DATA, day),)
    assert reasons("1.000004", limits=Limits(old_days=100)) == (
        Found(Why.OLD_DATA, date(2026, 6, 10)),
        Found(Why.NO_LEVEL),
    )


def test_what_the_data_do_not_say() -> None:
    assert [reasons(code) for code in ("1.000002", "1.000007")] == [
        (Found(Why.MAYBE_SUPERSEDED),),
        (Found(Why.NO_LEVEL),),
    ]


def said(**parts: object) -> Catalogue:
    return replace(catalogue(), editorial=replace(Editorial(), **parts))  # type: ignore[arg-type]


def test_what_editors_said() -> None:
    assert reasons(data=said(hidings=(Hiding(BIRTH, "đang xem lại", TODAY - DAY),))) == (
        Found(Why.HIDDEN, TODAY - DAY),
    )

    def notice(last: date, scope: Scope = Scope.PROCEDURE, target: str = BIRTH) -> Notice:
        return Notice(scope, target, "Nghỉ lễ.", TODAY - DAY, last)

    ends = [reasons(data=said(notices=(notice(TODAY + days * DAY),))) for days in (-1, 0, 30, 31)]
    assert ends == [(), (Found(Why.ENDS, TODAY),), (Found(Why.ENDS, TODAY + 30 * DAY),), ()]
    elsewhere = (notice(TODAY, Scope.ALL, ""), notice(TODAY, Scope.FIELD, "ho-tich"), notice(TODAY, target="1.000006"))
    assert reasons(data=said(notices=elsewhere)) == ()
    both = said(
        notices=(notice(TODAY + 9 * DAY),),
        benefits=(Benefit(BIRTH, "Miễn lệ phí.", "NQ 1", TODAY - DAY, TODAY + 3 * DAY),),
    )
    assert reasons(data=both) == (Found(Why.ENDS, TODAY + 3 * DAY),)


def test_what_nobody_asked_for_is_told_only_where_it_is_counted() -> None:
    since = date(2026, 11, 15)
    counted = Demand(since, {"1.000003": 3})
    assert reasons(demand=Demand(since, {})) == (Found(Why.NO_CONVERSATION),)
    assert (reasons(demand=NOTHING), reasons(demand=Demand(since, {BIRTH: 1}))) == ((), ())
    assert Found(Why.NO_CONVERSATION) not in reasons("1.000003", demand=counted)


def test_only_the_most_used_need_names_by_hand() -> None:
    asked = Demand(date(2026, 1, 1), {"1.000006": 2, "1.000007": 5})
    lacking = (Found(Why.NO_LABEL), Found(Why.NO_ENGLISH))
    limits = [Limits(most_used=most) for most in (0, 1, 2)]
    assert [reasons("1.000006", demand=asked, limits=each) for each in limits] == [(), (), lacking]
    bare = catalogue()
    plain = replace(bare.procedures[BIRTH], label=None, english=None)
    assert reasons(data=replace(bare, procedures={**bare.procedures, BIRTH: plain})) == lacking


def test_what_left_the_list_is_not_looked_at() -> None:
    found = catalogue()
    gone = replace(found.procedures[BIRTH], removal=Removal(TODAY, "12/QĐ-UBND"))
    data = replace(found, procedures={**found.procedures, BIRTH: gone})
    rows = review(data, Demand(TODAY, {}), {}, TODAY)
    assert {row.code for row in rows} == {code for code in IN_FORCE if code != BIRTH}


def test_those_asked_for_most_come_first_then_as_people_need_them() -> None:
    demand = Demand(date(2026, 1, 1), {"1.000007": 5, "1.000002": 9, "1.000005": 99})
    rows = review(catalogue(), demand, {}, TODAY)
    rest = [code for code in by_need(catalogue()) if code not in demand.by_code]
    assert [row.code for row in rows] == ["1.000002", "1.000007", *rest]


def test_it_is_narrowed_by_reason_and_field() -> None:
    data = catalogue()
    rows = review(data, Demand(TODAY, {}), {}, TODAY)
    assert narrowed(data, rows) == rows
    assert [row.code for row in narrowed(data, rows, [Why.LINK_UNCHECKED])] == [BIRTH]
    either = narrowed(data, rows, [Why.NO_LEVEL, Why.MAYBE_SUPERSEDED], "khoang-san")
    assert [row.code for row in either] == ["1.000002"]
    assert narrowed(data, rows, field_id="nowhere") == ()


@st.composite
def states(draw: st.DrawFn) -> tuple[Catalogue, Demand, dict[str, LinkCheck], date]:
    data = catalogue()
    hidden = draw(st.lists(st.sampled_from(IN_FORCE), max_size=3, unique=True))
    said_beside = Editorial(hidings=tuple(Hiding(code, "xem lại", TODAY) for code in hidden))
    by_code = draw(st.dictionaries(st.sampled_from([*IN_FORCE, "9.999999"]), st.integers(1, 9)))
    demand = draw(st.sampled_from([Demand(None, {}), Demand(TODAY - 99 * DAY, by_code)]))
    checks = draw(st.sampled_from([{}, FINE, check(LinkOutcome.GONE, 10), check(LinkOutcome.MOVED, 200)]))
    today = TODAY + draw(st.integers(0, 900)) * DAY
    return replace(data, editorial=said_beside), demand, checks, today


@given(states())
def test_each_procedure_in_force_stands_once_with_each_reason_once(
    state: tuple[Catalogue, Demand, dict[str, LinkCheck], date],
) -> None:
    data, demand, checks, today = state
    rows = review(data, demand, checks, today)
    codes = [row.code for row in rows]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(IN_FORCE)
    order = list(Why)
    for row in rows:
        whys = [order.index(found.why) for found in row.reasons]
        assert whys == sorted(set(whys)) != []
        assert row.asked == demand.by_code.get(row.code, 0)
    assert [row.asked for row in rows] == sorted((row.asked for row in rows), reverse=True)


@given(states())
def test_a_reason_is_there_exactly_where_it_holds(
    state: tuple[Catalogue, Demand, dict[str, LinkCheck], date],
) -> None:
    data, demand, checks, today = state
    rows = {row.code: row for row in review(data, demand, checks, today)}

    def having(why: Why) -> set[str]:
        return {code for code, row in rows.items() if any(found.why is why for found in row.reasons)}

    unasked = set(IN_FORCE) - set(demand.by_code) if demand.since else set()
    assert having(Why.NO_CONVERSATION) == unasked
    assert having(Why.HIDDEN) == {hiding.code for hiding in data.editorial.hidings}
    assert having(Why.MAYBE_SUPERSEDED) == {"1.000002"}
    assert having(Why.NO_LEVEL) == {code for code in IN_FORCE if code not in data.services}
    listed = {code for code in IN_FORCE if code in data.services and today - date(2026, 10, 3) > 365 * DAY}
    recorded = {code for code in IN_FORCE if code not in data.services and today - date(2026, 6, 10) > 365 * DAY}
    assert having(Why.OLD_DATA) == listed | recorded


@given(states())
def test_the_list_only_grows_as_time_passes_without_work(
    state: tuple[Catalogue, Demand, dict[str, LinkCheck], date],
) -> None:
    data, demand, checks, today = state
    now, later = (
        {(row.code, found.why) for row in review(data, demand, checks, day) for found in row.reasons}
        for day in (today, today + 30 * DAY)
    )
    assert now <= later


def test_a_row_tells_all_of_it() -> None:
    demand = Demand(date(2026, 1, 1), {BIRTH: 7})
    assert review(catalogue(), demand, {}, TODAY)[0] == ReviewRow(BIRTH, 7, (Found(Why.LINK_UNCHECKED),))
