"""What the settings say about ratings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.ratings.periods import USUAL_START, day_of, report_month_of
from bot.ratings.scales import SCALES, THREE, Scale
from bot.settings.ratings import RatingSettings


@dataclass(frozen=True, slots=True)
class RatingRules:
    """`scale`: on which people are asked. `period_start`: the day on which a report month begins."""

    scale: Scale = THREE
    period_start: int = USUAL_START
    is_test: bool = False

    def period_of(self, at: datetime) -> str:
        """The name of the report month in which something counts."""
        return report_month_of(day_of(at), self.period_start).name


USUAL_RULES = RatingRules()


def rating_rules_of(settings: RatingSettings) -> RatingRules:
    return RatingRules(SCALES[settings.rating_scale], settings.report_start_day, is_test=settings.rating_test_mode)
