"""The codes that a telephone makes (TOTP, RFC 6238): six digits, new every thirty seconds, each good for once."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

SECONDS = 30
_STEPS_AROUND = (0, -1, 1)
"""A telephone's clock may be half a minute off."""


def new_secret() -> str:
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step of time that the code belongs to; None where it is none of now, or there is no secret."""
    given = "".join(code.split())
    if not secret or not given.isascii():
        return None
    current = int(now.timestamp()) // SECONDS
    made = pyotp.TOTP(secret)
    steps = (current + around for around in _STEPS_AROUND)
    return next((step for step in steps if hmac.compare_digest(made.generate_otp(step), given)), None)


def address_of(secret: str, login: str, house: str) -> str:
    """What the square code holds: read by any application for such codes. Raises ValueError for no secret at all."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=house)


def is_secret(text: str) -> bool:
    """Whether this can have come from `new_secret`."""
    return len(text) == len(new_secret()) and set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
