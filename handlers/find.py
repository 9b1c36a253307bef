"""Free text: search, then answer, ask back, say that nothing was found, or say what the message is instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.catalog.communes import commune_by_name
from bot.dialogue.choices import MAX_PICKED, CardChoice, MenuChoice, OnlineListChoice, PickChoice, PrivacyChoice, Target
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Handler, Outcome, Turn, unchanged
from bot.search.fold import canonical, fold
from bot.search.model import Decision, Verdict
from handlers import card, commune, other, outside
from handlers.browse import open_event
from handlers.closing import closing
from handlers.commune_answer import card_at_commune
from handlers.differences import differences
from handlers.filtering import filtered
from handlers.follow_up import follow_up
from handlers.help_topic import WAYS_BACK, open_topic, topic_for
from handlers.list_in_words import list_in_words
from handlers.naming import event_title, labels
from handlers.offering import MOST, card_choices, closed, current, home, pending
from handlers.online_list import online_list
from handlers.onward import near_answer
from handlers.privacy import privacy
from handlers.start import first_choices

UNKNOWN_CODE = "unknown_code"
_SAYS_NOTHING = frozenset({None, "vague"})
_LABEL_WORD = re.compile(r"[^\W_]+")
_TELLING = 3
"""Letters: a shorter word is in many labels."""
_DANGER = "emergency"
_DESPAIR = "emergency_distress"
_LEAVING = frozenset({"thanks", "goodbye", "praise"})
_ANSWERED_BETTER: Mapping[str, tuple[Target, Handler]] = {
    "what-online": (OnlineListChoice(), online_list),
    "privacy": (PrivacyChoice(), privacy),
}
"""Help topics that, asked for in words, are best answered by the thing itself."""
_WORDS_OF_A_SITUATION = 3


def find(turn: Turn) -> Outcome:
    """The outcome for a message in the person's own words."""
    about_the_screen = card_at_commune(turn) or commune.told(turn) or filtered(turn) or list_in_words(turn)
    if about_the_screen is not None:
        return about_the_screen
    wishes = turn.search(turn.text).wishes
    if not any(outside.is_urgent(wish.intent) for wish in wishes):
        answered = _answer_to_the_last(turn, wishes[0]) or _commune(turn, wishes[0]) or _helped(turn, wishes[0])
        if answered is not None:
            return answered
    open_wishes = [wish for wish in wishes if _candidates(wish)]
    if len(open_wishes) > 1:
        return _several(turn, open_wishes)
    return _one(turn, open_wishes[0] if open_wishes else wishes[0])


def _answer_to_the_last(turn: Turn, wish: Decision) -> Outcome | None:
    """The outcome of a message that only makes sense after the one before it."""
    if wish.intent == "confirm":
        return other.agree(turn)
    if wish.intent == "deny":
        return other.refuse(turn)
    return follow_up(turn, wish)


def _commune(turn: Turn, wish: Decision) -> Outcome | None:
    """The commune whose whole name the message is, unless it is as surely a procedure."""
    if wish.verdict is Verdict.ANSWERED or not commune_by_name(turn.catalogue, turn.text):
        return None
    return commune.named_alone(turn)


def _helped(turn: Turn, wish: Decision) -> Outcome | None:
    """The help topic that is asked for, with the procedures that the message names beside it."""
    topic = turn.engine.help_topic(turn.text, turn.language)
    better = _ANSWERED_BETTER.get(topic or "")
    if better is not None:
        target, handler = better
        return replace(handler(replace(turn, target=target)), view=target)
    if topic is None and wish.verdict is Verdict.OUT_OF_SCOPE:
        topic = topic_for(turn, wish.intent)
    helped = open_topic(turn, topic)
    if helped is None or wish.verdict is not Verdict.OUT_OF_SCOPE:
        return helped
    named = _named(turn, wish)
    known = {choice.id for choice in helped.reply.choices}
    cards = tuple(choice for choice in named if choice.id not in known)
    related, back = helped.reply.choices[:-WAYS_BACK], helped.reply.choices[-WAYS_BACK:]
    choices = (*cards, *related)[: MOST - WAYS_BACK] + back
    return replace(helped, reply=replace(helped.reply, choices=choices))


def _named(turn: Turn, wish: Decision) -> tuple[Choice, ...]:
    """The procedures that a message about something else names all the same: by a word of their labels."""
    # With marks "mật" (khẩu) is not "mất".
    spelled = fold if turn.text.isascii() else canonical
    said = {word for word in spelled(turn.text).split() if len(word) >= _TELLING}
    choices = card_choices(turn, current(turn, [candidate.code for candidate in wish.candidates]))
    return tuple(choice for choice in choices if not said.isdisjoint(_LABEL_WORD.findall(spelled(choice.label))))


def _one(turn: Turn, wish: Decision) -> Outcome:
    if wish.intent == _DESPAIR:
        # Whatever procedure such words resemble, it is not what this person needs now.
        return outside.outside(turn, wish.intent)
    outcome = _found(turn, wish)
    if wish.verdict is Verdict.OUT_OF_SCOPE or not outside.is_urgent(wish.intent):
        return outcome
    # A procedure is named, and so is a danger: the number to call comes first.
    warning = outside.outside(turn, wish.intent).reply.text
    return replace(outcome, reply=replace(outcome.reply, text=f"{warning}\n\n{outcome.reply.text}"))


