"""The secret key has many uses, and what it makes for one is of no use for another."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels import terminal, web_chat
from bot.dialogue import receipts
from bot.dialogue.signed_links import PortalLink, RatingLink, ReviewLink, ShareLink, Signer
from bot.operations.rating_links.answers import LINK_CHANNEL, address_key
from bot.operations.staff.entering import Entrance
from bot.ratings.model import Origin
from bot.store.person import fingerprint, person_key
from bot.store.reviews import Team
from bot.web import person, rating_desk, review_page

KEY, BEFORE, OTHER = b"k" * 32, b"b" * 32, b"o" * 32
AT, DAY = datetime(2026, 11, 22, tzinfo=UTC), date(2026, 12, 31)
SIGNER = Signer(KEY)
CHANNELS = ("telegram", "zalo_oa", "zalo_bot", web_chat.CHANNEL, terminal.CHANNEL, LINK_CHANNEL)
PURPOSES = (
    *("portal", "rating", "review", "share"),
    *(person._PURPOSE, rating_desk._VISITOR, review_page._ONCE, receipts._PURPOSE),
)
KINDS = ("name", "address", "code", "again", "nobody")
ENTRANCE = Entrance.__new__(Entrance)
ENTRANCE._secret = KEY
Use = Callable[[str], object]
USES: dict[str, Use] = {
    **{f"person {name}": lambda said, name=name: person_key(KEY, name, said) for name in CHANNELS},  # type: ignore[misc]
    **{f"sign {name}": lambda said, name=name: SIGNER.sign(name, said) for name in PURPOSES},  # type: ignore[misc]
    **{f"staff {name}": lambda said, name=name: ENTRANCE._key(name, said) for name in KINDS},  # type: ignore[misc]
    "address": lambda said: address_key(KEY, said or "-", AT),
    "fingerprint": lambda _: fingerprint(KEY),
}


def test_links_are_signed_for_the_purposes_named_here() -> None:
    """Each is read as what it is, and signed under its own name."""
    rating = RatingLink("1.001193", "", "", Origin.COUNTER, "q", DAY)
    paths = {
        "portal": SIGNER.portal_path(PortalLink("1.001193")),
        "rating": SIGNER.rating_path(rating),
        "review": SIGNER.review_path(ReviewLink("", Team.YOUTH, "", "q", DAY)),
    }
    for purpose, path in paths.items():
        assert [name for name in PURPOSES if SIGNER.read(name, path.rpartition("/")[2]) is not None] == [purpose]
    said, _, signature = SIGNER.share_id(ShareLink("1001193")).rpartition(".")
    assert [name for name in PURPOSES if SIGNER.sign(name, said).rpartition("~")[2].startswith(signature)] == ["share"]


@given(st.text(max_size=40))
def test_a_signature_of_one_purpose_is_none_of_another(said: str) -> None:
    assert len(set(PURPOSES)) == len(PURPOSES)
    for one, other in permutations(PURPOSES, 2):
        assert (SIGNER.read(one, SIGNER.sign(one, said)), SIGNER.read(other, SIGNER.sign(one, said))) == (said, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_two_uses_ever_hash_the_same(monkeypatch: pytest.MonkeyPatch, one: str, other: str) -> None:
    """Whatever somebody may choose in them: an id, a name, an address, what stands in a link."""
    hashed: list[bytes] = []
    made = hmac.new

    def hear(key: bytes, msg: bytes, digestmod: Any) -> Any:
        hashed.append(msg)
        return made(key, msg, digestmod)

    def message(use: Use, said: str) -> bytes:
        use(said)
        return hashed.pop()

    with monkeypatch.context() as patch:
        patch.setattr(hmac, "new", hear)
        ones, others = ({name: message(use, said) for name, use in USES.items()} for said in (one, other))
    for first, second in combinations(USES, 2):
        assert ones[first] != others[second]
        # None is the beginning of what another hashes, up to where what somebody chooses begins.
        head = [ones[name][: len(ones[name]) - len(one.encode("utf-8", "replace"))] for name in (first, second)]
        assert head[0] != head[1]


@given(st.sampled_from(PURPOSES), st.text(max_size=40))
def test_what_an_earlier_key_signed_is_taken_and_new_is_signed_by_the_current(purpose: str, said: str) -> None:
    both = Signer(KEY, (BEFORE,))
    assert both.sign(purpose, said) == SIGNER.sign(purpose, said)
    old, foreign = Signer(BEFORE).sign(purpose, said), Signer(OTHER).sign(purpose, said)
    assert [both.read(purpose, one) for one in (old, foreign)] == [said, None]
    assert SIGNER.read(purpose, old) is None


def test_what_was_printed_under_an_earlier_key_goes_on_working() -> None:
    both, before = Signer(KEY, (OTHER, BEFORE)), Signer(BEFORE)
    rating, share = RatingLink("1.001193", "H27.118", "", Origin.COUNTER, "quay-1", DAY), ShareLink("1001193", 7)
    review, portal = ReviewLink("", Team.YOUTH, "", "doi-1", DAY), PortalLink("1.001193", person="0123456789ab")
    read = (
        both.rating_link(before.rating_path(rating).rpartition("/")[2]),
        both.share_link(before.share_id(share)),
        both.review_link(before.review_path(review).rpartition("/")[2]),
        both.portal_link(before.portal_path(portal).rpartition("/")[2]),
    )
    assert read == (rating, share, review, portal)
    assert SIGNER.share_link(before.share_id(share)) is None
