"""What is kept of what people said when they were asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.survey import Asked, Circumstances, Said, survey_of
from bot.ratings.model import (
    Asking,
    Filing,
    Flag,
    Identity,
    Obstacle,
    Origin,
    Rating,
    Reason,
    Remark,
    Subject,
    Survey,
)
from bot.ratings.scales import FIVE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ABOUT = Subject("1.001193", "1.001193.01", "H27.118", "H27.118")
RULES = RatingRules()
AROUND = Circumstances("p", NOW, "zalo_oa", "v1")
ASKED = Asked(ABOUT, "2026-12")
RATED = replace(ASKED, filing=Filing.ONLINE, level=3)
ASKING = Asking(NOW, "2026-12", "p", ABOUT, "zalo_oa", Origin.CARD)
ANSWERED = replace(ASKING, is_answered=True)
RATING = Rating(NOW, "2026-12", "p", ABOUT, "zalo_oa", Origin.CARD, "three", 3, Filing.ONLINE, Identity.ACCOUNT, "v1")


@pytest.mark.parametrize(
    ("said", "survey"),
    [
        (Said(ASKED), Survey(ASKING)),
        (Said(replace(ASKED, origin=Origin.FOLLOW_UP)), Survey(replace(ASKING, origin=Origin.FOLLOW_UP))),
        (Said(ASKED, is_answered=True), Survey(ANSWERED)),
        (Said(RATED, is_answered=True, is_rated=True), Survey(ANSWERED, RATING)),
        (
            Said(replace(RATED, origin=Origin.FOLLOW_UP, is_helped=True), is_answered=True, is_rated=True),
            Survey(
                replace(ANSWERED, origin=Origin.FOLLOW_UP),
                replace(RATING, origin=Origin.FOLLOW_UP, is_helped=True),
            ),
        ),
        # What was rated in a turn before is not rated again with the comment.
        (
            Said(RATED, is_answered=True, comment="nhanh"),
            Survey(ANSWERED, remark=Remark("p", "1.001193", "2026-12", comment="nhanh")),
        ),
        (
            Said(RATED, is_answered=True, may_be_told=True),
            Survey(ANSWERED, remark=Remark("p", "1.001193", "2026-12", may_be_told=True)),
        ),
        (
            Said(ASKED, is_answered=True, reason=Reason.OTHER, words="máy cũ"),
            Survey(ANSWERED, obstacle=Obstacle(NOW, "p", ABOUT, "zalo_oa", Reason.OTHER, "v1", "máy cũ")),
        ),
        # Nobody can have rated without having said how they filed.
        (Said(ASKED, is_answered=True, is_rated=True), Survey(ANSWERED)),
        (Said(replace(ASKED, level=3), is_answered=True, is_rated=True), Survey(ANSWERED)),
        (Said(replace(ASKED, filing=Filing.ONLINE), is_answered=True, is_rated=True), Survey(ANSWERED)),
    ],
)
def test_what_is_kept(said: Said, survey: Survey) -> None:
    assert survey_of(said, AROUND, RULES) == survey


def test_a_browser_is_no_account() -> None:
    kept = survey_of(Said(RATED, is_rated=True), replace(AROUND, channel="web"), RULES).rating
    assert kept == replace(RATING, channel="web", identity=Identity.COOKIE)


def test_the_scale_and_the_test_mode_are_those_of_the_rules() -> None:
    kept = survey_of(Said(RATED, is_rated=True), AROUND, RatingRules(FIVE, is_test=True)).rating
    assert kept == replace(RATING, scale="five", flags=(Flag.TEST,))


@given(st.sampled_from(Filing), st.integers(1, 5), st.booleans(), st.sampled_from(Origin))
def test_the_raw_level_is_kept_as_it_was_given(filing: Filing, level: int, helped: bool, origin: Origin) -> None:
    asked = Asked(ABOUT, "2026-12", origin, filing, level, helped)
    kept = survey_of(Said(asked, is_answered=True, is_rated=True), AROUND, RatingRules(FIVE)).rating
    assert kept == replace(RATING, scale="five", level=level, filing=filing, is_helped=helped, origin=origin)