def _found(turn: Turn, wish: Decision) -> Outcome:
    if wish.verdict is Verdict.ANSWERED and wish.candidates:
        code = wish.written or wish.candidates[0].code
        shown = card.show(turn, code, asks=wish.asks, near=near_answer(wish))
        return replace(shown, others=tuple(candidate.code for candidate in wish.candidates[1:]))
    if wish.verdict is Verdict.ASKED_BACK:
        return _ask_back(turn, wish)
    return _situation(turn, wish) or commune.named_alone(turn) or _nothing(turn, wish)


def _situation(turn: Turn, wish: Decision) -> Outcome | None:
    """The situation in life whose title holds the one or two words that were said ("đất")."""
    words = set(fold(turn.text).split())
    if wish.intent not in _SAYS_NOTHING or not 1 <= len(words) <= _WORDS_OF_A_SITUATION:
        return None
    events = turn.catalogue.life_events
    titles = [(event, _words(event_title(event, turn.language))) for event in events if event.codes]
    fitting = [(len(title), event) for event, title in titles if words <= title]
    return open_event(turn, min(fitting, key=lambda item: item[0])[1]) if fitting else None


def _words(text: str) -> set[str]:
    return set(fold(text).replace(",", " ").split())


def _nothing(turn: Turn, wish: Decision) -> Outcome:
    if wish.verdict is not Verdict.OUT_OF_SCOPE:
        return (commune.unknown(turn) if wish.intent is None else None) or _not_found(turn, wish.intent)
    outcome = outside.outside(turn, wish.intent)
    if wish.intent in _LEAVING:
        return _asked_if_it_helped(turn, outcome)
    return _with_offers(turn, outcome, wish)


def _asked_if_it_helped(turn: Turn, outcome: Outcome) -> Outcome:
    end = closing(turn, local=False)
    if end.question is None:
        return outcome
    reply = outcome.reply
    asked = replace(reply, text=f"{reply.text}\n{end.question}", choices=(*end.choices, home(turn)))
    return replace(outcome, reply=asked)


def _with_offers(turn: Turn, outcome: Outcome, wish: Decision) -> Outcome:
    """Below an answer about something else, the procedures that the message names all the same."""
    offers = () if (wish.intent or "").startswith(_DANGER) else _named(turn, wish)
    if not offers:
        return outcome
    return replace(outcome, reply=replace(outcome.reply, choices=closed(turn, offers)))


def _candidates(wish: Decision) -> tuple[str, ...]:
    """The codes that the person may choose from for this wish."""
    if wish.verdict is Verdict.ANSWERED:
        return tuple(candidate.code for candidate in wish.candidates[:1])
    if wish.verdict is Verdict.ASKED_BACK:
        return tuple(candidate.code for candidate in wish.candidates[: wish.choices])
    return ()


def _ask_back(turn: Turn, wish: Decision) -> Outcome:
    codes = current(turn, _candidates(wish))[:MAX_PICKED]
    if not codes:
        return vague(turn)
    choices = card_choices(turn, codes)
    question = turn.texts.get("find.which") if len(codes) > 1 else turn.texts.get("find.is_it")
    lines = [question, *differences(turn, codes, choices)]
    waiting = turn.conversation.waiting
    reply = Reply(
        Status.ASKED_BACK, "\n".join(lines), closed(turn, (*choices, *pending(turn, waiting))[: MOST - 1]), codes=codes
    )
    others = tuple(candidate.code for candidate in wish.candidates[wish.choices :])
    return Outcome(reply, waiting, wish.asks, others=others, view=PickChoice(codes))


def vague(turn: Turn) -> Outcome:
    """There is nothing to search by: ask what it is about."""
    return Outcome(Reply(Status.ASKED_BACK, turn.texts.get("find.vague"), first_choices(turn)))


def _several(turn: Turn, wishes: Sequence[Decision]) -> Outcome:
    """Several wishes in one message: the first is answered at once, the others wait, one after the other."""
    waiting: dict[str, Choice] = {}
    first = current(turn, _candidates(wishes[0]))
    for wish in wishes[1:]:
        codes = tuple(code for code in current(turn, _candidates(wish)) if code not in first[:1])[:MAX_PICKED]
        if codes:
            target = CardChoice(codes[0]) if len(codes) == 1 else PickChoice(codes)
            waiting[str(target)] = Choice(str(target), labels(turn.catalogue, codes, turn.language)[0])
    conversation = replace(turn.conversation, waiting=tuple(waiting.values()))
    outcome = _found(replace(turn, conversation=conversation), wishes[0])
    if not waiting:
        return outcome
    head = turn.texts.get("find.several", count=len(waiting) + 1)
    return replace(outcome, reply=replace(outcome.reply, text=_with_head(outcome.reply, head)))


def _with_head(reply: Reply, head: str) -> str:
    """A line above a question, or below the name of a card: a card begins with its name."""
    if reply.status is not Status.ANSWERED:
        return f"{head}\n{reply.text}"
    name, _, rest = reply.text.partition("\n")
    return f"{name}\n{head}\n{rest}"


def _not_found(turn: Turn, intent: str | None) -> Outcome:
    texts, province = turn.texts, turn.catalogue.province
    portal = (Link(texts.get("link.portal"), province.portal_home),)
    if intent == UNKNOWN_CODE:
        return unchanged(turn, Reply(Status.NOT_FOUND, texts.get("find.unknown_code"), (home(turn),), portal))
    text = texts.get("find.not_found", centre=province.service_centre)
    ways = Choice(str(MenuChoice()), texts.get("browse.other_ways"))
    return unchanged(turn, Reply(Status.NOT_FOUND, text, (ways, home(turn)), portal))
