"""What the platform's error codes mean for a message, and what is to be done about each.

Errors come with HTTP 200: `{"error": -216, "message": "…"}`; success is `"error": 0`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from bot.operations.messages.sending import GoneError, NotSentError, OperatorError, RefusedError, SendError, WaitError


class ButtonsRefusedError(RefusedError):
    """Perhaps because of the buttons, if there were any."""


class Remedy(StrEnum):
    REFRESH = "refresh"
    """The access token works no longer: renew it, then once more."""
    WAIT = "wait"
    """So many calls a minute are allowed: go on in the next."""
    RETRY = "retry"
    """It was not sent, and may be a little later."""
    GONE = "gone"
    """Nothing can be sent to this person until they write again."""
    OPERATOR = "operator"
    """Only an administrator can mend it."""
    BUG = "bug"
    """We sent what is never taken."""
    WITHOUT_BUTTONS = "without_buttons"
    """The same without buttons, where there were any; else as BUG."""


REMEDIES: Mapping[int, Remedy] = {
    -216: Remedy.REFRESH,  # the access token is invalid
    -220: Remedy.REFRESH,  # … has expired or was removed
    -124: Remedy.REFRESH,  # the same, as the notification service says it
    -32: Remedy.WAIT,  # the limit of calls a minute, of the application or of the account
    -200: Remedy.RETRY,  # sending failed
    -201: Remedy.WITHOUT_BUTTONS,  # a parameter is invalid
    -233: Remedy.WITHOUT_BUTTONS,  # this type of message is not supported
    -100: Remedy.BUG,  # an attachment has expired
    -210: Remedy.BUG,  # over a limit of length
    -234: Remedy.BUG,  # no advertisement at night
    -240: Remedy.BUG,  # the older address for messages is shut down
    -249: Remedy.BUG,  # this template cannot go to a user id
    -211: Remedy.GONE,  # the quota for this person is used up
    -213: Remedy.GONE,  # does not follow the account
    -217: Remedy.GONE,  # has blocked the account
    -218: Remedy.GONE,  # has received as much as one may
    -227: Remedy.GONE,  # inactive for more than 45 days
    -230: Remedy.GONE,  # no interaction within 7 days
    -232: Remedy.GONE,  # … it has expired
    -244: Remedy.GONE,  # has restricted the account
    -305: Remedy.GONE,  # older codes of the time within which may be answered
    -311: Remedy.GONE,
    -204: Remedy.OPERATOR,
    -205: Remedy.OPERATOR,
    -209: Remedy.OPERATOR,
    -212: Remedy.OPERATOR,
    -219: Remedy.OPERATOR,
    -221: Remedy.OPERATOR,
    -223: Remedy.OPERATOR,
    -224: Remedy.OPERATOR,
    -235: Remedy.OPERATOR,
    -242: Remedy.OPERATOR,
    -248: Remedy.OPERATOR,
    -320: Remedy.OPERATOR,
    -321: Remedy.OPERATOR,
    -14002: Remedy.OPERATOR,
    -14003: Remedy.OPERATOR,
}
LOG_IN = "an administrator must log in again: python -m bot zalo login"
TO_DO: Mapping[int, str] = {
    -204: "the Official Account is disabled: see oa.zalo.me",
    -205: "the Official Account does not exist: see ZALO_OA_ID and oa.zalo.me",
    -209: "the application is not active: switch it on in its settings at developers.zalo.me",
    -212: "the application has no right to the Official Account API: register it at developers.zalo.me",
    -219: "the application was removed or disabled: see developers.zalo.me",
    -221: "the Official Account is not verified: have it verified at oa.zalo.me",
    -223: f"the Official Account has not authorised the application: {LOG_IN}",
    -224: "the Official Account's package does not include the API: buy another at oa.zalo.me",
    -235: "this type of Official Account may not use the API: see oa.zalo.me",
    -242: "the proof of the application's secret is wrong: see ZALO_OA_SECRET_KEY and ZALO_OA_APPSECRET_PROOF",
    -248: "the message is against the platform's standards: see the notices at oa.zalo.me",
    -320: "no Zalo Cloud Account is linked: link one in the settings at oa.zalo.me",
    -321: "the Zalo Cloud Account has no money left: pay money in",
    -14002: "the application is not active: switch it on in its settings at developers.zalo.me",
    -14003: "the callback address is not the one saved at developers.zalo.me: save it there, then log in again",
}
"""What an administrator has to do about each code that only they can mend."""
_MOST_CHARS = 160
# Words as in a sentence pass; what may be an id or a token does not.
_MAYBE_SECRET = re.compile(r"[^\s]*(?:\d[^\s]*){6,}|[^\s]{30,}")


def code_of(answer: Mapping[str, object]) -> int | None:
    """The error's code, 0 for success; None where the answer has none that can be read."""
    code = answer.get("error")
    if isinstance(code, str) and re.fullmatch(r"-?[0-9]{1,9}", code, re.ASCII):
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def remedy_of(answer: Mapping[str, object]) -> Remedy | None:
    """What to do; None where all went well. For an unknown code, the same as for a fault of ours."""
    code = code_of(answer)
    if code == 0:
        return None
    return Remedy.BUG if code is None else REMEDIES.get(code, Remedy.BUG)


def error_of(answer: Mapping[str, object], now: datetime) -> SendError | None:
    """The error that the answer is; None where all went well."""
    remedy, said = remedy_of(answer), said_by(answer)
    match remedy:
        case None:
            return None
        case Remedy.WAIT:
            return WaitError(said, seconds_to_next_minute(now))
        case Remedy.RETRY:
            # No WaitError: it is about this one message, and nobody else has to wait.
            return NotSentError(said)
        case Remedy.GONE:
            return GoneError(said)
        case Remedy.REFRESH:
            return OperatorError(f"{said}: {LOG_IN}")
        case Remedy.OPERATOR:
            return OperatorError(f"{said}: {TO_DO[code_of(answer) or 0]}")
        case Remedy.WITHOUT_BUTTONS:
            return ButtonsRefusedError(said)
        case Remedy.BUG:
            return RefusedError(said)


def seconds_to_next_minute(now: datetime) -> float:
    """At least one, so that a clock a little ahead of the platform's does not run into the same minute."""
    return 61.0 - now.second - now.microsecond / 1_000_000


def said_by(answer: Mapping[str, object]) -> str:
    """What the platform said, its code first, without anything that may be somebody's id or a token."""
    words = next((answer[name] for name in ("message", "error_description", "error_name") if answer.get(name)), "")
    plain = " ".join(str(words).split()) if isinstance(words, str) else ""
    return f"Zalo says {code_of(answer)}: {_MAYBE_SECRET.sub('…', plain)[:_MOST_CHARS]}".removesuffix(": ")
