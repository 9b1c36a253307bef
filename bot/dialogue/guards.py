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
    def refusal(self, channel: str, person: str, now: datetime, shared: Allowance | None = None) -> Status | None:
        """SWITCHED_OFF or TOO_FAST where the message is not to be read, else None. It counts the message.

        `shared`: what other processes have left the person.
        """
        ...

    def allowance(self, person: str) -> Allowance | None:
        """What is left to the person, where that is known here."""
        ...


class OffChannels:
    """The channels that are switched off. Whoever watches the switches replaces them as a whole."""

    def __init__(self, channels: frozenset[str] = frozenset()) -> None:
        self._channels = channels

    def replace(self, channels: frozenset[str]) -> None:
        self._channels = channels

    def __contains__(self, channel: str) -> bool:
        return channel in self._channels


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many messages were left to a person, and when."""

    left: float
    at: datetime

    def to_fields(self) -> list[object]:
        return [round(self.left, 3), self.at.isoformat()]

    @classmethod
    def from_fields(cls, fields: object) -> Allowance | None:
        """What `to_fields` made; None for anything else."""
        match fields:
            case [int() | float() as left, str() as at]:
                return cls(float(left), datetime.fromisoformat(at))
        return None


class RateLimit:
    """A bucket of `per_minute` messages for each person, filled evenly. 0: no limit."""

    def __init__(self, per_minute: int) -> None:
        self._whole = self._per_minute = per_minute
        self._people: OrderedDict[str, Allowance] = OrderedDict()

    def share(self, processes: int) -> None:
        """So many processes keep this limit, each for an equal part of what comes; at least one a minute."""
        self._per_minute = -(-self._whole // processes)

    def allowance(self, person: str) -> Allowance | None:
        return self._people.get(person)

    def takes(self, person: str, now: datetime, shared: Allowance | None = None) -> bool:
        """Whether one more is within the limit; if so, it is counted. `shared`: what other processes have left."""
        if not self._per_minute:
            return True
        known = [one for one in (self._people.pop(person, None), shared) if one is not None]
        left = min([float(self._per_minute), *(self._filled(one, now) for one in known)])
        is_taken = left >= 1
        self._people[person] = Allowance(left - 1 if is_taken else left, now)
        if len(self._people) > _MOST_PEOPLE:
            # The one who has been quiet for longest has the fullest bucket: nothing is lost with it.
            self._people.popitem(last=False)
        return is_taken

    def _filled(self, allowance: Allowance, now: datetime) -> float:
        passed = max(0.0, (now - allowance.at).total_seconds())
        return allowance.left + passed * self._per_minute / _SECONDS


class Guards:
    """Both of them."""

    def __init__(self, off: OffChannels, limit: RateLimit) -> None:
        self._off = off
        self._limit = limit

    def refusal(self, channel: str, person: str, now: datetime, shared: Allowance | None = None) -> Status | None:
        if channel in self._off:
            return Status.SWITCHED_OFF
        return None if self._limit.takes(person, now, shared) else Status.TOO_FAST

    def allowance(self, person: str) -> Allowance | None:
        return self._limit.allowance(person)


def no_guards() -> Guards:
    """Everything is let through."""
    return Guards(OffChannels(), RateLimit(0))
