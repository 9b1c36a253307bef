"""Which groups are looked at: red ones and those with few ratings."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.ratings.ranking import Ranking, ranking
from bot.ratings.satisfaction import Certainty, Satisfaction, Standing, judge

TARGET = Fraction(19, 20)


def found(satisfied: int, dissatisfied: int) -> Satisfaction:
    return Satisfaction((dissatisfied, 0, satisfied), satisfied)


def test_what_lacks_most_comes_first_and_few_ratings_are_no_verdict() -> None:
    assert ranking(
        {
            "misses": found(60, 40),
            "meets": found(199, 1),
            "close": found(28, 2),
            "few": found(0, 3),
            "misses more": found(30, 70),
            "nobody": found(0, 0),
            "more, but few": found(20, 9),
            "misses as much": found(60, 40),
        },
        TARGET,
    ) == Ranking(("misses more", "misses", "misses as much"), ("more, but few", "few"))


def test_what_cannot_be_reached_any_more_comes_first_of_all() -> None:
    assert ranking({"a": found(10, 90), "b": found(0, 30)}, Fraction(1)).red == ("a", "b")


def test_without_a_target_nothing_is_judged() -> None:
    assert ranking({"a": found(0, 90), "b": found(1, 1)}, None) == Ranking((), ())


@given(st.lists(st.builds(found, st.integers(0, 200), st.integers(0, 60)), max_size=30))
def test_it_is_what_judging_one_by_one_comes_to(groups: list[Satisfaction]) -> None:
    ranked = ranking(dict(enumerate(groups)), TARGET)
    verdicts = [judge(each, TARGET) for each in groups]
    surely = (Standing.NOT_MET, Certainty.SURE)
    assert set(ranked.red) == {n for n, each in enumerate(verdicts) if (each.standing, each.certainty) == surely}
    missing = [verdicts[n].missing or 0 for n in ranked.red]
    assert missing == sorted(missing, reverse=True)
    assert set(ranked.few) == {n for n, each in enumerate(groups) if 0 < each.count < 30}
    sizes = [groups[n].count for n in ranked.few]
    assert sizes == sorted(sizes, reverse=True)
