"""Errors in groups, and when which of them is to be told. Pure: the times are given.

A new group is told within seconds, one that was told before at most once an hour, with how often it happened since.
What comes together is told together, and a telling is never followed by another one at once: whatever breaks, and
however often, an operator gets a few lines and not a thousand. What is remembered is bounded too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.operations.errors_told.model import MOST_NAMED, Fault, Kind, Round, Told

GATHER_SECONDS = 4.0
"""What breaks breaks in several places: so long after the first of them is waited for the others."""
APART_SECONDS = 30.0
AGAIN_SECONDS = 3600.0
FORGOTTEN_SECONDS = 24 * 3600.0
"""A group that was quiet for so long is new when it comes again."""
MOST_GROUPS = 200


@dataclass(slots=True)
class Group:
    """`count`: how often in all; `untold`: how often since it was told. Ticks are seconds that only grow."""

    kind: Kind
    first: datetime
    last: datetime
    sample: str
    message: str = ""
    count: int = 0
    untold: int = 0
    untold_since: datetime | None = None
    untold_tick: float = 0.0
    last_tick: float = 0.0
    told_tick: float | None = None

    def note(self, fault: Fault, at: datetime, tick: float) -> None:
        if not self.untold:
            self.untold_since, self.untold_tick = at, tick
        self.last, self.last_tick = at, tick
        self.message = fault.message or self.message
        self.count += 1
        self.untold += 1

    def is_due(self, tick: float) -> bool:
        return self.untold > 0 and (self.told_tick is None or tick - self.told_tick >= AGAIN_SECONDS)

    def tell(self, tick: float) -> Told:
        is_new, count = self.told_tick is None, self.untold
        self.told_tick, self.untold = tick, 0
        return Told(self.kind, count, self.untold_since or self.first, is_new, self.message, self.sample)


class Groups:
    """Costs a look-up for each error, and time in proportion to the groups once they are too many."""

    def __init__(self) -> None:
        self._groups: dict[Kind, Group] = {}
        """The one that happened longest ago first."""
        self._left_out = 0
        """Errors of kinds that there was no room for."""
        self._told_tick = float("-inf")

    def knows(self, kind: Kind) -> bool:
        """Whether a sample is needed no more."""
        return kind in self._groups

    def note(self, fault: Fault, at: datetime, tick: float, sample: str = "") -> None:
        """An error has happened. `sample` counts for the first of its group only."""
        group = self._groups.pop(fault.kind, None)
        if group is not None and tick - group.last_tick >= FORGOTTEN_SECONDS and not group.untold:
            group = Group(fault.kind, at, at, group.sample)
        if group is None:
            if not self._has_room():
                self._left_out += 1
                return
            group = Group(fault.kind, at, at, sample)
        group.note(fault, at, tick)
        self._groups[fault.kind] = group

    def due(self, tick: float) -> Round | None:
        """What is to be told now, which is told thereby; None where there is nothing, or it is too early."""
        due = [group for group in self._groups.values() if group.is_due(tick)]
        if tick - self._told_tick < APART_SECONDS or not (due or self._left_out):
            return None
        if due and tick - min(group.untold_tick for group in due) < GATHER_SECONDS:
            return None
        return self._tell(due, tick)

    def rest(self, tick: float) -> Round | None:
        """What has not been told yet, whatever the time: this process ends."""
        due = [group for group in self._groups.values() if group.untold]
        return self._tell(due, tick) if due or self._left_out else None

    def newest(self) -> tuple[Group, ...]:
        """Every group that is remembered, the one that happened last first."""
        return tuple(reversed(self._groups.values()))

    def _tell(self, due: list[Group], tick: float) -> Round:
        due.sort(key=lambda group: (group.told_tick is not None, group.untold_tick))
        told = [group.tell(tick) for group in due]
        further = told[MOST_NAMED:]
        errors = sum(one.count for one in further) + self._left_out
        # Of what was left out it is not known how many kinds it was: at least one.
        kinds = len(further) + (self._left_out > 0)
        self._told_tick, self._left_out = tick, 0
        return Round(tuple(told[:MOST_NAMED]), kinds, errors)

    def _has_room(self) -> bool:
        if len(self._groups) < MOST_GROUPS:
            return True
        told = next((kind for kind, group in self._groups.items() if not group.untold), None)
        if told is not None:
            del self._groups[told]
        return told is not None
