"""The settings of what keeps the catalogue true: when data count as old, and how links are checked."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings

USUAL_OLD_DAYS = 365


class FreshnessSettings(BaseSettings):
    """The part of `Settings` that is about the age of what is told."""

    data_old_days: int = Field(default=USUAL_OLD_DAYS, ge=30, le=3650)
    """After how many days people are cautioned that the data are old."""
    links_check_days: int = Field(default=90, ge=1, le=3650)
    """After how many days without an answer a link is on the list of what is to be looked at again."""
    link_checks: int = Field(default=0, ge=0, le=500)
    """How many links the service checks each night, beside answering. 0: none."""
