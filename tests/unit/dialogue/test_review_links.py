"""A team's link says what it says, and nobody else can make one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.signed_links import REVIEW_PATH, RatingLink, ReviewLink, Signer
from bot.ratings.model import Origin
from bot.store.reviews import Team

SIGNER = Signer(b"s" * 32)
LINK = ReviewLink("1.001193", Team.DIGITAL, "H27.101", "to-1", date(2027, 3, 31))
_ID = st.text("abcXYZ019_-", min_size=1, max_size=24)
_LINKS = st.builds(
    ReviewLink,
    st.sampled_from(["", "1.001193"]),
    st.sampled_from(Team),
    st.sampled_from(["", "H27.101"]),
    _ID,
    st.dates(date(2026, 1, 1), date(2099, 12, 31)),
)


def token_of(link: ReviewLink) -> str:
    return SIGNER.review_path(link).removeprefix(f"{REVIEW_PATH}/")


@given(_LINKS)
def test_what_is_written_is_read(link: ReviewLink) -> None:
    token = token_of(link)
    assert (SIGNER.review_link(token), Signer(b"t" * 32).review_link(token)) == (link, None)


@given(_LINKS, st.integers(0, 200), st.characters(codec="utf-8"))
def test_another_letter_anywhere_and_it_is_not_ours(link: ReviewLink, at: int, letter: str) -> None:
    token = token_of(link)
    at %= len(token)
    changed = f"{token[:at]}{letter}{token[at + 1 :]}"
    assert SIGNER.review_link(changed) == (link if changed == token else None)


def test_a_link_of_another_kind_is_none() -> None:
    rating = RatingLink("1.001193", "H27.101", "", Origin.TEAM, "to-1", date(2027, 3, 31))
    assert SIGNER.review_link(SIGNER.rating_path(rating).rpartition("/")[2]) is None
    assert SIGNER.rating_link(token_of(LINK)) is None
    assert [SIGNER.review_link(text) for text in ("", "~", token_of(replace(LINK, until=date(2027, 2, 28))) + "x")] == [
        None
    ] * 3
