"""Whether requests may be sent to this process, told from what it knows already: the store is not asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    READY = "ready"
    DEGRADED = "degraded"
    """It answers, and not as well as usual."""
    UNREADY = "unready"
    """Others are to be asked."""


class Reason(StrEnum):
    """Fixed words: whoever asks may be anybody."""

    STOPPING = "stopping"
    NO_CATALOGUE = "no_catalogue"
    STORE_AWAY = "store_away"
    """People are answered from memory; ratings are not taken."""
    CATALOGUE_NOT_IN_FORCE = "catalogue_not_in_force"
    """Something else is served than what was published last."""


_SERIOUS = frozenset({Reason.STOPPING, Reason.NO_CATALOGUE})


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand, and why they are not well."""

    condition: Condition
    reasons: tuple[Reason, ...] = ()


class Readiness:
    """`checks`: by what is looked whether a reason holds; each answers at once, from memory."""

    def __init__(self, checks: dict[Reason, Callable[[], bool]]) -> None:
        self._checks = checks
        self._is_stopping = False

    def stop(self) -> None:
        """From now on others are to be asked: this process ends."""
        self._is_stopping = True

    def standing(self) -> Standing:
        reasons = [Reason.STOPPING] if self._is_stopping else []
        reasons += [reason for reason, holds in self._checks.items() if holds()]
        if _SERIOUS.intersection(reasons):
            return Standing(Condition.UNREADY, tuple(reasons))
        return Standing(Condition.DEGRADED if reasons else Condition.READY, tuple(reasons))
