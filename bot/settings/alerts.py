"""The settings of who is told when something breaks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

AlertChannel = Literal["telegram", "zalo_oa", "zalo_bot"]


class AlertSettings(BaseSettings):
    """The part of `Settings` that is about the chat of operators. Without both there is none, and only the log."""

    alert_channel: AlertChannel | None = None
    """The messenger in which operators are told; its keys have to be set too."""
    # Not in what is printed of all settings: it says where somebody can be written to.
    alert_address: str | None = Field(default=None, repr=False, validate_default=True)
    """Who is told there, as the messenger numbers them: on Telegram a chat's number, of a group with its minus sign."""

    @field_validator("alert_address")
    @classmethod
    def _both(cls, value: str | None, info: ValidationInfo) -> str | None:
        # Where the channel itself is wrong, that alone is told.
        if "alert_channel" in info.data and (value is None) != (info.data["alert_channel"] is None):
            raise ValueError("has to be set together with ALERT_CHANNEL; leave both empty for no alerts in a chat")
        return value
