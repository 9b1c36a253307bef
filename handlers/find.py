"""Free text: search, then answer, ask back, say that nothing was found, or say what the message is instead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from bot.catalog.lookup import successor
from bot.dialogue.choices import CardChoice, StartChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.search.model import Decision, Verdict
from handlers import card, outside
from handlers.commune_answer import card_at_commune
from handlers.naming import labels
from handlers.start import life_event_choices

UNKNOWN_CODE = "unknown_code"
MOST_WISHES = 5
MOST_OF_A_WISH = 2
"""Of a wish that would itself be asked back, so that the list stays short."""


def find(turn: Turn) -> Outcome:
    """The outcome for a message in the person's own words."""
    at_commune = card_at_commune(turn)
    if at_commune is not None:
        return at_commune
    wishes = turn.engine.search(turn.text).wishes
    open_wishes = [wish for wish in wishes if _candidates(wish)]
    if len(open_wishes) > 1:
        return _several(turn, open_wishes)
    return _one(turn, open_wishes[0] if open_wishes else wishes[0])


def _one(turn: Turn, wish: Decision) -> Outcome:
    if wish.verdict is Verdict.OUT_OF_SCOPE:
        return outside.outside(turn, wish.intent)
    if wish.verdict is Verdict.ANSWERED and wish.candidates:
        return card.show(turn, wish.candidates[0].code, asks=wish.asks)
    if wish.verdict is Verdict.ASKED_BACK:
        return _ask_back(turn, wish)
    return _not_found(turn, wish.intent)


def _candidates(wish: Decision) -> tuple[str, ...]:
    """The codes that the person may choose from for this wish."""
    if wish.verdict is Verdict.ANSWERED:
        return tuple(candidate.code for candidate in wish.candidates[:1])
    if wish.verdict is Verdict.ASKED_BACK:
        return tuple(candidate.code for candidate in wish.candidates[: wish.choices])
    return ()


def _ask_back(turn: Turn, wish: Decision) -> Outcome:
    codes = _current(turn, _candidates(wish))
    if not codes:
        return vague(turn)
    choices = card_choices(turn, codes)
    lines = [turn.texts.get("find.which"), *_differences(turn, codes, choices)]
    reply = Reply(Status.ASKED_BACK, "\n".join(lines), choices, codes=codes)
    return Outcome(reply, asks=wish.asks)


def vague(turn: Turn) -> Outcome:
    """There is nothing to search by: ask what it is about."""
    return Outcome(Reply(Status.ASKED_BACK, turn.texts.get("find.vague"), life_event_choices(turn)))


def _several(turn: Turn, wishes: Sequence[Decision]) -> Outcome:
    """Several wishes in one message: which first? The best of each wish before the second best of any."""
    in_turn = chain.from_iterable(zip_longest(*(_candidates(wish)[:MOST_OF_A_WISH] for wish in wishes)))
    codes = _current(turn, tuple(code for code in in_turn if code is not None))[:MOST_WISHES]
    choices = card_choices(turn, codes)
    if len(codes) == 1:
        return card.show(turn, codes[0])
    best = _current(turn, [_candidates(wish)[0] for wish in wishes])
    waiting = tuple(choice for code, choice in zip(codes, choices, strict=True) if code in best)
    asks = tuple(dict.fromkeys(ask for wish in wishes for ask in wish.asks))
    reply = Reply(Status.ASKED_BACK, turn.texts.get("find.several"), choices, codes=codes)
    return Outcome(reply, waiting, asks)


def _not_found(turn: Turn, intent: str | None) -> Outcome:
    texts, province = turn.texts, turn.catalogue.province
    again = (Choice(str(StartChoice()), texts.get("start.again")),)
    portal = (Link(texts.get("link.portal"), province.portal_home),)
    if intent == UNKNOWN_CODE:
        return Outcome(Reply(Status.NOT_FOUND, texts.get("find.unknown_code"), again, portal))
    text = texts.get("find.not_found", centre=province.service_centre)
    return Outcome(Reply(Status.NOT_FOUND, text, again, portal))


def _current(turn: Turn, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that took the place of these, each once."""
    found = (successor(turn.catalogue, code) for code in codes)
    return tuple(dict.fromkeys(code for code in found if code is not None))


def card_choices(turn: Turn, codes: Sequence[str]) -> tuple[Choice, ...]:
    named = zip(codes, labels(turn.catalogue, codes), strict=True)
    return tuple(Choice(str(CardChoice(code)), label) for code, label in named)


def _differences(turn: Turn, codes: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    """What tells the choices apart, where an editor wrote it down."""
    return [
        turn.texts.get("find.difference", label=choice.label, difference=difference)
        for code, choice in zip(codes, choices, strict=True)
        if (difference := turn.catalogue.procedures[code].difference)
    ]
