"""How things stand, in words for operators; no token among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.zalo_oa.errors import LOG_IN
from bot.channels.zalo_oa.status import (
    Account,
    OnlyReading,
    TokenState,
    account_from,
    account_line,
    in_words,
    token_line,
    token_state,
)
from bot.operations.messages.sending import OperatorError
from tests.unit.channels.zalo_oa.platform import NOW, pair

HOUR = timedelta(hours=1)
MADE, ENDS = "Tokens: made 2026-11-01 15:30 (Vietnam)", "2026-11-02 16:30 (Vietnam)"
LEFT = f"the access token works until {ENDS}"


@pytest.mark.parametrize(
    ("data", "account", "line"),
    [
        (
            {
                "oa_id": 388613280878808645,
                "name": "Một Cửa",
                "is_verified": True,
                "package_name": "Growth",
                "package_valid_through_date": "31/12/2027",
                "avatar": "https://a.test",
            },
            Account("388613280878808645", "Một Cửa", is_verified=True, package="Growth", package_until="31/12/2027"),
            "Official Account: Một Cửa (388613280878808645), verified, package Growth until 31/12/2027",
        ),
        (
            {"oa_id": "1", "name": "A\nB", "is_verified": False},
            Account("1", "A B", is_verified=False, package=None, package_until=None),
            "Official Account: A B (1), NOT verified, package not said",
        ),
        (
            {"oa_id": [], "name": True, "is_verified": "yes", "package_name": ""},
            Account(None, None, is_verified=None, package=None, package_until=None),
            "Official Account: without a name (no number), verified or not: not said, package not said",
        ),
    ],
)
def test_an_account(data: dict[str, object], account: Account, line: str) -> None:
    assert account_from(data) == account
    assert account_line(account) == line


def test_the_pair_of_the_store_goes_before_that_of_the_settings() -> None:
    kept = TokenState("store", NOW, NOW + 25 * HOUR, NOW + 20 * HOUR)
    assert token_state(pair(), pair(1)) == token_state(pair(), None) == kept
    assert token_state(None, pair(1)) == TokenState("settings", None, None, None)
    assert token_state(None, None) is None


@pytest.mark.parametrize(
    ("hours", "line"),
    [
        (
            3,
            f"{MADE}, 3 hours ago; {LEFT}, for another 22 hours; to be renewed 2026-11-02 11:30 (Vietnam), in 17 hours",
        ),
        (21, f"{MADE}, 21 hours ago; {LEFT}, for another 4 hours; to be renewed now, as soon as `serve` runs"),
        (30, f"{MADE}, 1 day 6 hours ago; ENDED {ENDS}, 5 hours ago; `serve` renews them, or else {LOG_IN}"),
    ],
)
def test_the_age_of_tokens(hours: int, line: str) -> None:
    assert token_line(token_state(pair(), None), NOW + hours * HOUR) == line


def test_tokens_of_unknown_age_and_none() -> None:
    assert token_line(token_state(None, pair()), NOW) == (
        "Tokens: those of the settings, made at a time that is not known; the first renewal goes into the store"
    )
    assert token_line(None, NOW) == f"Tokens: none; {LOG_IN}"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=2, hours=3, minutes=4), "2 days 3 hours"),
        (timedelta(days=1, minutes=1), "1 day 1 minute"),
        (timedelta(hours=1, minutes=20), "1 hour 20 minutes"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(seconds=-59), "less than a minute"),
    ],
)
def test_spans_in_words(span: timedelta, words: str) -> None:
    assert in_words(span) == words


async def test_looking_renews_nothing() -> None:
    assert await OnlyReading(pair()).access() == "A0"
    with pytest.raises(OperatorError, match=r"^Zalo takes the access token no longer"):
        await OnlyReading(pair()).access_instead("A0")
    for tokens in (None, replace(pair(), access="")):
        with pytest.raises(OperatorError, match=r"^there is no access token"):
            await OnlyReading(tokens).access()
