"""What is remembered survives the store, and nothing that is kept can break a conversation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.conversation import Conversation
from bot.dialogue.guards import Allowance
from bot.dialogue.messages import Choice
from bot.dialogue.profile import NOBODY, Profile, Rated
from bot.dialogue.sharing import Brought
from bot.dialogue.survey import Asked, Awaits
from bot.ratings.model import Filing, Origin, Reason, Subject
from bot.store.sharing import Via

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
PROFILE = Profile(
    "en", "H99.101", commune_asked=True, follow_ups=False, rated=(Rated("1.001193", "2026-12", "five", 4),)
)
ASKED = Asked(
    Subject("1.001193", "1.001193.01", "H99.101", "H99.102"),
    "2026-12",
    Origin.FOLLOW_UP,
    Filing.HELPER,
    2,
    is_helped=True,
    reason=Reason.OTHER,
    awaits=Awaits.COMMENT,
)
BROUGHT = Brought(Via(3, "H99.101"), NOW - timedelta(days=5, hours=20))
KEPT = Conversation(
    profile=PROFILE,
    choices=(Choice("tt:1.001193", "Khai sinh"),),
    waiting=(Choice("tt:1.000894", "Kết hôn"),),
    asks=("fee",),
    procedure="1.001193",
    agency="H99.101",
    others=("1.000656", "1.004884"),
    trail=("start", "tt:1.001193@H99.101"),
    language="vi",
    judged=True,
    urgent="emergency_fire",
    asked=ASKED,
    brought=BROUGHT,
    allowance=Allowance(3.5, NOW),
    updated_at=NOW,
)

TEXT = st.text(max_size=20)
SOME = st.none() | TEXT
CHOICES = st.lists(st.builds(Choice, TEXT, TEXT), max_size=4).map(tuple)
TEXTS = st.lists(TEXT, max_size=4).map(tuple)
RATED = st.lists(st.builds(Rated, TEXT, TEXT, TEXT, st.integers()), max_size=3).map(tuple)
ANY_ASKED = st.builds(
    Asked,
    st.builds(Subject, TEXT, TEXT, TEXT, TEXT),
    TEXT,
    st.sampled_from(Origin),
    st.none() | st.sampled_from(Filing),
    st.none() | st.integers(),
    st.booleans(),
    st.none() | st.sampled_from(Reason),
    st.sampled_from(Awaits),
)
ANY = st.builds(
    Conversation,
    profile=st.builds(Profile, SOME, SOME, st.booleans(), st.booleans(), RATED),
    choices=CHOICES,
    waiting=CHOICES,
    asks=TEXTS,
    procedure=SOME,
    agency=SOME,
    others=TEXTS,
    trail=TEXTS,
    language=SOME,
    judged=st.booleans(),
    urgent=SOME,
    asked=st.none() | ANY_ASKED,
    updated_at=st.datetimes(timezones=st.just(UTC)),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def test_there_and_back() -> None:
    assert Conversation.from_json(KEPT.to_json()) == KEPT


@given(ANY)
def test_there_and_back_with_anything_in_it(kept: Conversation) -> None:
    assert Conversation.from_json(kept.to_json()) == kept


def test_what_the_release_before_kept_is_still_read() -> None:
    old = {
        "choices": [["tt:1.001193", "Khai sinh"]],
        "waiting": [["tt:1.000894", "Kết hôn"]],
        "asks": ["fee"],
        "procedure": "1.001193",
        "updated_at": "2026-11-21T08:00:00+00:00",
    }
    assert Conversation.from_json(json.dumps(old)) == Conversation(
        choices=KEPT.choices, waiting=KEPT.waiting, asks=("fee",), procedure="1.001193", updated_at=NOW
    )


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", "5", "null", "{}", '{"choices": [[1]]}', "[" * 100_000, '{"choices": 5}']
)
def test_what_cannot_be_read_is_a_new_conversation(text: str | None) -> None:
    assert Conversation.from_json(text) == Conversation()


@given(st.dictionaries(st.sampled_from([*ASKED.to_fields(), "else"]), JSON))
def test_a_question_that_cannot_be_read_takes_nothing_else_with_it(fields: dict[str, object]) -> None:
    """Who said that they want no questions is not asked again because of it."""
    kept = json.loads(KEPT.to_json())
    read = Conversation.from_json(json.dumps({**kept, "asked": {**kept["asked"], **fields}}))
    assert replace(read, asked=None) == replace(KEPT, asked=None)


@pytest.mark.parametrize(
    "asked",
    [5, "x", [], {}, {"subject": []}, {**ASKED.to_fields(), "reason": "weather"}, {**ASKED.to_fields(), "level": "3"}],
)
def test_a_question_that_is_none(asked: object) -> None:
    kept = json.loads(KEPT.to_json())
    assert Conversation.from_json(json.dumps({**kept, "asked": asked})) == replace(KEPT, asked=None)


@pytest.mark.parametrize(
    "rated", [None, 5, "x", {}, [5], [[]], [["a", "b", "c"]], [["a", "b", "c", "3"]], [["a", "b", "c", True]]]
)
def test_a_rating_that_cannot_be_read_was_not_told(rated: object) -> None:
    assert Profile.from_fields({"commune": "H99.101", "rated": rated}) == Profile(commune="H99.101")


def test_the_last_ten_ratings_are_remembered_one_for_each_procedure() -> None:
    profile = Profile()
    for number in range(12):
        profile = profile.with_rating(Rated(f"1.{number:06}", "2026-11", "three", 1))
    profile = profile.with_rating(Rated("1.000005", "2026-12", "three", 3))
    assert [rated.code for rated in profile.rated] == [f"1.{n:06}" for n in (2, 3, 4, 6, 7, 8, 9, 10, 11, 5)]
    found = [profile.rated_in("1.000005", period) for period in ("2026-11", "2026-12")]
    assert found == [None, Rated("1.000005", "2026-12", "three", 3)]


@given(st.dictionaries(st.sampled_from([*json.loads(KEPT.to_json()), "else"]), JSON))
def test_no_json_breaks_a_conversation(fields: dict[str, object]) -> None:
    assert isinstance(Conversation.from_json(json.dumps({**json.loads(KEPT.to_json()), **fields})), Conversation)


@pytest.mark.parametrize(
    ("fields", "profile"),
    [
        (None, NOBODY),
        ([], NOBODY),
        ({}, NOBODY),
        ({"language": 5, "commune": ["x"], "commune_asked": "yes"}, NOBODY),
        ({"commune": "H99.101"}, Profile(commune="H99.101")),
        (PROFILE.to_fields(), PROFILE),
    ],
)
def test_a_profile_holds_what_is_of_the_right_kind(fields: object, profile: Profile) -> None:
    assert Profile.from_fields(fields) == profile


def test_of_an_old_conversation_only_the_profile_is_left() -> None:
    day = timedelta(hours=24)
    assert KEPT.at(NOW + day, day) == KEPT
    assert KEPT.at(NOW + day + timedelta(seconds=1), day) == Conversation(
        profile=PROFILE, brought=BROUGHT, updated_at=KEPT.updated_at
    )


def test_new_is_only_what_nothing_was_said_in() -> None:
    later = KEPT.at(NOW + timedelta(days=9), timedelta(days=1))
    assert [c.is_new for c in (Conversation(), Conversation.from_json(None), KEPT, later)] == [True, True, False, False]


def test_by_whose_link_somebody_came_is_known_for_a_week() -> None:
    day = timedelta(days=1)
    later, week_over = NOW + timedelta(hours=28), NOW + timedelta(hours=28, microseconds=1)
    assert KEPT.at(later, 2 * day) == KEPT
    assert KEPT.at(week_over, 2 * day) == replace(KEPT, brought=None)
    assert KEPT.at(later, timedelta(hours=1)) == Conversation(profile=PROFILE, brought=BROUGHT, updated_at=NOW)
    assert KEPT.at(week_over, timedelta(hours=1)) == Conversation(profile=PROFILE, updated_at=NOW)


@pytest.mark.parametrize("wrong", ["x", [], [1, "H99"], ["x", "H99", "2026-11-21"], [1, "H99", "gestern"], [1, "H", 3]])
def test_who_brought_somebody_is_forgotten_where_it_cannot_be_read(wrong: object) -> None:
    assert Brought.from_fields(wrong) is None
