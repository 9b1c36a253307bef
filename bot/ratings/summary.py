"""Counts in, the figures of groups out: what is counted towards the target, and what stands beside it. Pure.

Every rating is in exactly one of `counted`, `aside`, `counter`, `helper` and `other_scale` of its group; `helped` and
`flagged` are parts of `counted`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from operator import add
from typing import Protocol

from bot.ratings.model import Filing, Mark
from bot.ratings.periods import Period
from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT, Satisfaction, Verdict, judge, satisfaction_of
from bot.ratings.scales import Scale


class Counted(Protocol):
    """How many ratings of one kind there are, or (without a scale) how many people were asked."""

    @property
    def key(self) -> str:
        """What it is grouped by."""
        ...

    @property
    def scale(self) -> str: ...

    @property
    def filing(self) -> str: ...

    @property
    def mark(self) -> str: ...

    @property
    def is_helped(self) -> bool: ...

    @property
    def levels(self) -> tuple[int, ...]:
        """By level, the worst first; at least as many as the scale has."""
        ...

    @property
    def asked(self) -> int: ...

    @property
    def answered(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Response:
    """How many were asked, and how many of them answered: once for a person, procedure and report month.

    Everybody to whom the question was put counts as asked. Who says that they have not used the service has answered.
    """

    asked: int
    answered: int

    @property
    def rate(self) -> Fraction | None:
        """None where nobody was asked."""
        return Fraction(self.answered, self.asked) if self.asked else None


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one group, on one scale.

    `counted`: people who filed online themselves, but for what the written rules set aside; only this is held against
    the target. `verdict`: None where there is no target. `aside`: set aside by the rules, however it was filed.
    `counter`, `helper`: filed at the counter, or by somebody for them. `other_scale`: how many ratings were given on
    another scale than the one in use.
    """

    key: str
    counted: Satisfaction
    verdict: Verdict | None
    helped: Satisfaction
    flagged: Satisfaction
    aside: Satisfaction
    counter: Satisfaction
    helper: Satisfaction
    other_scale: int
    response: Response


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a trend. Where `group.counted.share` is None there is no data: that is no share of 0."""

    period: Period
    group: Group


def groups(
    counts: Iterable[Counted],
    scale: Scale,
    target: Fraction | None,
    fewest: int = FEWEST_FOR_A_VERDICT,
    *,
    part_of: Callable[[str], str] | None = None,
) -> tuple[Group, ...]:
    """In the order of their keys. `part_of`: the larger group that a key belongs to, a procedure's field for one.

    Raises ValueError for a level that the scale does not have.
    """
    tallies: dict[str, _Tally] = {}
    for count in counts:
        key = count.key if part_of is None else part_of(count.key)
        tally = tallies.get(key)
        if tally is None:
            tally = tallies[key] = _Tally()
        tally.add(count, scale)
    return tuple(tallies[key].group(key, scale, target, fewest) for key in sorted(tallies))


def whole(
    counts: Iterable[Counted], scale: Scale, target: Fraction | None, fewest: int = FEWEST_FOR_A_VERDICT, key: str = ""
) -> Group:
    """All of them as one group; without any count it is an empty one."""
    tally = _Tally()
    for count in counts:
        tally.add(count, scale)
    return tally.group(key, scale, target, fewest)


def trend(
    periods: Sequence[Period],
    counts: Sequence[Iterable[Counted]],
    scale: Scale,
    target_of: Callable[[Period], Fraction | None],
    fewest: int = FEWEST_FOR_A_VERDICT,
) -> tuple[TrendPoint, ...]:
    """`counts`: those of each period, in the same order."""
    return tuple(
        TrendPoint(period, whole(found, scale, target_of(period), fewest, period.name))
        for period, found in zip(periods, counts, strict=True)
    )


@dataclass(slots=True)
class _Tally:
    """The sums of one group, while they are made."""

    parts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    other_scale: int = 0
    asked: int = 0
    answered: int = 0

    def add(self, count: Counted, scale: Scale) -> None:
        self.asked += count.asked
        self.answered += count.answered
        if not count.scale:
            return
        if count.scale != scale.id:
            self.other_scale += sum(count.levels)
            return
        for part in _parts_of(count.filing, count.mark, count.is_helped):
            sums = self.parts.get(part)
            self.parts[part] = count.levels if sums is None else tuple(map(add, sums, count.levels))

    def group(self, key: str, scale: Scale, target: Fraction | None, fewest: int) -> Group:
        counted = self._sum("counted", scale)
        return Group(
            key=key,
            counted=counted,
            verdict=None if target is None else judge(counted, target, fewest),
            helped=self._sum("helped", scale),
            flagged=self._sum("flagged", scale),
            aside=self._sum("aside", scale),
            counter=self._sum(Filing.COUNTER, scale),
            helper=self._sum(Filing.HELPER, scale),
            other_scale=self.other_scale,
            response=Response(self.asked, self.answered),
        )

    def _sum(self, part: str, scale: Scale) -> Satisfaction:
        return satisfaction_of(scale, self.parts.get(part, ()))


@cache
def _parts_of(filing: str, mark: str, is_helped: bool) -> tuple[str, ...]:
    """Which of a group's figures the ratings are in."""
    if mark == Mark.ASIDE:
        return ("aside",)
    way = Filing(filing)
    if way is not Filing.ONLINE:
        return (way,)
    helped = ("helped",) if is_helped else ()
    return ("counted", *helped, *(("flagged",) if mark == Mark.FLAGGED else ()))
