"""Free text: search, then answer, ask back, say that nothing was found, or say what the message is instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from bot.catalog.lookup import successor
from bot.dialogue.choices import CardChoice, StartChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.search.fold import fold
from bot.search.model import Decision, Verdict
from handlers import card, outside
from handlers.commune_answer import card_at_commune
from handlers.help_topic import WAYS_BACK, open_topic, topic_for
from handlers.life_event import open_event
from handlers.naming import labels
from handlers.onward import near_answer
from handlers.paging import MOST
from handlers.start import life_event_choices

UNKNOWN_CODE = "unknown_code"
MOST_WISHES = 5
MOST_OF_A_WISH = 2
"""Of a wish that would itself be asked back, so that the list stays short."""
_SAYS_NOTHING = frozenset({None, "vague", "confirm"})
_NEW_WORDS = 3
"""With so few words that its label does not hold, a difference is not worth a line."""
_WORDS_OF_A_SITUATION = 3


def find(turn: Turn) -> Outcome:
    """The outcome for a message in the person's own words."""
    at_commune = card_at_commune(turn)
    if at_commune is not None:
        return at_commune
    wishes = turn.engine.search(turn.text).wishes
    helped = _helped(turn, wishes)
    if helped is not None:
        return helped
    open_wishes = [wish for wish in wishes if _candidates(wish)]
    if len(open_wishes) > 1:
        return _several(turn, open_wishes)
    return _one(turn, open_wishes[0] if open_wishes else wishes[0])


def _helped(turn: Turn, wishes: Sequence[Decision]) -> Outcome | None:
    """The help topic that is asked for, unless someone is in danger or asks on about the card before."""
    if any(outside.is_urgent(wish.intent) for wish in wishes):
        return None
    asked_on = _asks_on(turn, wishes[0])
    if asked_on is not None:
        return asked_on
    topic = turn.engine.help_topic(turn.text)
    if topic is None and wishes[0].verdict is Verdict.OUT_OF_SCOPE:
        topic = topic_for(turn, wishes[0].intent)
    helped = open_topic(turn, topic)
    return None if helped is None else _with_cards(turn, helped, wishes[0])


def _with_cards(turn: Turn, outcome: Outcome, wish: Decision) -> Outcome:
    """Above a topic's ways on, the procedures that the message names beside it; the ways back stay."""
    if wish.verdict is not Verdict.OUT_OF_SCOPE:
        return outcome
    named = card_choices(turn, _current(turn, [candidate.code for candidate in wish.candidates]))
    known = {choice.id for choice in outcome.reply.choices}
    cards = tuple(choice for choice in named if choice.id not in known)
    related, back = outcome.reply.choices[:-WAYS_BACK], outcome.reply.choices[-WAYS_BACK:]
    choices = (*cards, *related)[: MOST - WAYS_BACK] + back
    return replace(outcome, reply=replace(outcome.reply, choices=choices))


def _one(turn: Turn, wish: Decision) -> Outcome:
    outcome = _found(turn, wish)
    if wish.verdict is Verdict.OUT_OF_SCOPE or not outside.is_urgent(wish.intent):
        return outcome
    # A procedure is named, and so is a danger: the number to call comes first.
    warning = outside.outside(turn, wish.intent).reply.text
    return replace(outcome, reply=replace(outcome.reply, text=f"{warning}\n\n{outcome.reply.text}"))


def _found(turn: Turn, wish: Decision) -> Outcome:
    if wish.verdict is Verdict.ANSWERED and wish.candidates:
        code = wish.written or wish.candidates[0].code
        return card.show(turn, code, asks=wish.asks, near=near_answer(wish))
    if wish.verdict is Verdict.ASKED_BACK:
        return _ask_back(turn, wish)
    return _situation(turn, wish) or _nothing(turn, wish)


