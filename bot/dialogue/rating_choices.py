"""Choices about how a service went; their ids are in the table of `bot.dialogue.choices`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.ratings.model import Filing, Reason

NOT_FILED: Literal["none"] = "none"
Filed = Filing | Literal["none"]
"""How something was filed, or that it was not."""


@dataclass(frozen=True, slots=True)
class RateChoice:
    """`code` None: the procedure spoken of. `filing` None: asked; "none": they have not used it. `level` None: asked.

    `is_helped`: somebody helps to give the rating.
    """

    code: str | None = None
    agency: str | None = None
    filing: Filed | None = None
    level: int | None = None
    is_helped: bool = False

    def __str__(self) -> str:
        if self.code is None:
            return "rate"
        about = self.code if self.agency is None else f"{self.code}@{self.agency}"
        level = "" if self.level is None else f":{self.level}{'+' if self.is_helped else ''}"
        return f"rate:{about}{'' if self.filing is None else f':{self.filing}'}{level}"


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    reason: Reason

    def __str__(self) -> str:
        return f"why:{self.reason}"


class NoteStep(StrEnum):
    ASKED = "ask"
    WRITE = "write"
    """They agree that staff read what they write."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class NoteChoice:
    step: NoteStep

    def __str__(self) -> str:
        return f"note:{self.step}"


@dataclass(frozen=True, slots=True)
class TellChoice:
    """To be told what became of a bad rating."""

    def __str__(self) -> str:
        return "tell:yes"


@dataclass(frozen=True, slots=True)
class FollowUpsChoice:
    """Whether the assistant may ask by itself."""

    are_wanted: bool = False

    def __str__(self) -> str:
        return "stop:no" if self.are_wanted else "stop"


def filed_of(written: str | None) -> Filed | None:
    """What `str()` of it says; None for anything else."""
    return NOT_FILED if written == NOT_FILED else Filing(written) if written in set(Filing) else None
