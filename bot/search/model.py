"""What the search answers: a decision, with the reasons that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Reason:
    """One named step of the ranking and what it contributed (a score in points, or 0 for a remark)."""

    name: str
    points: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that may be meant; `score` grows with likeness, 1.0 is the exact title."""

    code: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one wish.

    `candidates`: best first, at most ten. ANSWERED: the first is the answer. ASKED_BACK: the first `choices` are to
    be offered (2–5). OUT_OF_SCOPE: `intent` says what the message is instead (chit_chat, emergency, otp, court, …).
    `asks`: which side of the procedure the person asks about (fee, papers, place, time, online …), may be empty.
    """

    text: str
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    choices: int = 0
    intent: str | None = None
    asks: tuple[str, ...] = ()
    written: str | None = None
    """The code as the person wrote it, where one was; a superseded one stands for its successor."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The decisions for a message: one, or one for each wish when it names several."""

    wishes: tuple[Decision, ...]

    @property
    def first(self) -> Decision:
        return self.wishes[0]
