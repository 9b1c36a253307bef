"""An administrator's consent as a pair of tokens: the link to consent, the code that comes back, the pair kept.

The address that one is sent to after the consent need not exist: it is copied out of the browser by hand.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlencode

from bot.channels.zalo_oa.oauth import LIFE, as_token
from bot.channels.zalo_oa.tokens import LOCK_LIFE, Pause
from bot.errors import MotCuaError
from bot.operations.messages.receiving import Clock
from bot.settings.channels import ChannelSettings
from bot.store.registry import Registry, Tokens

_PURPOSE = b"zalo official account: code verifier"
_CODE = re.compile(r"[A-Za-z0-9_\-.~%+/=]{4,2000}", re.ASCII)
_PATIENCE = 65
"""How often, a second apart, the lock is asked for: a renewal under way may have it, for a minute at most."""


class LoginError(MotCuaError):
    """What the person at the keyboard has to do otherwise."""


@dataclass(frozen=True, slots=True)
class Pkce:
    """`verifier`: 43 characters, a secret; `challenge`: its SHA-256, for the console and for the link."""

    verifier: str = field(repr=False)
    challenge: str


def challenge_of(verifier: str) -> str:
    return _url_safe(hashlib.sha256(verifier.encode()).digest())


def pkce_of(secret_key: str) -> Pkce:
    """The application's pair: always the same, as the console has one field for the challenge; nobody can guess it."""
    verifier = _url_safe(hmac.new(secret_key.encode(), _PURPOSE, hashlib.sha256).digest())
    return Pkce(verifier, challenge_of(verifier))


def consent_link(settings: ChannelSettings, callback: str, challenge: str, state: str) -> str:
    """Where an administrator of the Official Account consents."""
    asked = {"app_id": settings.zalo_oa_app_id or "", "redirect_uri": callback}
    asked |= {"code_challenge": challenge, "state": state}
    return f"{settings.zalo_oauth_base}/v4/oa/permission?{urlencode(asked)}"


def code_in(pasted: str, state: str, account: str | None) -> str:
    """The code in the address that the browser was sent to (or alone). Raises LoginError.

    `account`: the Official Account that is meant; None: any.
    """
    pasted = pasted.strip()
    if "?" not in pasted and "://" not in pasted and _CODE.fullmatch(pasted):
        return pasted
    given = {name: values[0] for name, values in parse_qs(pasted.partition("#")[0].partition("?")[2]).items()}
    if given.get("state", state) != state:
        raise LoginError("this address belongs to another login; begin again and paste the newest address")
    if given.get("error") == "access_denied":
        raise LoginError("the consent was refused; log in again, and have an administrator of the account allow it")
    if account is not None and given.get("oa_id", account) != account:
        raise LoginError("consent was given for another Official Account than ZALO_OA_ID; choose that one, or mend it")
    code = given.get("code", "")
    if not _CODE.fullmatch(code):
        raise LoginError("there is no code in it; paste the whole address of the page after the consent, with ?code=…")
    return code


def pair_by_hand(access: str, refresh: str, now: datetime) -> Tokens:
    """A pair that was just made in the platform's API Explorer. Raises LoginError."""
    given = [as_token(value.strip()) for value in (access, refresh)]
    if given[0] is None or given[1] is None:
        raise LoginError("that is no token; copy both once more, each as a whole and without blanks")
    return Tokens(given[0], given[1], made_at=now, expires_at=now + LIFE)


async def save(
    registry: Registry, account: str, tokens: Tokens, holder: str, clock: Clock, pause: Pause = asyncio.sleep
) -> None:
    """Keep the pair, in turn with a renewal that may be under way. Raises LoginError and StoreError."""
    for _ in range(_PATIENCE):
        now = clock()
        if await registry.lock_tokens(account, holder, now, now + LOCK_LIFE):
            break
        await pause(1.0)
    else:
        raise LoginError("another process is renewing the tokens and does not come to an end; try again in a minute")
    try:
        if not await registry.keep_tokens(account, tokens, holder):
            raise LoginError("the tokens could not be kept; try again")
    finally:
        await registry.unlock_tokens(account, holder)


def _url_safe(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
