"""A rating, what it is about, and what else is said when people are asked: frozen, free of I/O.

A `Rating` is one person's satisfaction with one service in one report period. Only those of people who filed online
themselves count towards the target; the others are kept, and shown apart. Whether an *answer* helped is another
question (`Helpfulness`), and never a rating.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Filing(StrEnum):
    """How the person filed."""

    ONLINE = "online"
    """Online, by themselves: the only one that counts towards the target."""
    COUNTER = "counter"
    HELPER = "helper"
    """A clerk or a volunteer filed for them."""


class Origin(StrEnum):
    """Where the question was put."""

    CARD = "card"
    FOLLOW_UP = "follow_up"
    COUNTER = "counter_qr"
    TEAM = "team_link"


class Identity(StrEnum):
    """How it is known that a person rates once."""

    ACCOUNT = "account"
    """A chat account."""
    TOKEN = "token"  # noqa: S105 - a kind of identity, no secret
    """A link made for one rating."""
    COOKIE = "cookie"
    """A browser: another browser is another person."""


class Flag(StrEnum):
    """Why a rating is looked at twice; the rules are in `bot.ratings.flags`."""

    BURST = "burst"
    MANY = "many"
    STAFF = "staff"
    NO_CONVERSATION = "no_conversation"
    TEST = "test"
    ERASED = "erased"
    GROUP = "group"


class Mark(StrEnum):
    """What the flags of a rating come to."""

    CLEAN = "clean"
    FLAGGED = "flagged"
    """Counted, and shown apart as well."""
    ASIDE = "aside"
    """Shown apart, and not counted."""


class Reason(StrEnum):
    """What kept a person from filing online."""

    NO_NEED = "no_need"
    ACCOUNT = "account"
    PAPERS = "papers"
    PAYMENT = "payment"
    HARD = "hard"
    FAULT = "fault"
    COUNTER = "counter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """The service that a question is about. `code`: the procedure's. Empty: not known.

    `service`: the service's own code (`1.001193.01`) where the agency offers just one. `agency`: who decides.
    `commune`: agency code of the person's commune.
    """

    code: str
    service: str = ""
    agency: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """That a person was asked about a service in a period (the name of a report month); counted once for the three.

    `at` is in UTC, `person` a keyed hash, `link` the id of the team's or the counter's link. `is_answered`: also where
    they say that they have not used it.
    """

    at: datetime
    period: str
    person: str
    subject: Subject
    channel: str
    origin: Origin
    link: str = ""
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating as it is kept; the last one of a person, procedure and period is the one that counts.

    `level` on the scale with the id `scale`. `is_helped`: a volunteer or a clerk helped to give it. `link`, `address`:
    where it came from, as an id and a keyed hash that changes daily; empty where not known. `flags`: those that whoever
    took it knows of (staff, test); the store adds the others.
    """

    at: datetime
    period: str
    person: str
    subject: Subject
    channel: str
    origin: Origin
    scale: str
    level: int
    filing: Filing
    identity: Identity
    catalogue_version: str
    is_helped: bool = False
    flags: tuple[Flag, ...] = ()
    link: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is added to the last rating of a person, procedure and period. None: as it was.

    `comment`: with private numbers masked, at most MAX_COMMENT_CHARS. `may_be_told`: they agreed to hear what became
    of it.
    """

    person: str
    code: str
    period: str
    comment: str | None = None
    may_be_told: bool | None = None


MAX_COMMENT_CHARS = 1000


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why somebody has not filed. `words`: their own, masked; empty as a rule."""

    at: datetime
    person: str
    subject: Subject
    channel: str
    reason: Reason
    catalogue_version: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What came of asking, in one turn; all of it is kept, or nothing."""

    asking: Asking | None = None
    rating: Rating | None = None
    remark: Remark | None = None
    obstacle: Obstacle | None = None
