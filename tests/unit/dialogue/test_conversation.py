"""What is remembered survives the store, and nothing that is kept can break a conversation."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice
from bot.dialogue.profile import NOBODY, Profile

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
PROFILE = Profile(language="en", commune="H99.101", commune_asked=True)
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
    updated_at=NOW,
)

TEXT = st.text(max_size=20)
SOME = st.none() | TEXT
CHOICES = st.lists(st.builds(Choice, TEXT, TEXT), max_size=4).map(tuple)
TEXTS = st.lists(TEXT, max_size=4).map(tuple)
ANY = st.builds(
    Conversation,
    profile=st.builds(Profile, SOME, SOME, st.booleans()),
    choices=CHOICES,
    waiting=CHOICES,
    asks=TEXTS,
    procedure=SOME,
    agency=SOME,
    others=TEXTS,
    trail=TEXTS,
    language=SOME,
    judged=st.booleans(),
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
    assert KEPT.at(NOW + day + timedelta(seconds=1), day) == Conversation(profile=PROFILE, updated_at=KEPT.updated_at)


def test_new_is_only_what_nothing_was_said_in() -> None:
    later = KEPT.at(NOW + timedelta(days=9), timedelta(days=1))
    assert [c.is_new for c in (Conversation(), Conversation.from_json(None), KEPT, later)] == [True, True, False, False]
