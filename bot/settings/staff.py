"""The settings of the pages of staff."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings

NOBODY = "nobody"


class StaffSettings(BaseSettings):
    """The part of `Settings` that is about who is logged in."""

    staff_idle_minutes: int = Field(default=30, ge=5, le=480)
    """After how many minutes without a request staff are logged out."""
    staff_session_hours: int = Field(default=12, ge=1, le=24)
    """After how many hours they are logged out in any case."""
    staff_codes_from: Literal["nobody", "viewer", "editor", "admin"] = "nobody"
    """From which role on nothing is opened before they use codes of a telephone besides the password."""
    staff_refused_passwords: Path | None = None
    """A file of passwords that nobody may choose, one on each line."""
