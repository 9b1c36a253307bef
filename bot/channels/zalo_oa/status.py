"""How things stand with the Official Account, for operators: the account itself and its tokens, never their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.zalo_oa.errors import LOG_IN
from bot.channels.zalo_oa.oauth import renewed_at
from bot.operations.messages.sending import OperatorError
from bot.ratings.periods import VIETNAM
from bot.store.registry import Tokens


@dataclass(frozen=True, slots=True)
class Account:
    """What the platform says of it; None where it says nothing."""

    id: str | None
    name: str | None
    is_verified: bool | None
    package: str | None
    package_until: str | None


@dataclass(frozen=True, slots=True)
class TokenState:
    """`source`: "store" or "settings"; of the settings' pair it is not known when it was made."""

    source: str
    made_at: datetime | None
    expires_at: datetime | None
    renewed_at: datetime | None


class TokenRefusedError(OperatorError):
    """Zalo does not take the access token."""


class OnlyReading:
    """Gives out the access token and renews nothing: that is left to the process that serves."""

    def __init__(self, tokens: Tokens | None) -> None:
        self._tokens = tokens

    async def access(self) -> str:
        if self._tokens is None or not self._tokens.access:
            raise OperatorError(f"there is no access token: {LOG_IN}")
        return self._tokens.access

    async def access_instead(self, refused: str) -> str:  # noqa: ARG002 - there is no other
        raise TokenRefusedError(f"Zalo takes the access token no longer: `serve` renews it, or else {LOG_IN}")

    async def close(self) -> None:
        """Nothing is under way."""


def account_from(data: Mapping[str, object]) -> Account:
    verified = data.get("is_verified")
    return Account(
        _word(data.get("oa_id")),
        _word(data.get("name")),
        verified if isinstance(verified, bool) else None,
        _word(data.get("package_name")),
        _word(data.get("package_valid_through_date")),
    )


def token_state(kept: Tokens | None, first: Tokens | None) -> TokenState | None:
    """`kept` by the store, which goes before the `first` pair of the settings; None where there is neither."""
    if kept is not None:
        return TokenState("store", kept.made_at, kept.expires_at, renewed_at(kept))
    return None if first is None else TokenState("settings", None, None, None)


def account_line(account: Account) -> str:
    verified = {True: "verified", False: "NOT verified", None: "verified or not: not said"}[account.is_verified]
    package = f"package {account.package or 'not said'}"
    until = f" until {account.package_until}" if account.package_until else ""
    name = f"{account.name or 'without a name'} ({account.id or 'no number'})"
    return f"Official Account: {name}, {verified}, {package}{until}"


def token_line(state: TokenState | None, now: datetime) -> str:
    if state is None:
        return f"Tokens: none; {LOG_IN}"
    if state.made_at is None or state.expires_at is None or state.renewed_at is None:
        return "Tokens: those of the settings, made at a time that is not known; the first renewal goes into the store"
    made = f"Tokens: made {_local(state.made_at)}, {in_words(now - state.made_at)} ago"
    ends = _local(state.expires_at)
    if now >= state.expires_at:
        ago = in_words(now - state.expires_at)
        return f"{made}; ENDED {ends}, {ago} ago; `serve` renews them, or else {LOG_IN}"
    works = f"the access token works until {ends}, for another {in_words(state.expires_at - now)}"
    soon = f"{_local(state.renewed_at)}, in {in_words(state.renewed_at - now)}"
    return f"{made}; {works}; to be renewed {soon if now < state.renewed_at else 'now, as soon as `serve` runs'}"


def in_words(span: timedelta) -> str:
    """The two largest units: `2 days 3 hours`, `3 hours 20 minutes`, `less than a minute`."""
    minutes = max(0, int(span.total_seconds()) // 60)
    units = (("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60))
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for unit, count in units if count]
    return " ".join(said[:2]) or "less than a minute"


def _local(moment: datetime) -> str:
    """Operators read it beside the clock on their wall."""
    return f"{moment.astimezone(VIETNAM):%Y-%m-%d %H:%M} (Vietnam)"


def _word(value: object) -> str | None:
    """A number or a word on one line, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return " ".join(str(value).split())[:100] or None
