"""Teams, and the sums of what came of their links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.ratings.model import Filing, Flag, Survey
from bot.store.interface import Cutoffs, Record
from bot.store.sharing import Attribution, CommunityTeam, Count, Reach, Via, team_key
from bot.store.sql.store import SqlStore
from bot.store.staff import Act, Entry
from tests.unit.store.looking import look
from tests.unit.store.ratings_samples import NOW, rating, record
from tests.unit.store.samples import event

ACT = Act(NOW, "lan", "team_add")
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
NAME = "Tổ công nghệ số cộng đồng thôn 3"
HERE, THERE = "H27.100", "H27.101"
CARD = "tt:1.000001"


@pytest.mark.parametrize(
    "other",
    [
        "tổ công nghệ số cộng đồng thôn 3",
        "TỔ CHUYỂN ĐỔI SỐ CỘNG ĐỒNG, THÔN 3",
        "to chuyen doi so cong dong thon 3",
        "Tổ CNSCĐ thôn 3",
        "Tổ CĐSCĐ  Thôn 3.",
    ],
)
def test_a_team_is_the_same_under_each_of_its_names(other: str) -> None:
    assert team_key(other) == team_key(NAME)


@pytest.mark.parametrize("other", ["Tổ công nghệ số cộng đồng thôn 4", "Thôn 3", "Tổ công nghệ số thôn 3"])
def test_other_teams_are_others(other: str) -> None:
    assert team_key(other) != team_key(NAME)


async def test_a_team_is_added_once_in_a_commune(store: SqlStore) -> None:
    sharing = store.office.sharing
    first = await sharing.add_team(NAME, THERE, ACT)
    again = await sharing.add_team("Tổ chuyển đổi số cộng đồng thôn 3", THERE, replace(ACT, at=NOW + DAY))
    elsewhere = await sharing.add_team(NAME, HERE, ACT)
    assert (first, again) == (CommunityTeam(1, NAME, THERE, is_active=True, at=NOW), first)
    assert elsewhere == CommunityTeam(2, NAME, HERE, is_active=True, at=NOW)
    assert await sharing.teams() == (elsewhere, first)
    assert await store.office.staff.entries(9) == (
        Entry(ACT, "team:2", {}, {"team_name": NAME, "commune": HERE}, 2),
        Entry(ACT, "team:1", {}, {"team_name": NAME, "commune": THERE}, 1),
    )


async def test_closing_and_opening_are_logged_once(store: SqlStore) -> None:
    sharing, closing_it = store.office.sharing, replace(ACT, action="team_close", reason="giải thể")
    team = await sharing.add_team(NAME, HERE, ACT)
    assert await sharing.set_active(team.number, closing_it, is_active=False)
    assert await sharing.set_active(team.number, closing_it, is_active=False)
    assert not await sharing.set_active(99, closing_it, is_active=False)
    assert await sharing.teams() == (replace(team, is_active=False),)
    assert await sharing.set_active(team.number, replace(ACT, action="team_open"), is_active=True)
    assert await sharing.teams() == (team,)
    assert [(entry.act.action, entry.before, entry.after) for entry in await store.office.staff.entries(2)] == [
        ("team_open", {"is_active": False}, {"is_active": True}),
        ("team_close", {"is_active": True}, {"is_active": False}),
    ]


async def test_sums_are_told_by_commune_and_team(store: SqlStore) -> None:
    sharing = store.office.sharing
    team = await sharing.add_team(NAME, HERE, ACT)
    own = Via(team.number, HERE)
    for day, via, what in (
        (TODAY - DAY, own, Count.VISIT),
        (TODAY, own, Count.VISIT),
        (TODAY, Via(team.number, ""), Count.VISIT),
        (TODAY, own, Count.PORTAL),
        (TODAY, Via(0, THERE), Count.VISIT),
        (TODAY, Via(0, ""), Count.VISIT),
        (TODAY + DAY, own, Count.VISIT),
    ):
        await sharing.count(day, via, CARD, what)
    assert await sharing.reach(TODAY, TODAY) == (
        Reach(0, "", {Count.VISIT: 1}),
        Reach(team.number, HERE, {Count.PORTAL: 1, Count.VISIT: 2}),
        Reach(0, THERE, {Count.VISIT: 1}),
    )
    assert await sharing.reach(TODAY - DAY, TODAY + DAY) == (
        Reach(0, "", {Count.VISIT: 1}),
        Reach(team.number, HERE, {Count.PORTAL: 1, Count.VISIT: 4}),
        Reach(0, THERE, {Count.VISIT: 1}),
    )


async def test_links_of_a_closed_team_count_for_their_place(store: SqlStore) -> None:
    sharing = store.office.sharing
    team = await sharing.add_team(NAME, HERE, ACT)
    await sharing.set_active(team.number, ACT, is_active=False)
    await sharing.count(TODAY, Via(team.number, HERE), CARD, Count.VISIT)
    await sharing.count(TODAY, Via(99, THERE), CARD, Count.VISIT)
    assert await sharing.reach(TODAY, TODAY) == (
        Reach(0, HERE, {Count.VISIT: 1}),
        Reach(0, THERE, {Count.VISIT: 1}),
    )


VIA = Via(0, HERE)


def turn(person: str = "p", arrived: str = "", level: int = 3, **others: object) -> Record:
    survey = Survey() if arrived and not others else Survey(rating=rating(person, level, **others))
    return replace(record(survey, person), attribution=Attribution(VIA, arrived))


async def sums(store: SqlStore) -> dict[Count, int]:
    found = await store.office.sharing.reach(TODAY, TODAY)
    assert len(found) <= 1
    return dict(found[0].counts) if found else {}


async def test_a_turn_counts_with_what_came_of_it(store: SqlStore) -> None:
    await store.record(replace(Record(event()), attribution=Attribution(VIA)))
    assert await sums(store) == {}
    await store.record(turn(arrived=CARD))
    await store.record(turn("p", level=3))
    await store.record(turn("q", is_helped=True))
    await store.record(turn("r", filing=Filing.HELPER))
    await store.record(turn("s", filing=Filing.COUNTER))
    await store.record(record(Survey(rating=rating("t"))))
    assert await sums(store) == {Count.CONVERSATION: 1, Count.RATING: 1, Count.HELPED_RATING: 2}


async def test_what_is_only_changed_or_set_aside_counts_no_more(store: SqlStore) -> None:
    await store.record(turn("p", level=1))
    await store.record(turn("p", level=3))
    assert await sums(store) == {Count.RATING: 1}
    await store.record(turn("q", flags=(Flag.STAFF,)))
    await store.record(turn("r", flags=(Flag.TEST,)))
    assert await sums(store) == {Count.RATING: 1}
    await store.record(turn("q", level=2))
    assert await sums(store) == {Count.RATING: 2}


async def test_a_rating_that_is_changed_moves_with_the_change(store: SqlStore) -> None:
    await store.record(turn("p", level=1))
    await store.record(turn("p", is_helped=True))
    assert await sums(store) == {Count.HELPED_RATING: 1}
    await store.record(record(Survey(rating=rating("p")), "p"))
    assert await sums(store) == {Count.RATING: 1}
    await store.record(turn("p", filing=Filing.COUNTER))
    assert await sums(store) == {}


async def test_it_stays_with_whose_link_it_first_came_by(store: SqlStore) -> None:
    await store.record(turn("p"))
    await store.record(replace(turn("p"), attribution=Attribution(Via(0, THERE))))
    await store.record(record(Survey(rating=rating("q")), "q"))
    await store.record(turn("q"))
    assert await store.office.sharing.reach(TODAY, TODAY) == (Reach(0, HERE, {Count.RATING: 1}),)


async def test_deleting_and_rating_again_raises_nothing(store: SqlStore) -> None:
    for _ in range(3):
        await store.record(turn("p"))
        await store.erase("p", NOW)
    await store.record(turn("p"))
    assert await sums(store) == {Count.RATING: 1}


async def test_what_is_nobodys_any_more_stays_counted(store: SqlStore) -> None:
    await store.record(turn("p"))
    later = NOW + timedelta(days=900)
    await store.forget(Cutoffs(*[later] * 8))
    assert await sums(store) == {Count.RATING: 1}
    assert await look(store, "select * from shared_ratings") == []


async def test_nothing_of_a_person_is_in_the_tables(store: SqlStore) -> None:
    await store.record(turn("person-who-rated", arrived=CARD, is_helped=False))
    assert await look(store, "select * from share_counts order by what") == [
        ("2026-11-20", 0, HERE, CARD, "conversation", 1),
        ("2026-11-20", 0, HERE, CARD, "rating", 1),
    ]
