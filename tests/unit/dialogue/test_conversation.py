"""What is remembered survives the store, and nothing that is kept can break a conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
KEPT = Conversation(
    (Choice("tt:1.001193", "Khai sinh"),), (Choice("tt:1.000894", "Kết hôn"),), ("fee",), "1.001193", NOW
)


def test_there_and_back() -> None:
    assert Conversation.from_json(KEPT.to_json()) == KEPT


@given(st.lists(st.tuples(st.text(), st.text())), st.none() | st.text())
def test_there_and_back_with_anything_in_it(choices: list[tuple[str, str]], procedure: str | None) -> None:
    kept = Conversation(tuple(Choice(*pair) for pair in choices), procedure=procedure, updated_at=NOW)
    assert Conversation.from_json(kept.to_json()) == kept


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", "5", "null", "{}", '{"choices": [[1]]}', "[" * 100_000, '{"choices": 5}']
)
def test_what_cannot_be_read_is_a_new_conversation(text: str | None) -> None:
    assert Conversation.from_json(text) == Conversation()


def test_an_old_conversation_is_forgotten() -> None:
    day = timedelta(hours=24)
    assert KEPT.at(NOW + day, day) == KEPT
    assert KEPT.at(NOW + day + timedelta(seconds=1), day) == Conversation()
