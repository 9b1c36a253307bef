"""Tokens of an Official Account: each refresh token works once, and a new access token kills the one before."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from tests.fakes.failures import JsonObject, RefusedError
from tests.fakes.zalo_oa_failures import APP_REFUSED, CODE_REFUSED, REFRESH_REFUSED, TOKEN_EXPIRED, TOKEN_INVALID

SECONDS_OF_CODE = 10 * 60
SECONDS_OF_ACCESS = 25 * 3600
SECONDS_OF_REFRESH = 90 * 24 * 3600


def challenge_of(verifier: str) -> str:
    """The PKCE challenge of a verifier: base64url of its SHA-256, without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


class Tokens:
    """`access` and `refresh` are the pair that works now; `issued` counts the pairs so far."""

    def __init__(self, app_id: str, app_secret: str, clock: Callable[[], float]) -> None:
        self._app_id = app_id
        self._app_secret = app_secret
        self._clock = clock
        self._codes: dict[str, tuple[str, float]] = {}
        self._former: set[str] = set()
        self._codes_issued = 0
        self.issued = 0
        self.access = self.refresh = ""
        self.renew()

    def issue_code(self, challenge: str) -> str:
        """What the callback gets after an administrator's consent; it works once, for ten minutes."""
        self._codes_issued += 1
        code = f"CODE-{self._codes_issued}"
        self._codes[code] = challenge, self._clock() + SECONDS_OF_CODE
        return code

    def renew(self) -> JsonObject:
        """A new pair, as if someone had refreshed; the old pair is dead."""
        self._former |= {self.access} - {""}
        self.issued += 1
        self._at = self._clock()
        self.access, self.refresh = f"ACCESS-{self.issued}", f"REFRESH-{self.issued}"
        pair = {"access_token": self.access, "refresh_token": self.refresh}
        return pair | {"expires_in": str(SECONDS_OF_ACCESS)}

    def expire(self) -> None:
        """The access token dies before its time; the refresh token lives."""
        self._former.add(self.access)

    def check(self, access: str | None) -> None:
        """Refuse a call that does not carry the token that works now."""
        if access is None or access not in self._former | {self.access}:
            raise RefusedError(TOKEN_INVALID)
        if access in self._former or self._clock() >= self._at + SECONDS_OF_ACCESS:
            raise RefusedError(TOKEN_EXPIRED)

    def grant(self, secret_key: str | None, fields: JsonObject) -> JsonObject:
        """The answer of the token address to a form."""
        if secret_key != self._app_secret or fields.get("app_id") != self._app_id:
            raise RefusedError(APP_REFUSED)
        if fields.get("grant_type") == "authorization_code":
            challenge, until = self._codes.pop(str(fields.get("code")), ("", 0.0))
            if self._clock() >= until or challenge_of(str(fields.get("code_verifier"))) != challenge:
                raise RefusedError(CODE_REFUSED)
            return self.renew()
        is_current = fields.get("refresh_token") == self.refresh
        is_fresh = self._clock() < self._at + SECONDS_OF_REFRESH
        if fields.get("grant_type") != "refresh_token" or not (is_current and is_fresh):
            raise RefusedError(REFRESH_REFUSED)
        return self.renew()
