"""The settings of deleting data on request, and of backups that still hold them."""

from __future__ import annotations

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings


class PrivacySettings(BaseSettings):
    """The part of `Settings` that is about what people may ask of their own data."""

    keep_backups_days: int = Field(default=14, ge=1, le=3650)
    """After how many days backups are removed, by whoever keeps them: people are told so."""
    keep_erasures_days: int = Field(default=400, ge=1, le=3650)
    """How long it is noted that a person's data were deleted, so that it is done again in a restored backup."""

    @field_validator("keep_erasures_days")
    @classmethod
    def _outlives_backups(cls, value: int, info: ValidationInfo) -> int:
        if value < info.data.get("keep_backups_days", 0):
            raise ValueError("must be at least KEEP_BACKUPS_DAYS: in an older backup nobody would be deleted again")
        return value
