"""What came of links, as staff read it: by name, and no number of ratings that names a few."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.sharing.reach import RATINGS, ReachRow, reach_table
from bot.store.sharing import CommunityTeam, Count, Reach
from tests.unit.handlers.example import catalogue
from tests.unit.store.samples import NOW

CATALOGUE = catalogue()
AN, BINH, CUA = "H99.100", "H99.101", "H99.102"
NAMES = {code: CATALOGUE.communes[code].name for code in (AN, BINH, CUA)}
TEAMS = (
    CommunityTeam(1, "Tổ thôn 2", BINH, is_active=True, at=NOW),
    CommunityTeam(2, "Tổ thôn 1", BINH, is_active=True, at=NOW),
    CommunityTeam(3, "Tổ phố chợ", AN, is_active=True, at=NOW),
    CommunityTeam(4, "Tổ cũ", CUA, is_active=False, at=NOW),
)


def reach(team: int, commune: str, rating: int = 0, helped: int = 0, **more: int) -> Reach:
    counts = {Count(what): n for what, n in more.items()}
    counts |= {Count.RATING: rating} if rating else {}
    counts |= {Count.HELPED_RATING: helped} if helped else {}
    return Reach(team, commune, counts)


def row(team: str, commune: str, *numbers: int | None, is_active: bool = True) -> ReachRow:
    return ReachRow(team, commune, is_active, dict(zip(Count, numbers, strict=True)))


def test_rows_stand_by_name_whatever_their_numbers() -> None:
    found = (
        reach(1, BINH, rating=9, visit=2),
        reach(2, BINH, visit=70, portal=3),
        reach(0, CUA, visit=1),
        reach(0, "", visit=4),
    )
    table = reach_table(CATALOGUE, TEAMS, found)
    assert table.teams == (
        row("Tổ phố chợ", NAMES[AN], 0, 0, 0, None, None),
        row("Tổ thôn 1", NAMES[BINH], 70, 0, 3, None, None),
        row("Tổ thôn 2", NAMES[BINH], 2, 0, 0, 9, None),
        row("", NAMES[CUA], 1, 0, 0, None, None),
        row("", "", 4, 0, 0, None, None),
    )
    assert table.communes == (
        row("", NAMES[AN], 0, 0, 0, None, None),
        row("", NAMES[BINH], 72, 0, 3, 9, None),
        row("", NAMES[CUA], 1, 0, 0, None, None),
        row("", "", 4, 0, 0, None, None),
    )
    assert table.total == row("", "", 77, 0, 3, 9, None)


def test_a_closed_team_has_a_row_where_it_counted() -> None:
    table = reach_table(CATALOGUE, TEAMS[3:], (reach(4, CUA, visit=1),))
    assert table.teams == (row("Tổ cũ", NAMES[CUA], 1, 0, 0, None, None, is_active=False),)
    assert reach_table(CATALOGUE, TEAMS[3:], ()).teams == ()


def test_what_could_be_worked_out_from_a_total_is_not_told() -> None:
    found = (reach(1, BINH, rating=9), reach(2, BINH, rating=3), reach(3, AN, rating=20, helped=5))
    table = reach_table(CATALOGUE, TEAMS[:3], found)
    assert [one.numbers[Count.RATING] for one in table.teams] == [20, None, None]
    assert [one.numbers[Count.RATING] for one in table.communes] == [20, 12]
    assert (table.total.numbers[Count.RATING], table.total.numbers[Count.HELPED_RATING]) == (32, 5)


def test_of_days_that_somebody_chose_no_ratings_are_told() -> None:
    found = (reach(1, BINH, rating=9, helped=9, visit=3), reach(3, AN, rating=20, visit=2))
    table = reach_table(CATALOGUE, TEAMS[:3], found, tells_ratings=False)
    every = (*table.teams, *table.communes, table.total)
    assert {one.numbers[what] for one in every for what in RATINGS} == {None}
    assert [one.numbers[Count.VISIT] for one in table.communes] == [2, 3]


def test_who_sees_some_communes_is_told_nothing_of_others() -> None:
    found = (reach(1, BINH, rating=9, visit=1), reach(3, AN, rating=20, visit=2), reach(0, "", visit=3))
    table = reach_table(CATALOGUE, TEAMS, found, frozenset({AN, "H99.05"}))
    assert table.teams == (row("Tổ phố chợ", NAMES[AN], 2, 0, 0, 20, None),)
    assert table.total == row("", "", 2, 0, 0, 20, None)


@st.composite
def reaches(draw: st.DrawFn) -> tuple[Reach, ...]:
    keys = draw(st.lists(st.tuples(st.sampled_from([0, 1, 2, 3]), st.sampled_from(list(NAMES))), unique=True))
    return tuple(reach(team, commune, draw(st.integers(0, 12)), draw(st.integers(0, 12))) for team, commune in keys)


@given(reaches(), st.sampled_from(RATINGS))
def test_no_few_ratings_are_told_or_worked_out(found: tuple[Reach, ...], what: Count) -> None:
    """A sum and some of its parts tell the sum of the others: of these there are five ratings at least."""
    table = reach_table(CATALOGUE, (), found)
    shown = [one.numbers[what] for one in (*table.teams, *table.communes, table.total)]
    assert all(number is None or number >= 5 for number in shown)
    sizes: Counter[str] = Counter()
    for one in found:
        sizes[NAMES[one.commune]] += one.counts.get(what, 0)
    told = {one.commune: one.numbers[what] for one in table.communes}
    assert all(number in (None, sizes[commune]) for commune, number in told.items())
    hidden = [sizes[commune] for commune, number in told.items() if number is None and sizes[commune]]
    if hidden and any(number is not None for number in told.values()):
        assert (len(hidden) > 1, sum(hidden) >= 5) == (True, True)
    for commune, number in told.items():
        inside = [one for one in table.teams if one.commune == commune]
        visible = sum(one.numbers[what] or 0 for one in inside)
        if number is None:
            assert visible == 0
        elif visible < number:
            assert number - visible >= 5


@pytest.mark.parametrize("seen", [None, frozenset({AN})])
def test_nothing_counted_is_an_empty_table(seen: frozenset[str] | None) -> None:
    table = reach_table(CATALOGUE, (), (), seen)
    assert (table.teams, table.communes, table.total) == ((), (), row("", "", 0, 0, 0, None, None))
