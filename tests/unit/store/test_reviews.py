from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.store.reviews import Question, Review, ReviewQuery, Reviews, ReviewSummary, Team, TimeNeeded, Verdict
from bot.store.sql.store import SqlStore
from tests.unit.store.samples import NOW

DAY = timedelta(days=1)
VERDICTS = {
    Question.FINDING: Verdict.YES,
    Question.PREFILLED: Verdict.PARTLY,
    Question.PAYMENT: Verdict.NONE,
    Question.RESULT: Verdict.NO,
}
ONE = Review(NOW, "1.900001", Team.YOUTH, "H99.101", "doan-xa", VERDICTS, TimeNeeded.SHORT, "Nút nộp khó thấy.")


@pytest.fixture
def reviews(store: SqlStore) -> Reviews:
    return store.office.reviews


async def test_a_form_that_is_sent_twice_counts_once(reviews: Reviews) -> None:
    assert [await reviews.add(ONE, "a"), await reviews.add(replace(ONE, remark="lại"), "a")] == [True, False]
    assert await reviews.add(ONE, "b")
    assert await reviews.listed(ReviewQuery(), 9) == (ONE, ONE)


async def test_reviews_are_listed_and_summed_up(reviews: Reviews) -> None:
    later = replace(
        *(ONE,),
        at=NOW + DAY,
        verdicts={**VERDICTS, Question.FINDING: Verdict.NO},
        time=TimeNeeded.LONG,
        team=Team.WOMEN,
        commune="",
    )
    other = replace(ONE, code="1.900002", at=NOW + 2 * DAY)
    for number, review in enumerate((ONE, later, other)):
        await reviews.add(review, str(number))
    assert await reviews.listed(ReviewQuery(), 2) == (other, later)
    first = ReviewSummary(
        "1.900001",
        2,
        {
            Question.FINDING: {Verdict.YES: 1, Verdict.NO: 1},
            Question.PREFILLED: {Verdict.PARTLY: 2},
            Question.PAYMENT: {Verdict.NONE: 2},
            Question.RESULT: {Verdict.NO: 2},
        },
        {TimeNeeded.SHORT: 1, TimeNeeded.LONG: 1},
        date(2026, 11, 22),
    )
    second = ReviewSummary(
        "1.900002", 1, {q: {v: 1} for q, v in VERDICTS.items()}, {TimeNeeded.SHORT: 1}, date(2026, 11, 23)
    )
    assert await reviews.summaries(ReviewQuery()) == (first, second)
    for query, expected in (
        (ReviewQuery(code="1.900002"), (other,)),
        (ReviewQuery(team=Team.WOMEN), (later,)),
        (ReviewQuery(commune="H99.101"), (other, ONE)),
        (ReviewQuery(within=(frozenset({"H99.101"}), frozenset())), (other, ONE)),
        (ReviewQuery(within=(frozenset(), frozenset({"1.900001"}))), (later, ONE)),
        (ReviewQuery(within=(frozenset(), frozenset())), ()),
        (ReviewQuery(first=date(2026, 11, 22), last=date(2026, 11, 22)), (later,)),
    ):
        assert await reviews.listed(query, 9) == expected
    assert await reviews.summaries(ReviewQuery(first=date(2027, 1, 1))) == ()
