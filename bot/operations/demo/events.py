"""The made-up events: what happened in the chats, by the hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.dialogue.messages import Status
from bot.operations.demo.province import (
    CHANNEL_WEIGHTS,
    CHANNELS,
    EVENT_WEIGHTS,
    Ints,
    chosen,
    drawn,
    seconds_of_day,
    shared_out,
)
from bot.operations.demo.ratings import Material, Row, midnight, moments, texts
from bot.store.figures import CONVERSATION

_FIRST = 0.24
"""How many events begin a conversation."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Events of some hours of one day in the order of time, and how often each status came, by hour and channel."""

    events: list[Row]
    counts: list[Row]


def happened(random: np.random.Generator, material: Material, events: int) -> Iterator[Happened]:
    line = material.timeline
    for number, count in enumerate(shared_out(events, line.weights).tolist()):
        yield _day(random, material, number, count)


def _day(random: np.random.Generator, material: Material, number: int, size: int) -> Happened:
    province, line = material.province, material.timeline
    at = np.sort(seconds_of_day(random, size))
    statuses = (*(status.value for status in EVENT_WEIGHTS), CONVERSATION)
    status = chosen(random, tuple(EVENT_WEIGHTS.values()), size)
    channel = chosen(random, CHANNEL_WEIGHTS, size)
    has_code = np.isin(status, [statuses.index(each.value) for each in (Status.ANSWERED, Status.RATED)])
    code = drawn(random, province.code_ends, size)
    person = random.integers(0, len(material.people), size)
    rows: Iterator[Row] = zip(
        moments(at + midnight(np.array([number]), line)[0]),
        texts(CHANNELS)[channel].tolist(),
        texts(material.people)[person].tolist(),
        texts(statuses)[status].tolist(),
        np.where(has_code, texts(province.codes)[code], "").tolist(),
        [material.version] * size,
        strict=True,
    )
    is_first = random.random(size) < _FIRST
    places = np.concatenate(
        (
            _place(at // 3600, channel, status, len(statuses)),
            _place(
                at[is_first] // 3600, channel[is_first], np.full(int(is_first.sum()), len(statuses) - 1), len(statuses)
            ),
        )
    )
    found, times = np.unique(places, return_counts=True)
    hour, rest = np.divmod(found, len(CHANNELS) * len(statuses))
    day = line.days[number].isoformat()
    counts: list[Row] = [
        (f"{day}T{each:02}", CHANNELS[place // len(statuses)], statuses[place % len(statuses)], n)
        for each, place, n in zip(hour.tolist(), rest.tolist(), times.tolist(), strict=True)
    ]
    return Happened(list(rows), counts)


def _place(hour: Ints, channel: Ints, status: Ints, statuses: int) -> Ints:
    """One number for the three."""
    return np.asarray((hour * len(CHANNELS) + channel) * statuses + status)