def _asks_on(turn: Turn, wish: Decision) -> Outcome | None:
    """What is asked after a card ("how much is it?"), naming nothing, is about that card."""
    code = turn.conversation.procedure
    if code is None or not wish.asks or wish.candidates or wish.intent not in _SAYS_NOTHING:
        return None
    return card.show(turn, code, asks=wish.asks)


def _situation(turn: Turn, wish: Decision) -> Outcome | None:
    """The situation in life whose title holds the one or two words that were said ("đất")."""
    words = set(fold(turn.text).split())
    if wish.intent not in _SAYS_NOTHING or not 1 <= len(words) <= _WORDS_OF_A_SITUATION:
        return None
    titles = [(event, _words(event.title)) for event in turn.catalogue.life_events if event.codes]
    fitting = [(len(title), event) for event, title in titles if words <= title]
    return open_event(turn, min(fitting, key=lambda item: item[0])[1]) if fitting else None


def _words(text: str) -> set[str]:
    return set(fold(text).replace(",", " ").split())


def _nothing(turn: Turn, wish: Decision) -> Outcome:
    if wish.verdict is Verdict.OUT_OF_SCOPE:
        return _with_offers(turn, outside.outside(turn, wish.intent), wish)
    return _not_found(turn, wish.intent)


def _with_offers(turn: Turn, outcome: Outcome, wish: Decision) -> Outcome:
    """Below an answer about something else, the procedures that the message names all the same."""
    offers = card_choices(turn, _current(turn, [candidate.code for candidate in wish.candidates]))
    if not offers:
        return outcome
    again = Choice(str(StartChoice()), turn.texts.get("start.again"))
    return replace(outcome, reply=replace(outcome.reply, choices=(*offers, again)))


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
    question = turn.texts.get("find.which") if len(codes) > 1 else turn.texts.get("find.is_it")
    lines = [question, *_differences(turn, codes, choices)]
    reply = Reply(Status.ASKED_BACK, "\n".join(lines), (*choices, _again(turn)), codes=codes)
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
    reply = Reply(Status.ASKED_BACK, turn.texts.get("find.several"), (*choices, _again(turn)), codes=codes)
    return Outcome(reply, waiting, asks)


def _not_found(turn: Turn, intent: str | None) -> Outcome:
    texts, province = turn.texts, turn.catalogue.province
    portal = (Link(texts.get("link.portal"), province.portal_home),)
    if intent == UNKNOWN_CODE:
        return Outcome(Reply(Status.NOT_FOUND, texts.get("find.unknown_code"), (_again(turn),), portal))
    text = texts.get("find.not_found", centre=province.service_centre)
    return Outcome(Reply(Status.NOT_FOUND, text, life_event_choices(turn) or (_again(turn),), portal))


def _again(turn: Turn) -> Choice:
    return Choice(str(StartChoice()), turn.texts.get("start.again"))


def _current(turn: Turn, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that took the place of these, each once."""
    found = (successor(turn.catalogue, code) for code in codes)
    return tuple(dict.fromkeys(code for code in found if code is not None))


def card_choices(turn: Turn, codes: Sequence[str]) -> tuple[Choice, ...]:
    named = zip(codes, labels(turn.catalogue, codes), strict=True)
    return tuple(Choice(str(CardChoice(code)), label) for code, label in named)


def _differences(turn: Turn, codes: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    """What tells the choices apart, where an editor wrote it down and it says more than the label."""
    return [
        turn.texts.get("find.difference", label=choice.label, difference=difference)
        for code, choice in zip(codes, choices, strict=True)
        if (difference := _beginning(turn.catalogue.procedures[code].difference))
        and len(_words(difference.rstrip(".")) - _words(choice.label.replace(":", " "))) > _NEW_WORDS
    ]


def _beginning(difference: str | None) -> str:
    """The sentence up to its first semicolon: what follows names the other choices, which stand beside it."""
    beginning = (difference or "").partition(";")[0].rstrip(" .")
    return f"{beginning}." if beginning else ""
