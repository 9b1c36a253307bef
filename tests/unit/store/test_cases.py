from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ratings.model import Filing, Identity, Mark, Origin, Rating, Remark, Subject, Survey
from bot.ratings.scales import SCALES, Scale
from bot.store.cases import Case, CaseChange, CaseOutcome, CaseQuery, Cases, CaseState, Changed
from bot.store.inbox import Contact, Kind, Update
from bot.store.interface import Record
from bot.store.sql.cases import BAD as CONDITION
from bot.store.sql.store import SqlStore
from bot.store.staff import Act, Entry
from tests.unit.store.engines import Place
from tests.unit.store.looking import look
from tests.unit.store.samples import NOW, event, update

DAY = timedelta(days=1)
AGENCY, OTHER = "H99.05", "H99.06"
ABOUT = Subject("1.900001", "1.900001.01", AGENCY, "H99.101")
GOOD, BAD = 3, 1
ACT = Act(NOW + DAY, "chi.lan", "case.change", "đã gọi điện")
ALL = CaseQuery(tuple(CaseState))
TAKEN = CaseChange(CaseState.TAKEN, "chi.lan", None, "Đang hỏi xã.", None)


def rating(
    person: str = "p", level: int = BAD, *, about: Subject = ABOUT, days: int = 0, scale: str = "three"
) -> Rating:
    return Rating(
        *(NOW + days * DAY, "2026-12", person, about, "telegram", Origin.COUNTER, scale, level),
        *(Filing.ONLINE, Identity.ACCOUNT, "v1"),
    )


def case(number: int, of: Rating, opened: int = 0) -> Case:
    return Case(
        *(number, NOW + opened * DAY, of.at, of.subject, of.channel, of.origin, of.scale, of.level, of.filing),
        *(Mark.CLEAN, False, None, False),
    )


@pytest.fixture
def cases(store: SqlStore) -> Cases:
    return store.office.cases


async def give(store: SqlStore, *ratings: Rating) -> None:
    for one in ratings:
        await store.record(Record(event(), survey=Survey(rating=one)))


async def agree(store: SqlStore, person: str = "p", *, seen: datetime = NOW) -> None:
    """They say that they want to hear of it, and were there at `seen`."""
    await store.record(Record(event(), survey=Survey(remark=Remark(person, ABOUT.code, "2026-12", "Chậm.", True))))
    await store.inbox.accept(replace(update(f"{person}{seen}", person, channel="telegram"), sent_at=seen), seen)


async def test_what_is_not_satisfied_on_its_scale_is_a_case(store: SqlStore, cases: Cases) -> None:
    given_ = [
        rating("a", 3),
        rating("b", 1),
        rating("c", 2),
        rating("d", 3, scale="five"),
        rating("e", 4, scale="five"),
    ]
    await give(store, *given_)
    assert await cases.listed(ALL, 9) == (case(2, given_[1]), case(4, given_[3]))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(list(SCALES)), st.integers(1, 5)), max_size=12))
async def test_every_rating_that_was_ever_bad_is_in_a_case(
    new_place: Callable[[], Place], given_: list[tuple[str, str, int]]
) -> None:
    """The slow twin goes through the ratings one by one."""
    store = await new_place().open()
    numbers: dict[str, int] = {}
    now: dict[str, bool] = {}
    kept = [(p, scale, min(level, SCALES[scale].levels)) for p, scale, level in given_]
    for number, (person, scale, level) in enumerate(kept, start=1):
        await give(store, rating(person, level, scale=scale))
        now[person] = SCALES[scale].is_satisfied(level)
        if not now[person]:
            numbers.setdefault(person, number)
    found = await store.office.cases.listed(ALL, 99)
    await store.close()
    expected = {number: now[person] for person, number in numbers.items()}
    assert {one.number: one.is_satisfied_now for one in found} == expected


