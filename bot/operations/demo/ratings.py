"""The made-up rows: who was asked, what they said, and what stopped them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.operations.demo.province import (
    CHANNEL_WEIGHTS,
    CHANNELS,
    Floats,
    Ints,
    Province,
    Timeline,
    chosen,
    distinct,
    drawn,
    seconds_of_day,
    shared_out,
)
from bot.ratings.flags import mark_of
from bot.ratings.model import Filing, Flag, Identity, Origin, Reason
from bot.ratings.periods import Period
from bot.ratings.scales import FIVE, THREE

Row = tuple[object, ...]

ASKINGS_A_RATING = 1.7
_ANSWERED_WITHOUT_RATING = 0.12
_OBSTACLES_A_RATING = 0.05
_CHANGED = 0.03
_BAD_MONTHS = 2
_BAD_BY = 0.045
_FILINGS = {Filing.ONLINE: 0.83, Filing.COUNTER: 0.1, Filing.HELPER: 0.07}
_ORIGINS = {Origin.FOLLOW_UP: 0.38, Origin.CARD: 0.34, Origin.COUNTER: 0.2, Origin.TEAM: 0.08}
_HELPED = {Origin.FOLLOW_UP: 0.06, Origin.CARD: 0.08, Origin.COUNTER: 0.35, Origin.TEAM: 0.6}
_FLAGS: dict[tuple[Flag, ...], float] = {
    (): 0.944,
    (Flag.NO_CONVERSATION,): 0.03,
    (Flag.BURST,): 0.012,
    (Flag.MANY,): 0.005,
    (Flag.STAFF,): 0.004,
    (Flag.TEST,): 0.003,
    (Flag.BURST, Flag.NO_CONVERSATION): 0.002,
}
_REASONS = dict(zip(Reason, (0.16, 0.17, 0.12, 0.06, 0.2, 0.08, 0.13, 0.08), strict=True))
_WITH_COMMENT = 0.04
_OFFSET = 7 * 3600
"""Vietnam is ahead of UTC by so many seconds."""


@dataclass(frozen=True, slots=True)
class Words:
    """What people say, all of it marked as made up."""

    good: tuple[str, ...]
    bad: tuple[str, ...]
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What all rows are drawn from."""

    province: Province
    timeline: Timeline
    people: Sequence[str]
    words: Words
    version: str


@dataclass(frozen=True, slots=True)
class Month:
    """The rows of one report month, in the order of time."""

    ratings: list[Row]
    askings: list[Row]
    obstacles: list[Row]


def texts(values: Sequence[str]) -> NDArray[np.object_]:
    """To pick from by number."""
    return np.array(values, dtype=object)


def moments(seconds: Ints) -> list[str]:
    """UTC, as Python writes it, from seconds since 1970."""
    return [f"{text}+00:00" for text in np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()]


def midnight(days: Ints, timeline: Timeline) -> Ints:
    """When these days of the timeline begin in Vietnam, in seconds since 1970."""
    first = (timeline.days[0] - date(1970, 1, 1)).days
    return (days + first) * 86_400 - _OFFSET


def _day_texts(seconds: Ints) -> list[str]:
    days = (seconds + _OFFSET) // 86_400
    texts: list[str] = np.datetime_as_string(days.astype("datetime64[D]")).tolist()
    return texts


