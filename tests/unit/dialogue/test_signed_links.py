"""Links that only we can make: what is signed is read back, and nothing else is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.signed_links import PERSON_DIGITS, PORTAL_PATH, RATING_PATH, PortalLink, RatingLink, ShareLink, Signer
from bot.ratings.model import Origin
from bot.store.sharing import Via

OURS, THEIRS = Signer(b"ours" * 8), Signer(b"theirs" * 8)
CODES = st.from_regex(r"[1-9]\.[0-9]{6}", fullmatch=True)
AGENCIES = st.just("") | st.from_regex(r"[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3}", fullmatch=True)
PEOPLE = st.just("") | st.from_regex(rf"[0-9a-f]{{{PERSON_DIGITS}}}", fullmatch=True)
VIAS = st.none() | st.builds(Via, st.integers(0, 999_999), AGENCIES)
PORTAL = st.builds(PortalLink, CODES, AGENCIES, PEOPLE, VIAS)
RATING = st.builds(
    RatingLink,
    CODES,
    AGENCIES,
    AGENCIES,
    st.sampled_from([Origin.COUNTER, Origin.TEAM]),
    st.from_regex(r"[A-Za-z0-9_-]{1,24}", fullmatch=True),
    st.dates(date(2026, 1, 1), date(2099, 12, 31)),
    st.booleans(),
    st.integers(0, 999_999),
)
ANYTHING = st.text(max_size=80) | st.from_regex(r"[1-9]\.[0-9]{6}~[A-Z0-9.~_-]{0,60}", fullmatch=True)
LINK = RatingLink("1.001193", "H27.118", "H27.118", Origin.COUNTER, "quay-1", date(2026, 12, 31))


def token(path: str, prefix: str) -> str:
    assert path.startswith(f"{prefix}/")
    return path.removeprefix(f"{prefix}/")


@given(PORTAL)
def test_a_portal_link_is_read_back_by_us_alone(link: PortalLink) -> None:
    path = OURS.portal_path(link)
    said = token(path, PORTAL_PATH)
    assert (OURS.portal_link(said), THEIRS.portal_link(said)) == (link, None)
    # Nothing in it has to be written otherwise in an address.
    assert path.isascii()
    assert set(path) <= set("/~.-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def test_only_the_beginning_of_a_hash_stands_in_a_link() -> None:
    link = PortalLink("1.001193", "H27.118", "0123456789abcdef" * 4)
    assert OURS.portal_link(token(OURS.portal_path(link), PORTAL_PATH)) == PortalLink(
        "1.001193", "H27.118", "0123456789ab"
    )


def test_links_made_before_teams_were_counted_are_read_still() -> None:
    old = "1.001193~H27.118~0123456789ab~" + OURS.sign("portal", "1.001193~H27.118~0123456789ab").rpartition("~")[2]
    assert OURS.portal_link(old) == PortalLink("1.001193", "H27.118", "0123456789ab")
    assert OURS.portal_path(PortalLink("1.001193", "H27.118", "0123456789ab")) == f"{PORTAL_PATH}/{old}"


def test_nobody_puts_a_team_into_a_link_of_ours() -> None:
    said = token(OURS.portal_path(PortalLink("1.001193", "", "", Via(3, "H27.118"))), PORTAL_PATH)
    assert said.startswith("1.001193~~~3.H27.118~")
    assert [OURS.portal_link(said.replace(*other)) for other in (("~3.", "~4."), ("~3.H27.118", ""))] == [None, None]


@given(RATING)
def test_a_rating_link_is_read_back_by_us_alone(link: RatingLink) -> None:
    said = token(OURS.rating_path(link), RATING_PATH)
    assert (OURS.rating_link(said), THEIRS.rating_link(said)) == (link, None)


@given(PORTAL, RATING)
def test_one_kind_of_link_is_not_read_as_the_other(portal: PortalLink, rating: RatingLink) -> None:
    portal_token = token(OURS.portal_path(portal), PORTAL_PATH)
    rating_token = token(OURS.rating_path(rating), RATING_PATH)
    assert (OURS.rating_link(portal_token), OURS.portal_link(rating_token)) == (None, None)


@given(ANYTHING)
def test_nothing_but_ours_is_read(text: str) -> None:
    assert (OURS.portal_link(text), OURS.rating_link(text), OURS.read("cookie", text)) == (None, None, None)


@given(RATING, st.data())
def test_one_changed_letter_makes_it_nobodys(link: RatingLink, data: st.DataObject) -> None:
    said = token(OURS.rating_path(link), RATING_PATH)
    place = data.draw(st.integers(0, len(said) - 1))
    letter = data.draw(st.sampled_from("AZaz09_-~.").filter(lambda other: other != said[place]))
    assert OURS.rating_link(said[:place] + letter + said[place + 1 :]) is None


@pytest.mark.parametrize("until", ["20261332", "00000101"])
def test_a_day_that_is_none_makes_no_link(until: str) -> None:
    said, _, _ = token(OURS.rating_path(LINK), RATING_PATH).replace("20261231", until).rpartition("~")
    signed = OURS.sign("rating", said)
    assert OURS.rating_link(signed) is None


@pytest.mark.parametrize("origin", [Origin.CARD, Origin.FOLLOW_UP])
def test_only_counters_and_teams_have_links(origin: Origin) -> None:
    with pytest.raises(StopIteration):
        OURS.rating_path(RatingLink("1.001193", "", "", origin, "a", date(2026, 12, 31)))


@given(st.text(max_size=40), st.sampled_from(["cookie", "form"]))
def test_what_is_signed_for_one_purpose_is_read_for_that_alone(value: str, purpose: str) -> None:
    signed = OURS.sign(purpose, value)
    other = "form" if purpose == "cookie" else "cookie"
    assert (OURS.read(purpose, signed), OURS.read(other, signed), THEIRS.read(purpose, signed)) == (value, None, None)


@pytest.mark.parametrize("text", ["", "~", "~~", "a~", "\ud800", "\ud800~\ud800", "a~" + "A" * 12])
def test_odd_text_is_none_of_ours(text: str) -> None:
    assert (OURS.portal_link(text), OURS.rating_link(text), OURS.read("cookie", text)) == (None, None, None)


SHARE = st.builds(
    ShareLink,
    st.from_regex(r"[1-4][0-9]{6}|[ef]-[a-z0-9-]{1,60}", fullmatch=True),
    st.integers(0, 999_999),
    st.just("") | st.from_regex(r"[0-9]{5}", fullmatch=True),
)


@given(SHARE)
def test_a_share_link_is_read_back_by_us_alone(link: ShareLink) -> None:
    share_id = OURS.share_id(link)

    assert (OURS.share_link(share_id), THEIRS.share_link(share_id)) == (link, None)


@given(SHARE, st.integers(1, 999_999))
def test_nobody_makes_a_link_of_another_team(link: ShareLink, team: int) -> None:
    target, _, rest = OURS.share_id(link).split(".", 2)
    made = f"{target}.{team}.{rest}"

    assert OURS.share_link(made) == (link if team == link.team else None)


@given(ANYTHING)
def test_anything_else_is_no_share_link(text: str) -> None:
    assert OURS.share_link(text) is None