async def test_one_that_is_changed_to_satisfied_stays_and_says_so(store: SqlStore, cases: Cases) -> None:
    first, second, third = rating(), rating(days=1), rating(level=GOOD, days=2)
    await give(store, first, second)
    assert await cases.listed(ALL, 9) == (case(1, second),)
    assert await cases.change(1, TAKEN, ACT) is Changed.DONE
    await give(store, third)
    taken = replace(*(case(1, third),), state=CaseState.TAKEN, owner="chi.lan", note="Đang hỏi xã.", changed_at=ACT.at)
    assert (await cases.listed(ALL, 9), taken.is_satisfied_now) == ((taken,), True)
    assert await cases.find(1, None) == taken


async def test_cases_are_found_by_state_owner_agency_procedure_and_day(store: SqlStore, cases: Cases) -> None:
    elsewhere = replace(ABOUT, code="1.900002", agency=OTHER)
    await give(store, rating("a"), rating("b", about=elsewhere, days=1), rating("c", days=2))
    await cases.change(3, TAKEN, ACT)

    async def numbers(query: CaseQuery, limit: int = 9, behind: int = 0) -> list[int]:
        return [one.number for one in await cases.listed(query, limit, behind)]

    day = date(2026, 11, 22)
    assert await numbers(CaseQuery((CaseState.NEW,))) == [1, 2]
    assert await numbers(CaseQuery((CaseState.TAKEN, CaseState.CLOSED))) == [3]
    assert await numbers(replace(ALL, owner="chi.lan")) == [3]
    assert await numbers(replace(ALL, owner="")) == [1, 2]
    assert await numbers(replace(ALL, agencies=frozenset({OTHER, "H99"}))) == [2]
    assert await numbers(replace(ALL, agencies=frozenset())) == []
    assert await numbers(replace(ALL, codes=frozenset({ABOUT.code}))) == [1, 3]
    assert await numbers(replace(ALL, first=day)) == [2, 3]
    assert await numbers(replace(ALL, last=day)) == [1, 2]
    assert await numbers(ALL, 2) == [1, 2]
    assert await numbers(ALL, 2, behind=2) == [3]
    assert await cases.counts(replace(ALL, states=())) == {
        CaseState.NEW: 2,
        CaseState.TAKEN: 1,
        CaseState.ANSWERED: 0,
        CaseState.CLOSED: 0,
    }
    assert (await cases.counts(replace(ALL, agencies=frozenset({OTHER}))))[CaseState.NEW] == 1


async def test_a_case_is_not_found_for_who_may_not_see_it(store: SqlStore, cases: Cases) -> None:
    await give(store, rating(), rating("good", GOOD))
    assert await cases.find(1, frozenset({AGENCY})) == case(1, rating())
    assert [await cases.find(1, frozenset({OTHER})), await cases.find(1, frozenset())] == [None, None]
    assert [await cases.find(2, None), await cases.find(3, None)] == [None, None]


async def test_a_change_is_in_the_log_with_what_was_before(store: SqlStore, cases: Cases) -> None:
    await give(store, rating(), rating("good", GOOD))
    assert await cases.change(1, TAKEN, ACT) is Changed.DONE
    closed = CaseChange(CaseState.CLOSED, "chi.lan", CaseOutcome.FIXED, "Đang hỏi xã.", ACT.at)
    later = replace(ACT, at=ACT.at + DAY)
    assert await cases.change(1, closed, later) is Changed.DONE
    assert await cases.change(1, closed, later) is Changed.MEANWHILE
    assert await cases.change(2, TAKEN, ACT) is Changed.UNKNOWN
    seen = await store.office.staff.entries(9)
    assert [replace(entry, number=0) for entry in seen] == [
        Entry(later, "case:1", {"state": "taken", "outcome": ""}, {"state": "closed", "outcome": "fixed"}),
        Entry(
            ACT,
            "case:1",
            {"state": "new", "owner": "", "note": ""},
            {"state": "taken", "owner": "chi.lan", "note": "Đang hỏi xã."},
        ),
    ]
    assert await cases.history(1) == seen
    assert await cases.history(2) == ()
    assert (await cases.find(1, None)) == replace(
        case(1, rating()),
        state=CaseState.CLOSED,
        owner="chi.lan",
        outcome=CaseOutcome.FIXED,
        note="Đang hỏi xã.",
        changed_at=later.at,
    )


