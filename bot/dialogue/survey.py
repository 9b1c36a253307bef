"""A question about a service, as a conversation goes through it; and what of it is kept, with whose and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.dialogue.rating_rules import RatingRules
from bot.ratings.model import (
    Asking,
    Filing,
    Flag,
    Identity,
    Obstacle,
    Origin,
    Rating,
    Reason,
    Remark,
    Subject,
    Survey,
)


class Awaits(StrEnum):
    """What the next words of the person are."""

    NOTHING = ""
    COMMENT = "comment"
    OBSTACLE = "obstacle"


@dataclass(frozen=True, slots=True)
class Asked:
    """The service that a person was asked about last, and how far they got. `period`: the report month it counts in."""

    subject: Subject
    period: str
    origin: Origin = Origin.CARD
    filing: Filing | None = None
    level: int | None = None
    is_helped: bool = False
    reason: Reason | None = None
    awaits: Awaits = Awaits.NOTHING

    def to_fields(self) -> dict[str, object]:
        about = self.subject
        return {
            "subject": [about.code, about.service, about.agency, about.commune],
            "period": self.period,
            "origin": self.origin.value,
            "filing": self.filing,
            "level": self.level,
            "is_helped": self.is_helped,
            "reason": self.reason,
            "awaits": self.awaits.value,
        }

    @classmethod
    def from_fields(cls, kept: object) -> Asked | None:
        """What was kept; None where nothing was, or where it cannot be read: the rest of the conversation still can."""
        if not isinstance(kept, dict):
            return None
        try:
            subject, level = kept["subject"], kept["level"]
            if not isinstance(subject, list) or not (level is None or type(level) is int):
                return None
            return cls(
                Subject(*map(str, subject)),
                str(kept["period"]),
                Origin(str(kept["origin"])),
                None if kept["filing"] is None else Filing(str(kept["filing"])),
                level,
                kept["is_helped"] is True,
                None if kept["reason"] is None else Reason(str(kept["reason"])),
                Awaits(str(kept["awaits"])),
            )
        except (ValueError, TypeError, KeyError):
            return None


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said in this turn when they were asked; nothing: they were just asked.

    `is_rated`: the level in `asked` is their rating. `words`: why they have not filed, masked. `comment`: to be added
    to their rating, masked.
    """

    asked: Asked
    is_answered: bool = False
    is_rated: bool = False
    reason: Reason | None = None
    words: str = ""
    comment: str | None = None
    may_be_told: bool | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who said it, when, where, and on which catalogue. `address`: as of a `Rating`. `flags`: those that are known."""

    person: str
    at: datetime
    channel: str
    catalogue_version: str
    address: str = ""
    flags: tuple[Flag, ...] = ()


def survey_of(said: Said, around: Circumstances, rules: RatingRules) -> Survey:
    """What is kept of it."""
    asked, about = said.asked, said.asked.subject
    asking = Asking(
        around.at, asked.period, around.person, about, around.channel, asked.origin, is_answered=said.is_answered
    )
    remark = None
    if said.comment is not None or said.may_be_told is not None:
        remark = Remark(around.person, about.code, asked.period, said.comment, said.may_be_told)
    obstacle = None
    if said.reason is not None:
        obstacle = Obstacle(
            around.at, around.person, about, around.channel, said.reason, around.catalogue_version, said.words
        )
    return Survey(asking, _rating(asked, around, rules) if said.is_rated else None, remark, obstacle)


def _rating(asked: Asked, around: Circumstances, rules: RatingRules) -> Rating | None:
    if asked.filing is None or asked.level is None:
        return None
    # A browser is known by its cookie; the platforms know their people.
    identity = Identity.COOKIE if around.channel == "web" else Identity.ACCOUNT
    flags = (*around.flags, *((Flag.TEST,) if rules.is_test else ()))
    return Rating(
        around.at,
        asked.period,
        around.person,
        asked.subject,
        around.channel,
        asked.origin,
        rules.scale.id,
        asked.level,
        asked.filing,
        identity,
        around.catalogue_version,
        asked.is_helped,
        flags,
        address=around.address,
    )
