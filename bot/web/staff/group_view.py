"""The figures of a group as cells; every number leads to the ratings behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.ratings.charts.words import verdict_words
from bot.ratings.model import Filing, Mark
from bot.ratings.satisfaction import Satisfaction, Verdict
from bot.ratings.scales import SCALES, Scale
from bot.ratings.summary import Group
from bot.store.figures import Narrowing
from bot.texts import Texts
from bot.texts.written import interval_written
from bot.web.staff.figure_words import NOTHING, count_written, missing_written, rate_written

Address = Callable[[Narrowing], str]
"""Where the ratings of a kind are listed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`href`: None where there is nothing to open."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class GroupView:
    """`standing`: `met`, `not_met`, `few` or `none`, for how it is marked. `levels`: the best first."""

    share: Cell
    interval: str
    standing: str
    verdict: str
    count: Cell
    levels: tuple[Cell, ...]
    missing: str
    response: str
    asked: str
    answered: str
    helped: Cell
    flagged: Cell
    aside: Cell
    counter: Cell
    helper: Cell
    other_scale: Cell


def group_view(texts: Texts, group: Group, scale: Scale, address: Address) -> GroupView:
    counted = Narrowing(scale=scale.id, filing=Filing.ONLINE, is_aside=False)
    other = next(id_ for id_ in SCALES if id_ != scale.id)

    def cell(number: int, only: Narrowing) -> Cell:
        return Cell(count_written(texts, number), address(only) if number else None)

    def way(found: Satisfaction, filing: Filing) -> Cell:
        return cell(found.count, Narrowing(scale=scale.id, filing=filing, is_aside=False))

    found, response = group.counted, group.response
    rising = [
        cell(number, replace(counted, lowest=level, highest=level)) for level, number in enumerate(found.levels, 1)
    ]
    return GroupView(
        share=Cell(
            rate_written(texts, found.share) if found.count else texts.get("chart.no_data"),
            address(counted) if found.count else None,
        ),
        interval=_interval(texts, found),
        standing=standing_of(found, group.verdict),
        verdict=verdict_words(texts, found, group.verdict),
        count=cell(found.count, counted),
        levels=tuple(reversed(rising)),
        missing=missing_written(texts, group.verdict) if found.count else NOTHING,
        response=rate_written(texts, response.rate),
        asked=count_written(texts, response.asked),
        answered=count_written(texts, response.answered),
        helped=cell(group.helped.count, replace(counted, is_helped=True)),
        flagged=cell(group.flagged.count, replace(counted, mark=Mark.FLAGGED)),
        aside=cell(group.aside.count, Narrowing(scale=scale.id, is_aside=True)),
        counter=way(group.counter, Filing.COUNTER),
        helper=way(group.helper, Filing.HELPER),
        other_scale=cell(group.other_scale, Narrowing(scale=other)),
    )


def standing_of(found: Satisfaction, verdict: Verdict | None) -> str:
    """How it is marked, beside the words."""
    if not found.count or verdict is None:
        return "none"
    return "few" if verdict.standing is None else verdict.standing.value


def level_names(texts: Texts, scale: Scale) -> tuple[str, ...]:
    """The best first."""
    return tuple(texts.find(f"rating.level.{scale.id}.{n}") or str(n) for n in range(scale.levels, 0, -1))


def _interval(texts: Texts, found: Satisfaction) -> str:
    if found.interval is None:
        return NOTHING
    return " – ".join(interval_written(texts.language, found.interval.low, found.interval.high))
