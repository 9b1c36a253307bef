"""The settings of ratings and reports."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode


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
    report_year_due: str = "12-10"
    """The month and day by which the report of the year is due."""
    digest_days_before: int = Field(default=3, ge=0, le=10)
    """How many days before a report is due its figures are sent to those of staff who asked for it."""
    digest_hour: int = Field(default=8, ge=7, le=20)
    """At what hour, in Vietnam."""
    follow_up_hours: int = Field(default=20, ge=0, le=47)
    """How long after a page of the portal was opened a person of a messenger is asked once. 0: never."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Networks of the proxies in front whose `X-Forwarded-For` is believed (`127.0.0.1/32`)."""
    keep_unfound_days: int = Field(default=180, ge=1, le=3650)
    """How long words that found nothing are kept, masked and without whose they were."""
    keep_raters_months: int = Field(default=24, ge=2, le=120)
    """After how many months nobody can tell any more that two ratings are of one person. One is shorter than some
    report months, in which they would count twice."""

    @field_validator("report_year_due")
    @classmethod
    def _day_of_the_year(cls, value: str) -> str:
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", value, re.ASCII):
            raise ValueError("must be a month and a day from 01 to 28, as 12-10")
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(str(ip_network(part.strip())) for part in value.split(",") if part.strip())
        except ValueError:
            raise ValueError("must be addresses of proxies, or networks like 10.0.0.0/8, between commas") from None

    @property
    def year_due(self) -> tuple[int, int]:
        """The month and the day."""
        month, day = map(int, self.report_year_due.split("-"))
        return month, day
