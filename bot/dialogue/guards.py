"""What stands before a conversation: channels that an operator has switched off, and a limit for each person."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogue.messages import Status

_MOST_PEOPLE = 50_000
_SECONDS = 60.0


class Guard(Protocol):
    def refusal(self, channel: str, person: str, now: datetime) -> Status | None:
        """SWITCHED_OFF or TOO_FAST where the message is not to be read, else None. It counts the message."""
        ...


class OffChannels:
    """The channels that are switched off. Whoever watches the switches replaces them as a whole."""

    def __init__(self, channels: frozenset[str] = frozenset()) -> None:
        self._channels = channels

    def replace(self, channels: frozenset[str]) -> None:
        self._channels = channels

    def __contains__(self, channel: str) -> bool:
        return channel in self._channels


@dataclass(slots=True)
class _Allowance:
    left: float
    at: datetime


class RateLimit:
    """A bucket of `per_minute` messages for each person, filled evenly. 0: no limit."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._people: OrderedDict[str, _Allowance] = OrderedDict()

    def takes(self, person: str, now: datetime) -> bool:
        """Whether one more is within the limit; if so, it is counted."""
        if not self._per_minute:
            return True
        allowance = self._people.pop(person, None) or _Allowance(self._per_minute, now)
        passed = max(0.0, (now - allowance.at).total_seconds())
        left = min(self._per_minute, allowance.left + passed * self._per_minute / _SECONDS)
        is_taken = left >= 1
        self._people[person] = _Allowance(left - 1 if is_taken else left, now)
        if len(self._people) > _MOST_PEOPLE:
            # The one who has been quiet for longest has the fullest bucket: nothing is lost with it.
            self._people.popitem(last=False)
        return is_taken


class Guards:
    """Both of them."""

    def __init__(self, off: OffChannels, limit: RateLimit) -> None:
        self._off = off
        self._limit = limit

    def refusal(self, channel: str, person: str, now: datetime) -> Status | None:
        if channel in self._off:
            return Status.SWITCHED_OFF
        return None if self._limit.takes(person, now) else Status.TOO_FAST


def no_guards() -> Guards:
    """Everything is let through."""
    return Guards(OffChannels(), RateLimit(0))
