"""The address of one's own data holds for a quarter of an hour, for one person, and does not name them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.own_links import VALID_FOR, own_data_token, person_of_token
from bot.dialogue.signed_links import Signer

SECRET = b"s" * 32
NOW = datetime(2026, 11, 22, 8, 21, tzinfo=UTC)
PEOPLE = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)


@given(PEOPLE)
def test_there_and_back(person: str) -> None:
    token = own_data_token(SECRET, person, NOW)
    assert person_of_token(SECRET, token, NOW) == person
    assert person_of_token(SECRET, token, NOW + VALID_FOR) == person
    assert person_of_token(SECRET, token, NOW + VALID_FOR + timedelta(seconds=1)) is None
    assert person_of_token(b"t" * 32, token, NOW) is None
    assert person[:12] not in token
    assert own_data_token(SECRET, person, NOW) != token


@given(PEOPLE, st.integers(0, 90), st.sampled_from("Ab0_-~."))
def test_another_letter_makes_it_nobodys(person: str, place: int, letter: str) -> None:
    token = own_data_token(SECRET, person, NOW)
    changed = token[:place] + letter + token[place + 1 :]
    assert person_of_token(SECRET, changed, NOW) == (person if changed == token else None)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert person_of_token(SECRET, text, NOW) is None
    assert person_of_token(SECRET, Signer(SECRET).sign("own data", text), NOW) is None
    assert person_of_token(SECRET, Signer(SECRET).sign("person", text), NOW) is None
