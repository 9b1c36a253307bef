"""Messages that hold no question: empty, without words, too long; and what is said when something broke."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.messages import Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged


def empty(turn: Turn) -> Outcome:
    return unchanged(turn, Reply(Status.EMPTY, turn.texts.get("unreadable.empty")))


def wordless(turn: Turn) -> Outcome:
    return unchanged(turn, Reply(Status.EMPTY, turn.texts.get("unreadable.wordless")))


@dataclass(frozen=True, slots=True)
class TooLong:
    """`limit` in characters, as the settings have it."""

    limit: int

    def __call__(self, turn: Turn) -> Outcome:
        text = turn.texts.get("unreadable.too_long", limit=self.limit)
        return unchanged(turn, Reply(Status.TOO_LONG, text))


def failed(turn: Turn) -> Outcome:
    return unchanged(turn, Reply(Status.FAILED, turn.texts.get("failed")))