def notice(person: str = "p") -> Update:
    at = ACT.at
    return Update("telegram", "notice:case-1", person, f"to {person}", Kind.NOTICE, "{}", at, at + 2 * DAY)


async def test_who_agreed_and_was_there_can_be_told_once(store: SqlStore, cases: Cases) -> None:
    await give(store, rating())
    assert await cases.reachable(1, NOW - DAY) is None
    await agree(store)
    assert await cases.reachable(1, NOW - DAY) == Contact("p", "telegram", "to p", NOW)
    assert await cases.reachable(1, NOW) is None
    assert await cases.tell(1, notice("q"), NOW - DAY, ACT) is Changed.UNREACHABLE
    assert await cases.tell(2, notice(), NOW - DAY, ACT) is Changed.UNKNOWN
    assert await cases.tell(1, notice(), NOW - DAY, ACT) is Changed.DONE
    assert await cases.tell(1, notice(), NOW - DAY, ACT) is Changed.UNREACHABLE
    assert await cases.reachable(1, NOW - DAY) is None
    told = await cases.find(1, None)
    assert told is not None
    assert (told.state, told.told_at, told.changed_at, told.comment) == (CaseState.ANSWERED, ACT.at, ACT.at, "Chậm.")
    waiting = await store.inbox.claim("telegram", "w", ACT.at, ACT.at + DAY, 9)
    assert [task.update.kind for task in waiting] == [Kind.MESSAGE]
    assert await store.inbox.is_known("telegram", "notice:case-1")
    assert len(await store.office.staff.entries(9)) == 1


async def test_a_closed_case_stays_closed_when_the_person_is_told(store: SqlStore, cases: Cases) -> None:
    await give(store, rating())
    await agree(store)
    await cases.change(1, replace(TAKEN, state=CaseState.CLOSED, outcome=CaseOutcome.FIXED), ACT)
    assert await cases.tell(1, notice(), NOW - DAY, ACT) is Changed.DONE
    found = await cases.find(1, None)
    assert found is not None
    assert (found.state, found.outcome, found.owner) == (CaseState.CLOSED, CaseOutcome.FIXED, "chi.lan")


async def test_who_left_or_is_forgotten_is_not_told(store: SqlStore, cases: Cases) -> None:
    await give(store, rating(), rating("q"))
    await agree(store)
    await agree(store, "q")
    await store.inbox.mark_gone("p", "blocked", NOW + DAY)
    await store.erase("q", NOW)
    assert [await cases.reachable(number, NOW - DAY) for number in (1, 2)] == [None, None]
    forgotten = await cases.find(2, None)
    assert forgotten is not None
    assert (forgotten.comment, forgotten.may_be_told) == (None, False)


async def test_a_rating_that_was_changed_is_told_to_its_person(store: SqlStore, cases: Cases) -> None:
    await give(store, rating())
    await agree(store)
    await give(store, rating(level=GOOD, days=1))
    assert await cases.reachable(1, NOW - DAY) == Contact("p", "telegram", "to p", NOW)


@pytest.mark.parametrize("scale", list(SCALES.values()), ids=str)
async def test_bad_is_what_the_scale_says(store: SqlStore, scale: Scale) -> None:
    statement = f"select {CONDITION} from (select cast(? as text) as scale, cast(? as integer) as level) as rating"  # noqa: S608 - our own words
    levels = range(1, scale.levels + 1)
    found = [bool((await look(store, statement, [scale.id, level]))[0][0]) for level in levels]
    assert found == [not scale.is_satisfied(level) for level in levels]
