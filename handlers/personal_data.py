"""A message with an identity number, a phone, a card or a code: not needed, not kept; its question is answered."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.messages import Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.model import SearchResult, Verdict
from handlers import find, outside
from handlers.offering import home, whole_card

_WORDS_OF_A_QUESTION = 2
_ANSWERED_TOO = frozenset({"call_back", "case_status", "credentials", "do_it_for_me"})


def refuse(turn: Turn) -> Outcome:
    """`turn.text` is what was left when the numbers were taken out."""
    refused = turn.texts.get("personal_data.refused")
    words = [word for word in turn.text.split() if any(letter.isalpha() for letter in word)]
    result = turn.search(turn.text) if len(words) >= _WORDS_OF_A_QUESTION else None
    if result is None or not _worth_answering(result):
        return _ask_again(turn, refused)
    outcome = find.find(turn)
    answer = outcome.reply
    is_guess = result.first.verdict is Verdict.ASKED_BACK and answer.status is Status.ASKED_BACK
    if is_guess and outcome.urgent is None:
        # What is left of such a message is often no question: a list of guesses would only confuse.
        return _ask_again(turn, refused)
    # Emergency numbers stay at the very top.
    parts = [answer.text, refused] if outside.is_urgent(result.first.intent) else [refused, answer.text]
    reply = Reply(Status.PERSONAL_DATA_REFUSED, "\n\n".join(parts), answer.choices, answer.links, answer.codes)
    return replace(outcome, reply=reply)


def _ask_again(turn: Turn, refused: str) -> Outcome:
    text = f"{refused}\n{turn.texts.get('personal_data.ask_again')}"
    return unchanged(turn, Reply(Status.PERSONAL_DATA_REFUSED, text, (*whole_card(turn), home(turn))))


def _worth_answering(result: SearchResult) -> bool:
    first = result.first
    return first.verdict in {Verdict.ANSWERED, Verdict.ASKED_BACK} or _is_told(first.intent)


def _is_told(intent: str | None) -> bool:
    return intent in _ANSWERED_TOO or outside.is_urgent(intent)
