"""The platform's token address: a pair of tokens for a code, or for the refresh token of the pair before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.channels.zalo_oa.errors import LOG_IN, TO_DO, Remedy, code_of, remedy_of, said_by, seconds_to_next_minute
from bot.channels.zalo_oa.transport import Transport
from bot.operations.messages.receiving import Clock
from bot.operations.messages.sending import OperatorError, WaitError
from bot.settings.channels import ChannelSettings
from bot.store.registry import Tokens

LIFE = timedelta(hours=25)
"""How long an access token works, as documented; the answer says it as well."""
REFRESH_LIFE = timedelta(days=90)
"""How long a refresh token works, as documented (three months); no answer says it."""
_AT_RENEWAL: Mapping[int, str] = {-14004: "ZALO_OA_APP_ID or ZALO_OA_SECRET_KEY is wrong; copy both again"}
_AT_LOGIN: Mapping[int, str] = {
    **TO_DO,
    **_AT_RENEWAL,
    -14005: "the code is older than ten minutes or was used already; open the link again: python -m bot zalo login",
}
"""What to do about a code. No list of this address's codes is published: most get a general sentence, and the
platform's own words stand before each."""
_LONGEST = timedelta(days=90)
_TOKEN = re.compile(r"[!-~]{1,4096}", re.ASCII)


class TokenAddress:
    """Every call that succeeds ends the life of the pair before."""

    def __init__(self, settings: ChannelSettings, transport: Transport, clock: Clock) -> None:
        key = settings.zalo_oa_secret_key
        self._url = f"{settings.zalo_oauth_base}/v4/oa/access_token"
        self._app_id = settings.zalo_oa_app_id or ""
        self._headers = {"secret_key": "" if key is None else key.get_secret_value()}
        self._transport = transport
        self._clock = clock

    async def renew(self, refresh: str) -> Tokens:
        """A new pair for a refresh token, which works once.

        Raises OperatorError where it is refused, UnreachableError where nothing was sent, WaitError, and UncertainError
        where it is not known what became of the token.
        """
        return await self._ask({"refresh_token": refresh, "grant_type": "refresh_token"}, _AT_RENEWAL)

    async def exchange(self, code: str, verifier: str) -> Tokens:
        """The first pair for the code that an administrator's consent gave. Raises as `renew` does."""
        form = {"code": code, "code_verifier": verifier, "grant_type": "authorization_code"}
        return await self._ask(form, _AT_LOGIN)

    async def _ask(self, form: Mapping[str, str], to_do: Mapping[int, str]) -> Tokens:
        answer = await self._transport.post_form(self._url, self._headers, {**form, "app_id": self._app_id})
        now = self._clock()
        access, refresh = as_token(answer.get("access_token")), as_token(answer.get("refresh_token"))
        if access is not None and refresh is not None:
            return Tokens(access, refresh, made_at=now, expires_at=now + _life(answer.get("expires_in")))
        if remedy_of(answer) is Remedy.WAIT:
            raise WaitError(said_by(answer), seconds_to_next_minute(now))
        # Whatever is no pair is a refusal.
        raise OperatorError(f"{said_by(answer)}: {to_do.get(code_of(answer) or 0, f'no tokens were given, {LOG_IN}')}")


def as_token(value: object) -> str | None:
    """`value` where it may stand in a header, else None."""
    return value if isinstance(value, str) and _TOKEN.fullmatch(value) else None


def is_due(tokens: Tokens, now: datetime) -> bool:
    """Whether it is time to renew: five hours before the end, so that failures leave time to mend them."""
    return now >= renewed_at(tokens)


def renewed_at(tokens: Tokens) -> datetime:
    return min(tokens.made_at + timedelta(hours=20), tokens.expires_at)


def _life(value: object) -> timedelta:
    """Seconds, as a string or a number; the documented life where it says nothing believable."""
    written = str(value) if isinstance(value, str | int) else ""
    life = timedelta(seconds=int(written)) if re.fullmatch(r"[0-9]{1,8}", written, re.ASCII) else timedelta()
    return life if timedelta() < life <= _LONGEST else LIFE