def months(random: np.random.Generator, material: Material, ratings: int) -> Iterator[Month]:
    """`ratings` counted ones in all, and earlier ones of people who changed their minds besides."""
    line = material.timeline
    weights = np.array([line.weights[line.within(period)].sum() for period in line.periods])
    bad = random.choice(len(line.periods), min(_BAD_MONTHS, len(line.periods) // 4), replace=False)
    for number, (period, count) in enumerate(zip(line.periods, shared_out(ratings, weights), strict=True)):
        yield _month(random, material, period, int(count), _BAD_BY if number in bad else 0.0, is_first=number == 0)


def _month(
    random: np.random.Generator, material: Material, period: Period, count: int, worse: float, *, is_first: bool
) -> Month:
    province, line = material.province, material.timeline
    size = round(count * ASKINGS_A_RATING)
    persons, codes = distinct(random, province, len(material.people), size)
    days = line.within(period)
    ends = np.cumsum(line.weights[days]) / line.weights[days].sum()
    asked_at = midnight(days[drawn(random, ends, size)], line) + seconds_of_day(random, size)
    # Three in five answer at once, the others when they are asked again the next day.
    wait = np.where(random.random(size) < 0.6, random.integers(60, 1800, size), random.integers(1800, 150_000, size))
    last = int(midnight(days[-1:] + 1, line)[0]) - 1
    rated_at = np.minimum(asked_at + wait, last)

    pairs = np.searchsorted(province.pair_ends, codes + random.random(size), side="right")
    agency = province.pair_agency[pairs]
    home = drawn(random, province.commune_ends, size)
    known_home = random.random(size) < 0.7
    agencies, communes = texts(province.agencies), texts(province.communes)
    is_commune = np.isin(agencies, communes)[agency]
    commune = np.where(is_commune, agencies[agency], np.where(known_home, communes[home], ""))
    origin = chosen(random, tuple(_ORIGINS.values()), size)
    origins = tuple(_ORIGINS)
    at_counter = np.isin(origin, [origins.index(Origin.COUNTER), origins.index(Origin.TEAM)])
    channel = np.where(at_counter, CHANNELS.index("web"), chosen(random, CHANNEL_WEIGHTS, size))
    link = np.where(at_counter, texts([f"demo-{name}" for name in province.agencies])[agency], "")
    is_rated = np.arange(size) < count
    is_answered = is_rated | (random.random(size) < _ANSWERED_WITHOUT_RATING)

    common = (
        texts(material.people)[persons],
        texts(province.codes)[codes],
        agencies[agency],
        commune,
        texts(CHANNELS)[channel],
        texts([each.value for each in origins])[origin],
        link,
    )
    order = np.argsort(asked_at, kind="stable")
    askings = _asking_rows(asked_at[order], period, [column[order] for column in common], is_answered[order])

    rated = np.arange(count)
    changed = rated[random.random(count) < _CHANGED]
    who = np.concatenate((rated, changed))
    is_last = np.arange(len(who)) < count
    at = np.where(is_last, rated_at[who], asked_at[who] + 30)
    shares = province.agency_share[agency] + province.code_shift[codes] - worse
    scale = is_first & (agency % 4 == 0)
    level = _levels(random, shares[who], scale[who])
    helped = np.array(tuple(_HELPED.values()))[origin] > random.random(size)
    filing = chosen(random, tuple(_FILINGS.values()), size)
    flags = chosen(random, tuple(_FLAGS.values()), len(who))
    identity = np.where(at_counter, 1 + (random.random(size) < 0.4), np.where(channel == CHANNELS.index("web"), 2, 0))
    comments = _comments(random, level, scale[who], material.words) if len(who) else texts([])
    comments = np.where(is_last, comments, None)  # type: ignore[call-overload]
    order = np.argsort(at, kind="stable")
    columns: tuple[NDArray[np.object_] | Ints, ...] = (
        *(column[who] for column in common),
        texts(province.pair_service)[pairs][who],
        texts([THREE.id, FIVE.id])[scale[who].astype(np.int64)],
        level,
        texts([each.value for each in _FILINGS])[filing[who]],
        helped[who].astype(np.int64),
        texts([each.value for each in Identity])[identity[who]],
        texts([" ".join(each) for each in _FLAGS])[flags],
        texts([mark_of(each).value for each in _FLAGS])[flags],
        is_last.astype(np.int64),
        comments,
        (random.random(len(who)) < 0.2).astype(np.int64),
    )
    ratings = _rating_rows(at[order], period, [column[order] for column in columns], material.version)
    return Month(ratings, askings, _obstacles(random, material, asked_at, common, count))


def _levels(random: np.random.Generator, shares: Floats, is_five: NDArray[np.bool_]) -> Ints:
    size = len(shares)
    is_satisfied = random.random(size) < np.clip(shares, 0.5, 0.999)
    is_much = random.random(size) < 0.57
    three = np.where(is_satisfied, np.where(is_much, 3, 2), 1)
    unhappy = 1 + chosen(random, (0.25, 0.3, 0.45), size)
    five = np.where(is_satisfied, np.where(is_much, 5, 4), unhappy)
    return np.asarray(np.where(is_five, five, three))


def _comments(
    random: np.random.Generator, level: Ints, is_five: NDArray[np.bool_], words: Words
) -> NDArray[np.object_]:
    size = len(level)
    is_bad = level < np.where(is_five, FIVE.satisfied_from, THREE.satisfied_from)
    good = texts(words.good)[random.integers(0, len(words.good), size)]
    bad = texts(words.bad)[random.integers(0, len(words.bad), size)]
    # Who is not content says so more often.
    is_said = random.random(size) < np.where(is_bad, 8 * _WITH_COMMENT, _WITH_COMMENT)
    said: NDArray[np.object_] = np.where(is_said, np.where(is_bad, bad, good), None)  # type: ignore[call-overload]
    return said


def _obstacles(
    random: np.random.Generator, material: Material, asked_at: Ints, common: Sequence[NDArray[np.object_]], count: int
) -> list[Row]:
    """Of people who were asked and did not rate."""
    size = min(round(count * _OBSTACLES_A_RATING), len(asked_at) - count)
    who = count + np.arange(size)
    at = asked_at[who] + 40
    reason = chosen(random, tuple(_REASONS.values()), size)
    reasons = tuple(_REASONS)
    words = texts(material.words.obstacles)[random.integers(0, len(material.words.obstacles), size)]
    said = np.where((reason == reasons.index(Reason.OTHER)) & (random.random(size) < 0.5), words, "")
    order = np.argsort(at, kind="stable")
    person, code, agency, commune, channel = (column[who][order].tolist() for column in common[:5])
    named = texts([each.value for each in reasons])[reason][order].tolist()
    version = [material.version] * size
    at = at[order]
    rows: Iterator[Row] = zip(
        moments(at),
        _day_texts(at),
        person,
        code,
        agency,
        commune,
        channel,
        named,
        said[order].tolist(),
        version,
        strict=True,
    )
    return list(rows)


def _asking_rows(
    at: Ints, period: Period, common: Sequence[NDArray[np.object_]], answered: NDArray[np.bool_]
) -> list[Row]:
    """As ASKING_COLUMNS."""
    names = [period.name] * len(at)
    columns = (column.tolist() for column in common)
    rows: Iterator[Row] = zip(
        moments(at), _day_texts(at), names, *columns, answered.astype(np.int64).tolist(), strict=True
    )
    return list(rows)


def _rating_rows(at: Ints, period: Period, columns: Sequence[NDArray[np.object_] | Ints], version: str) -> list[Row]:
    """As RATING_COLUMNS."""
    person, code, agency, commune, channel, origin, link, service, *rest = (column.tolist() for column in columns)
    scale, level, filing, is_helped, identity, flags, mark, is_last, comment, may_be_told = rest
    size = len(at)
    rows: Iterator[Row] = zip(
        moments(at),
        _day_texts(at),
        [period.name] * size,
        person,
        code,
        service,
        agency,
        commune,
        channel,
        origin,
        link,
        [""] * size,
        scale,
        level,
        filing,
        is_helped,
        identity,
        flags,
        mark,
        is_last,
        [version] * size,
        comment,
        may_be_told,
        strict=True,
    )
    return list(rows)
