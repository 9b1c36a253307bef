"""Nobody is told twice within a minute; everybody hears it once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.operations.messages.told_lately import ToldLately

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_told_again_after_a_minute() -> None:
    told = ToldLately()
    moments = (NOW, NOW + 59 * SECOND, NOW + 60 * SECOND, NOW + 61 * SECOND)
    assert [told.is_news("p", at) for at in moments] == [True, False, True, False]


def test_each_for_themselves() -> None:
    told = ToldLately()
    assert [told.is_news(person, NOW) for person in ("p", "q", "p")] == [True, True, False]
