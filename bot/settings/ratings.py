"""The settings of ratings and reports."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings


class RatingSettings(BaseSettings):
    """The part of `Settings` that is about satisfaction."""

    rating_scale: Literal["three", "five"] = "three"
    """Three levels, or five; ratings of another scale stay, and are shown apart."""
    rating_test_mode: bool = False
    """Mark every rating as given in a test: kept, and not counted."""
    report_start_day: int = Field(default=15, ge=1, le=28)
    """The day on which a report month begins; it is named after the month in which it ends."""
    report_due_day: int = Field(default=20, ge=1, le=28)
    """The day by which a report is due."""
    follow_up_hours: int = Field(default=20, ge=0, le=47)
    """How long after a page of the portal was opened a person of a messenger is asked once. 0: never."""
    keep_unfound_days: int = Field(default=180, ge=1, le=3650)
    """How long words that found nothing are kept, masked and without whose they were."""
    keep_raters_months: int = Field(default=24, ge=1, le=120)
    """After how many months nobody can tell any more that two ratings are of one person."""
