"""The figures of a group as the lines of a summary, and as a row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bot.operations.figures.model import Ground
from bot.operations.reports.model import Column, Fact, Kind, Value
from bot.ratings.movement import Movement
from bot.ratings.satisfaction import Certainty, Satisfaction, Standing, Verdict
from bot.ratings.scales import Scale
from bot.ratings.summary import Group
from bot.texts import Texts

_STANDINGS = {Standing.MET: "report.word.met", Standing.NOT_MET: "report.word.not_met"}
_CERTAINTIES = {
    Certainty.SURE: "report.word.sure",
    Certainty.CLOSE: "report.word.close",
    Certainty.FEW: "report.word.few",
}


def facts(texts: Texts, ground: Ground, group: Group, movement: Movement | None) -> tuple[Fact, ...]:
    """The summary of the whole."""

    def fact(name: str, kind: Kind, value: Value) -> Fact:
        return Fact(name, texts.find(f"report.fact.{name}") or name, kind, value)

    counted, target = group.counted, ground.target
    low, high = _bounds(counted)
    standing, certainty, missing = _judged(texts, counted, group.verdict)
    levels = [
        Fact(f"level_{level}", texts.get("report.fact.level", level=name), Kind.COUNT, number)
        for level, name, number in _levels(texts, ground.scale, counted)
    ]
    return (
        fact("count", Kind.COUNT, counted.count),
        *levels,
        fact("share", Kind.SHARE, counted.share),
        fact("low", Kind.LOW, low),
        fact("high", Kind.HIGH, high),
        fact("target", Kind.SHARE, texts.get("report.word.no_target") if target is None else target.share),
        fact("target_source", Kind.TEXT, None if target is None else target.source),
        fact("standing", Kind.TEXT, standing),
        fact("certainty", Kind.TEXT, certainty),
        fact("missing", Kind.COUNT, missing),
        fact("asked", Kind.COUNT, group.response.asked),
        fact("answered", Kind.COUNT, group.response.answered),
        fact("response", Kind.SHARE, group.response.rate),
        fact("helped", Kind.COUNT, group.helped.count),
        fact("helped_share", Kind.SHARE, group.helped.share),
        fact("flagged", Kind.COUNT, group.flagged.count),
        fact("aside", Kind.COUNT, group.aside.count),
        fact("counter", Kind.COUNT, group.counter.count),
        fact("counter_share", Kind.SHARE, group.counter.share),
        fact("helper", Kind.COUNT, group.helper.count),
        fact("helper_share", Kind.SHARE, group.helper.share),
        fact("other_scale", Kind.COUNT, group.other_scale),
        fact("movement", Kind.POINTS, None if movement is None else movement.points),
        fact("movement_sure", Kind.TEXT, None if movement is None else _clearness(texts, movement)),
    )


def columns(texts: Texts, scale: Scale, of: str, *, has_codes: bool) -> tuple[Column, ...]:
    """`of`: what there is a row for each of, as its heading."""

    def column(name: str, kind: Kind, short: str = "") -> Column:
        return Column(name, texts.find(f"report.column.{name}") or name, kind, short)

    names = texts.get
    return (
        Column("name", of, Kind.TEXT, of),
        *((column("code", Kind.TEXT),) if has_codes else ()),
        column("count", Kind.COUNT, names("report.column.count_short")),
        column("share", Kind.SHARE, names("report.column.share")),
        column("low", Kind.LOW, names("report.column.low")),
        column("high", Kind.HIGH, names("report.column.high")),
        column("standing", Kind.TEXT, names("report.column.standing")),
        column("certainty", Kind.TEXT, names("report.column.certainty")),
        column("missing", Kind.COUNT, names("report.column.missing_short")),
        *(
            Column(f"level_{level}", texts.get(f"rating.level.{scale.id}.{level}"), Kind.COUNT)
            for level in range(scale.levels, 0, -1)
        ),
        column("satisfied", Kind.COUNT),
        column("asked", Kind.COUNT),
        column("answered", Kind.COUNT),
        column("response", Kind.SHARE, names("report.column.response")),
        column("helped", Kind.COUNT),
        column("flagged", Kind.COUNT),
        column("aside", Kind.COUNT),
        column("counter", Kind.COUNT),
        column("helper", Kind.COUNT),
        column("other_scale", Kind.COUNT),
    )


def row(texts: Texts, name: str, code: Sequence[str], group: Group) -> tuple[Value, ...]:
    """A value for each of `columns`. `code`: the group's code, or nothing where there are no codes."""
    counted = group.counted
    low, high = _bounds(counted)
    return (
        name,
        *code,
        counted.count,
        counted.share,
        *(low, high),
        *_judged(texts, counted, group.verdict),
        *reversed(counted.levels),
        counted.satisfied,
        *(group.response.asked, group.response.answered, group.response.rate),
        *(group.helped.count, group.flagged.count, group.aside.count),
        *(group.counter.count, group.helper.count, group.other_scale),
    )


def _levels(texts: Texts, scale: Scale, counted: Satisfaction) -> list[tuple[int, str, int]]:
    """The best first."""
    found = [(n, texts.get(f"rating.level.{scale.id}.{n}"), count) for n, count in enumerate(counted.levels, start=1)]
    return found[::-1]


def _bounds(counted: Satisfaction) -> tuple[Fraction | None, Fraction | None]:
    """Beyond the twelfth place there is only what floats add of their own."""
    if counted.interval is None:
        return None, None
    low, high = (Fraction(round(bound * 10**12), 10**12) for bound in (counted.interval.low, counted.interval.high))
    return low, high


def _judged(texts: Texts, counted: Satisfaction, verdict: Verdict | None) -> tuple[Value, Value, Value]:
    """Standing, certainty and what is missing. Without a rating there is nothing to judge."""
    if not counted.count:
        return None, None, None
    if verdict is None:
        return texts.get("report.word.no_target"), None, None
    standing = texts.get("report.word.open" if verdict.standing is None else _STANDINGS[verdict.standing])
    missing = texts.get("report.missing_none") if verdict.missing is None else verdict.missing
    return standing, texts.get(_CERTAINTIES[verdict.certainty]), missing


def _clearness(texts: Texts, movement: Movement) -> str:
    return texts.get("report.word.clear" if movement.is_clear else "report.word.unclear")
