"""The target that satisfaction is held against, picked from the targets of the catalogue.

Only a target for satisfaction, of everything (`all`), in force on the day, is ever compared with. Those for other
things (the 95 % of dossiers) are none of ours; those of other times, or of named fields, are shown as history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.catalog.model import SatisfactionTarget

_SATISFACTION = "satisfaction"
_ALL = "all"
_AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Target:
    """`share`: at least so much, 0..1. `since`: a day, or its year or month alone. `source`: the decision."""

    id: str
    share: Fraction
    source: str
    since: str


def target_on(targets: Iterable[SatisfactionTarget], day: date) -> Target | None:
    """The one in force on that day, the newest if there are several; None if there is none."""
    in_force = [target for target in targets if _is_ours(target) and _is_valid(target, day)]
    if not in_force:
        return None
    newest = max(in_force, key=lambda target: target.valid_from)
    return Target(newest.id, share_of(newest), newest.source, newest.valid_from)


def history(targets: Iterable[SatisfactionTarget], day: date) -> tuple[SatisfactionTarget, ...]:
    """Targets for satisfaction that do not hold on that day, or not for everything: to be shown, never compared."""
    return tuple(
        target
        for target in targets
        if target.what == _SATISFACTION and not (_is_ours(target) and _is_valid(target, day))
    )


def share_of(target: SatisfactionTarget) -> Fraction:
    """As it is written: 0.95 is 19/20, not the nearest binary number."""
    return Fraction(repr(target.value))


def _is_ours(target: SatisfactionTarget) -> bool:
    return (target.what, target.scope, target.comparator) == (_SATISFACTION, _ALL, _AT_LEAST)


def _is_valid(target: SatisfactionTarget, day: date) -> bool:
    """Days may be given as a year or month alone: valid from its first and to its last day. Empty: without end."""
    written = day.isoformat()
    has_begun = target.valid_from <= written[: len(target.valid_from)]
    return has_begun and (not target.valid_to or written[: len(target.valid_to)] <= target.valid_to)
