"""Searches that led nowhere: which words may be kept so that staff can teach the search, and which may not."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.dialogue.choices import Opinion
from bot.dialogue.messages import Status
from bot.dialogue.turn import Outcome
from bot.search.fold import fold
from bot.store.interface import Unfound, Unmet

MOST_WORDS = 12
MOST_CHARS = 80
"""Whoever writes more tells a story: it is not kept."""
MANY_DIGITS = 5
"""So many may be somebody's number that the masker does not know, or the day of their birth."""
_REMEMBERED_FOR = timedelta(hours=1)
_MOST_PEOPLE = 10_000


def unfound(words: str, why: Unmet, at: datetime) -> Unfound | None:
    """What is kept of a search; None where it may say something of a person, or says nothing."""
    folded = fold(words)
    if not folded or len(words) > MOST_CHARS or len(folded.split()) > MOST_WORDS:
        return None
    if sum(letter.isdigit() for letter in words) >= MANY_DIGITS:
        return None
    return Unfound(at, words, folded, why)


class LastWords:
    """What people asked last, in the memory of this process alone, until they say whether the answer helped."""

    def __init__(self) -> None:
        self._words: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def note(self, person: str, words: str, outcome: Outcome, at: datetime) -> Unfound | None:
        """What is to be kept after this turn. `words`: masked; empty where nothing was searched for."""
        before = self._words.pop(person, None)
        if outcome.opinion is Opinion.NO and before is not None and at - before[0] <= _REMEMBERED_FOR:
            return unfound(before[1], Unmet.UNHELPFUL, at)
        if outcome.erase or not words:
            return None
        if outcome.reply.status is Status.NOT_FOUND:
            return unfound(words, Unmet.NOT_FOUND, at)
        self._words[person] = (at, words)
        if len(self._words) > _MOST_PEOPLE:
            self._words.popitem(last=False)
        return None
