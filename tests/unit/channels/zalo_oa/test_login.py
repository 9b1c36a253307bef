"""Logging in: the link, the code in what was pasted, the pair that goes into the store in turn."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.channels.zalo_oa.login import LoginError, challenge_of, code_in, consent_link, pair_by_hand, pkce_of, save
from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.transport import Transport
from tests.unit.channels.zalo_oa.payloads import ACCOUNT, APP, SECRET_KEY, settings
from tests.unit.channels.zalo_oa.platform import NOW, TOKENS, Asked, Clock, MemoryRegistry, Platform, pair, served

CALLBACK = "https://hoidap.example.gov.vn/"
CODE = "TZXBewEJpN8HGkfVlOWn"


def test_the_pair_of_the_code_is_the_applications_own() -> None:
    pkce = pkce_of(SECRET_KEY)
    assert pkce == pkce_of(SECRET_KEY)
    assert pkce != pkce_of("another")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", pkce.verifier)
    digest = hashlib.sha256(pkce.verifier.encode()).digest()
    assert pkce.challenge == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert pkce.verifier not in repr(pkce)


def test_the_challenge_of_the_standards_example() -> None:
    """RFC 7636, appendix B."""
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_link_to_consent() -> None:
    link = urlsplit(consent_link(settings(), CALLBACK, "challenge", "state"))
    assert (link.scheme, link.netloc, link.path) == ("https", "oauth.zaloapp.com", "/v4/oa/permission")
    assert parse_qs(link.query) == {
        "app_id": [APP],
        "redirect_uri": [CALLBACK],
        "code_challenge": ["challenge"],
        "state": ["state"],
    }


@pytest.mark.parametrize(
    "pasted",
    [
        f"{CALLBACK}?code={CODE}&oa_id={ACCOUNT}",
        f"  {CALLBACK}?oa_id={ACCOUNT}&code={CODE}&state=state#top\n",
        f"?code={CODE}",
        CODE,
    ],
)
def test_the_code_in_what_was_pasted(pasted: str) -> None:
    assert code_in(pasted, "state", ACCOUNT) == CODE


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("", "there is no code in it"),
        (CALLBACK, "there is no code in it"),
        (f"{CALLBACK}?code=", "there is no code in it"),
        (f"{CALLBACK}?code=a b", "there is no code in it"),
        (f"{CALLBACK}?error=access_denied&state=state", "the consent was refused"),
        (f"{CALLBACK}?error=server_error", "there is no code in it"),
        (f"{CALLBACK}?code={CODE}&state=other", "this address belongs to another login"),
        (f"{CALLBACK}?code={CODE}&oa_id=999999", "consent was given for another Official Account"),
    ],
)
def test_what_was_pasted_is_of_no_use(pasted: str, said: str) -> None:
    with pytest.raises(LoginError, match=f"^{said}"):
        code_in(pasted, "state", ACCOUNT)


def test_any_account_will_do_where_none_is_set() -> None:
    assert code_in(f"{CALLBACK}?code={CODE}&oa_id=999999", "state", None) == CODE


async def test_a_code_becomes_a_pair() -> None:
    platform = Platform()
    async with served(platform) as url:
        transport = Transport()
        tokens = await TokenAddress(settings(zalo_oauth_base=url), transport, Clock()).exchange(CODE, "verifier")
        await transport.close()
    form = {"code": CODE, "code_verifier": "verifier", "grant_type": "authorization_code", "app_id": APP}
    assert (tokens, platform.asked) == (pair(1), [Asked(TOKENS, {"secret_key": SECRET_KEY}, form)])


def test_a_pair_made_by_hand() -> None:
    assert pair_by_hand(" A0\n", "R0 ", NOW) == pair()


@pytest.mark.parametrize(("access", "refresh"), [("", "R0"), ("A0", ""), ("A 0", "R0"), ("A0", "R\u00e90")])
def test_a_pair_that_is_none(access: str, refresh: str) -> None:
    with pytest.raises(LoginError) as raised:
        pair_by_hand(access, refresh, NOW)
    assert str(raised.value) == "that is no token; copy both once more, each as a whole and without blanks"


async def test_the_new_pair_takes_the_place_of_the_old() -> None:
    registry, clock = MemoryRegistry(pair()), Clock()
    await save(registry, "account", pair(5), "login", clock, clock.pause)
    assert (registry.pairs, registry.locks) == ({"account": pair(5)}, {})
    assert registry.log == ["login locks for 60 s", "login keeps A5", "login unlocks"]


async def test_it_waits_for_a_renewal_under_way() -> None:
    registry, clock = MemoryRegistry(pair()), Clock()
    registry.locks["account"] = ("server", NOW + timedelta(seconds=10))
    await save(registry, "account", pair(5), "login", clock, clock.pause)
    assert (registry.pairs, clock.now - NOW) == ({"account": pair(5)}, timedelta(seconds=10))


async def test_it_does_not_wait_for_ever() -> None:
    registry, clock = MemoryRegistry(pair()), Clock()
    registry.locks["account"] = ("server", NOW + timedelta(days=1))
    with pytest.raises(LoginError, match=r"^another process is renewing the tokens"):
        await save(registry, "account", pair(5), "login", clock, clock.pause)
    assert registry.pairs == {"account": pair()}


async def test_a_lock_that_was_lost_keeps_nothing() -> None:
    registry, clock = MemoryRegistry(pair()), Clock()

    async def not_kept(*_: object) -> bool:
        return False

    registry.keep_tokens = not_kept  # type: ignore[method-assign, assignment]
    with pytest.raises(LoginError, match=r"^the tokens could not be kept"):
        await save(registry, "account", pair(5), "login", clock, clock.pause)
    assert (registry.pairs, registry.locks) == ({"account": pair()}, {})
