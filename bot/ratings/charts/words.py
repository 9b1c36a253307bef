"""The words of a picture and of its text alternative, made of figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bot.ratings.satisfaction import Certainty, Satisfaction, Standing, Verdict
from bot.texts import Texts
from bot.texts.written import interval_written, number_written, share_written

_VERDICTS: Mapping[tuple[Standing, Certainty], str] = {
    (Standing.MET, Certainty.SURE): "chart.verdict.met_sure",
    (Standing.MET, Certainty.CLOSE): "chart.verdict.met_close",
    (Standing.NOT_MET, Certainty.SURE): "chart.verdict.not_met_sure",
    (Standing.NOT_MET, Certainty.CLOSE): "chart.verdict.not_met_close",
}


def verdict_words(texts: Texts, found: Satisfaction, verdict: Verdict | None) -> str:
    """`đạt, chắc chắn`; that there are few ratings, or none; that there is no target."""
    if not found.count:
        return texts.get("chart.verdict.none")
    if verdict is None:
        return texts.get("chart.verdict.no_target")
    if verdict.standing is None or verdict.certainty is Certainty.FEW:
        return texts.get("chart.verdict.few")
    return texts.get(_VERDICTS[verdict.standing, verdict.certainty])


def level_words(texts: Texts, scale: str, found: Satisfaction) -> tuple[tuple[str, str], ...]:
    """The name and the number of ratings of each level, the best first."""
    named = enumerate(found.levels, start=1)
    rising = [(texts.get(f"rating.level.{scale}.{n}"), number_written(texts.language, count)) for n, count in named]
    return tuple(reversed(rising))


def share_words(texts: Texts, share: Fraction | None) -> str:
    return texts.get("chart.no_data") if share is None else share_written(texts.language, share)


def interval_words(texts: Texts, found: Satisfaction) -> str:
    """Empty without a rating."""
    if found.interval is None:
        return ""
    low, high = interval_written(texts.language, found.interval.low, found.interval.high)
    return texts.get("chart.interval", low=low, high=high)


def target_words(texts: Texts, target: Fraction | None) -> str:
    """Empty without one."""
    if target is None:
        return ""
    return texts.get("chart.target", target=share_written(texts.language, target))
