"""What is kept of a rating given through a link: within the scale, about the link's service, in today's period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.load import load_catalogue
from bot.dialogue.personal_data import masker_of
from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.signed_links import RatingLink, Signer
from bot.dialogue.survey import Circumstances
from bot.operations.rating_links.answers import (
    Closed,
    Composed,
    Fault,
    Given,
    Question,
    Rater,
    address_key,
    composed,
    link_name,
    question_of,
    subject_of,
)
from bot.ratings.model import (
    MAX_COMMENT_CHARS,
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
from bot.ratings.scales import FIVE, THREE
from bot.store.interface import Event, Record
from bot.texts import LANGUAGES, load_texts

CATALOGUE = load_catalogue(Path(__file__).parents[3] / "fixtures" / "second_province")
MASKER = masker_of(map(load_texts, LANGUAGES))
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LINK = RatingLink("1.900001", "H99.100", "", Origin.COUNTER, "quay-1", date(2026, 12, 31))
SUBJECT = Subject("1.900001", "1.900001.01", "H99.100", "H99.100")
QUESTION = Question(LINK, SUBJECT, "2026-12")
RATER = Rater("p" * 64, Identity.COOKIE, "a" * 64)
AROUND = Circumstances("p" * 64, NOW, "web", "v1")
RULES = RatingRules()
RATING = Rating(
    *(NOW, "2026-12", "p" * 64, SUBJECT, "web", Origin.COUNTER, "three", 3, Filing.ONLINE, Identity.COOKIE, "v1"),
    link="H99.100/quay-1",
    address="a" * 64,
)
ASKING = Asking(NOW, "2026-12", "p" * 64, SUBJECT, "web", Origin.COUNTER, "H99.100/quay-1", is_answered=True)
EVENT = Event(NOW, "web", "p" * 64, "rated", ("1.900001",), "v1")


def kept(answer: Given, rules: RatingRules = RULES, rater: Rater = RATER, before: Rating | None = None) -> object:
    return composed(QUESTION, answer, rater, AROUND, rules, MASKER, before)


def test_a_rating() -> None:
    assert kept(Given(Filing.ONLINE, 3)) == Composed(
        Record(EVENT, survey=Survey(ASKING, RATING)), is_left_out=False, is_private=False
    )


def test_everything_that_can_be_said_with_it() -> None:
    answer = Given(Filing.HELPER, 1, is_helped=True, words=" Chờ lâu,\r\ngọi 0912345678 ", may_be_read=True)
    rater = replace(RATER, is_staff=True)
    rating = replace(RATING, level=1, filing=Filing.HELPER, is_helped=True, flags=(Flag.STAFF, Flag.TEST), scale="five")
    remark = Remark("p" * 64, "1.900001", "2026-12", "Chờ lâu, gọi")
    assert kept(answer, RatingRules(FIVE, is_test=True), rater) == Composed(
        Record(EVENT, survey=Survey(ASKING, rating, remark)), is_left_out=False, is_private=True
    )


def test_words_without_consent_are_left_out() -> None:
    assert kept(Given(Filing.ONLINE, 3, words="Chờ lâu")) == Composed(
        Record(EVENT, survey=Survey(ASKING, RATING)), is_left_out=True, is_private=False
    )


@pytest.mark.parametrize("words", ["", "  \n", "…!", "\u202e\x00", "0912345678"])
def test_where_nothing_is_said_nothing_is_left_out(words: str) -> None:
    answer = Given(Filing.ONLINE, 3, words=words)
    assert kept(answer) == kept(replace(answer, may_be_read=True)) == kept(replace(answer, words=""))


def test_who_has_not_filed_says_why() -> None:
    answer = Given(None, reason=Reason.PAPERS, words="Chưa có giấy chứng sinh", may_be_read=True)
    obstacle = Obstacle(NOW, "p" * 64, SUBJECT, "web", Reason.PAPERS, "v1", "Chưa có giấy chứng sinh")
    event = replace(EVENT, status="not_filed")
    assert kept(answer) == Composed(
        Record(event, survey=Survey(ASKING, obstacle=obstacle)), is_left_out=False, is_private=False
    )


def test_sent_twice_nothing_is_new() -> None:
    assert kept(Given(Filing.ONLINE, 3), before=RATING) == Composed(None, is_left_out=False, is_private=False)


@pytest.mark.parametrize(
    "answer",
    [Given(Filing.ONLINE, 2), Given(Filing.COUNTER, 3), Given(Filing.ONLINE, 3, is_helped=True)],
)
def test_a_change_is_kept(answer: Given) -> None:
    found = kept(answer, before=RATING)
    assert isinstance(found, Composed)
    assert found.record is not None
    assert found.record.survey is not None
    wanted = replace(RATING, filing=answer.filing or Filing.ONLINE, level=answer.level or 0, is_helped=answer.is_helped)
    assert found.record.survey.rating == wanted


def test_words_added_later_need_no_second_rating() -> None:
    remark = Remark("p" * 64, "1.900001", "2026-12", "Tốt")
    assert kept(Given(Filing.ONLINE, 3, words="Tốt", may_be_read=True), before=RATING) == Composed(
        Record(EVENT, survey=Survey(ASKING, remark=remark)), is_left_out=False, is_private=False
    )


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Given(Filing.ONLINE), Fault.NO_LEVEL),
        (Given(Filing.ONLINE, 0), Fault.NO_LEVEL),
        (Given(Filing.ONLINE, 4), Fault.NO_LEVEL),
        (Given(Filing.ONLINE, -1), Fault.NO_LEVEL),
        (Given(None, 3), Fault.NO_REASON),
        (Given(Filing.ONLINE, 3, words="a" * (MAX_COMMENT_CHARS + 1)), Fault.TOO_LONG),
        (Given(Filing.ONLINE, 3, words="a " * 9000), Fault.TOO_LONG),
    ],
)
def test_what_is_not_an_answer(answer: Given, fault: Fault) -> None:
    assert kept(answer) is fault


def test_a_comment_may_be_as_long_as_is_said() -> None:
    found = kept(Given(Filing.ONLINE, 3, words="ế" * MAX_COMMENT_CHARS, may_be_read=True))
    assert isinstance(found, Composed)
    assert found.record is not None
    assert found.record.survey is not None
    assert found.record.survey.remark == Remark("p" * 64, "1.900001", "2026-12", "ế" * MAX_COMMENT_CHARS)


@given(
    st.builds(
        Given,
        st.none() | st.sampled_from(Filing),
        st.none() | st.integers(),
        st.booleans(),
        st.none() | st.sampled_from(Reason),
        st.text(max_size=1200),
        st.booleans(),
    ),
    st.sampled_from([THREE, FIVE]),
)
def test_nothing_outside_of_the_scale_the_link_and_the_period_is_kept(answer: Given, scale: object) -> None:
    rules = RatingRules(FIVE if scale is FIVE else THREE)
    found = composed(QUESTION, answer, RATER, AROUND, rules, MASKER, None)
    if isinstance(found, Fault):
        return
    assert found.record is not None
    survey = found.record.survey
    assert survey is not None
    if survey.rating is not None:
        assert rules.scale.has(survey.rating.level)
        assert survey.rating == replace(
            RATING,
            scale=rules.scale.id,
            level=answer.level or 0,
            filing=answer.filing or Filing.ONLINE,
            is_helped=answer.is_helped,
        )
    assert (survey.rating is None) == (answer.filing is None) == (survey.obstacle is not None)
    words = [survey.remark.comment or "" if survey.remark else "", survey.obstacle.words if survey.obstacle else ""]
    assert answer.may_be_read or words == ["", ""]
    assert max(map(len, words)) <= MAX_COMMENT_CHARS


@pytest.mark.parametrize(
    ("code", "agency", "commune", "expected"),
    [
        ("1.900001", "H99.100", "", SUBJECT),
        ("1.900001", "", "", Subject("1.900001")),
        ("1.900001", "", "H99.101", Subject("1.900001", "", "", "H99.101")),
        ("1.900002", "H99", "H99.100", Subject("1.900002", "1.900002.01", "H99", "H99.100")),
        ("1.900002", "H99.100", "", Subject("1.900002", "", "H99.100", "H99.100")),
        ("1.900004", "H99.05", "", Subject("1.900005", "", "H99.05")),
        ("1.900001", "H99.05", "", None),
        ("1.900001", "H12.100", "", None),
        ("1.900005", "H12.100", "", None),
        ("1.900001", "H99.100", "H99.05", None),
        ("1.123456", "", "", None),
    ],
)
def test_the_service_of_a_link(code: str, agency: str, commune: str, expected: Subject | None) -> None:
    assert subject_of(CATALOGUE, code, agency, commune) == expected


def test_until_which_day_a_link_holds() -> None:
    last = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    assert question_of(CATALOGUE, LINK, last, RULES) == Question(LINK, SUBJECT, "2027-01")
    assert question_of(CATALOGUE, LINK, last + timedelta(seconds=1), RULES) is Closed.EXPIRED
    assert question_of(CATALOGUE, replace(LINK, code="1.123456"), NOW, RULES) is Closed.GONE


@pytest.mark.parametrize(
    ("agency", "commune", "name"),
    [("H99.05", "H99.100", "H99.100/quay-1"), ("H99.05", "", "H99.05/quay-1"), ("", "", "quay-1")],
)
def test_a_counter_of_one_place_is_not_that_of_another(agency: str, commune: str, name: str) -> None:
    assert link_name(replace(LINK, agency=agency, commune=commune)) == name


def test_an_address_is_another_one_every_day() -> None:
    keys = [address_key(b"k", "203.0.113.7", at) for at in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1))]
    assert keys[0] == keys[1] != keys[2]
    assert address_key(b"k", "", NOW) == ""


@given(st.text(max_size=60))
def test_no_link_but_a_signed_one_is_read(token: str) -> None:
    signer = Signer(b"k" * 32)
    path = signer.rating_path(LINK).rpartition("/")[2]
    assert signer.rating_link(path) == LINK
    assert signer.rating_link(token) is None
    assert signer.rating_link(path + token) == (LINK if token == "" else None)
