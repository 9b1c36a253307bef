"""How much the assistant is used, as two tables: by channel and by the hour of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bot.dialogue.messages import Status
from bot.operations.figures.model import By, UseSummary
from bot.operations.figures.names import FigureNames
from bot.store.figures import CONVERSATION, OPENED, Use
from bot.texts import Texts
from bot.web.staff.figure_words import count_written, rate_written

QUESTIONS = (Status.ANSWERED, Status.ASKED_BACK, Status.NOT_FOUND, Status.OUT_OF_SCOPE)
"""What came of the questions that people asked."""
COLUMNS = (CONVERSATION, *(status.value for status in QUESTIONS), OPENED)


@dataclass(frozen=True, slots=True)
class UseRow:
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UseView:
    """`shares`: of all questions, in the places of `columns`; empty for a column that is no answer."""

    columns: tuple[str, ...]
    channels: tuple[UseRow, ...]
    total: UseRow
    shares: UseRow
    hours: tuple[UseRow, ...]
    is_empty: bool


def use_view(texts: Texts, names: FigureNames, found: UseSummary) -> UseView:
    counts = _sums((each.channel, each) for each in found.by_channel)
    hours = _sums((str(each.hour), each) for each in found.by_hour)
    channels = sorted({each.channel for each in found.by_channel})
    sums = [sum(counts[channel, column] for channel in channels) for column in COLUMNS]
    asked = sum(sums[COLUMNS.index(status.value)] for status in QUESTIONS)
    return UseView(
        columns=tuple(texts.get(f"web.staff.use.column.{column}") for column in COLUMNS),
        channels=tuple(
            UseRow(names.of(By.CHANNEL, channel), _cells(texts, [counts[channel, column] for column in COLUMNS]))
            for channel in channels
        ),
        total=UseRow(texts.get("web.staff.figures.whole"), _cells(texts, sums)),
        shares=UseRow(
            texts.get("web.staff.use.shares"),
            tuple(
                rate_written(texts, Fraction(number, asked)) if asked and column in set(QUESTIONS) else ""
                for column, number in zip(COLUMNS, sums, strict=True)
            ),
        ),
        hours=tuple(
            UseRow(
                texts.get("web.staff.use.hour", first=hour, last=hour + 1),
                _cells(texts, [hours[str(hour), column] for column in COLUMNS]),
            )
            for hour in range(24)
        ),
        is_empty=not any(sums),
    )


def _sums(uses: Iterable[tuple[str, Use]]) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for key, each in uses:
        sums[key, each.status] += each.count
    return sums


def _cells(texts: Texts, numbers: list[int]) -> tuple[str, ...]:
    return tuple(count_written(texts, number) for number in numbers)
