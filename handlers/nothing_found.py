"""Free text that no procedure fits: another matter, a farewell, a commune nobody knows, or just not found."""

from __future__ import annotations

import re

from bot.dialogue.choices import MenuChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import spelling_of
from bot.search.model import Decision, Verdict
from handlers import commune, outside
from handlers.closing import closing, helpful_choices
from handlers.offering import card_choices, closed, home, in_force, whole_card

LABEL_WORD = re.compile(r"[^\W_]+")
LEAVING = frozenset({"thanks", "goodbye", "praise"})
_UNKNOWN_CODE = "unknown_code"
_TELLING = 3
"""Letters: a shorter word is in many labels."""
_DANGER = "emergency"


def nothing_found(turn: Turn, wish: Decision) -> Outcome:
    """What is said instead; with what the message names all the same."""
    if wish.verdict is not Verdict.OUT_OF_SCOPE:
        return (commune.unknown(turn) if wish.intent is None else None) or _not_found(turn, wish.intent)
    outcome = outside.outside(turn, wish.intent)
    if wish.intent in LEAVING:
        return _asked_if_it_helped(turn, outcome)
    if wish.intent == "confirm" and turn.conversation.procedure is not None:
        return outcome.offering((*whole_card(turn), home(turn)))
    return _with_offers(turn, outcome, wish)


def _asked_if_it_helped(turn: Turn, outcome: Outcome) -> Outcome:
    if turn.conversation.asked is not None:
        # They were asked enough.
        return outcome
    end = closing(turn, local=False)
    if end.question is None:
        return outcome
    return outcome.saying(f"{outcome.reply.text}\n{end.question}").offering((*end.choices, home(turn)))


def _with_offers(turn: Turn, outcome: Outcome, wish: Decision) -> Outcome:
    """Below an answer about something else, the procedures that the message names all the same."""
    offers = () if (wish.intent or "").startswith(_DANGER) else named_besides(turn, wish)
    if not offers:
        return outcome
    return outcome.offering(closed(turn, offers))


def named_besides(turn: Turn, wish: Decision) -> tuple[Choice, ...]:
    """The procedures that a message about something else names all the same: by a word of their labels."""
    # With marks "mật" (khẩu) is not "mất".
    spelled = spelling_of(turn.text)
    said = {word for word in spelled(turn.text).split() if len(word) >= _TELLING}
    choices = card_choices(turn, in_force(turn, [candidate.code for candidate in wish.candidates]))
    return tuple(choice for choice in choices if not said.isdisjoint(LABEL_WORD.findall(spelled(choice.label))))


def _not_found(turn: Turn, intent: str | None) -> Outcome:
    texts, province = turn.texts, turn.catalogue.province
    portal = (Link(texts.get("link.portal"), province.portal_home),)
    if intent == _UNKNOWN_CODE:
        return unchanged(turn, Reply(Status.NOT_FOUND, texts.get("find.unknown_code"), (home(turn),), portal))
    text = texts.get("find.not_found", centre=province.service_centre)
    ways = Choice(str(MenuChoice()), texts.get("browse.other_ways"))
    if turn.conversation.judged:
        return unchanged(turn, Reply(Status.NOT_FOUND, text, (ways, home(turn)), portal))
    text = f"{text}\n{texts.get('helpful.question')}"
    return unchanged(turn, Reply(Status.NOT_FOUND, text, (ways, *helpful_choices(turn), home(turn)), portal))
