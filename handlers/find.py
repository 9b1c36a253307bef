"""Free text: search, then answer, ask back, say that nothing was found, or say what the message is instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.catalog.communes import commune_by_name
from bot.dialogue.choices import (
    MAX_PICKED,
    AgenciesChoice,
    CardChoice,
    LifeEventChoice,
    OnlineListChoice,
    PickChoice,
    PrivacyChoice,
    Target,
)
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Handler, Outcome, Turn
from bot.search.fold import spelling_of
from bot.search.model import Decision, Verdict
from handlers import card, commune, other, outside
from handlers.browse import open_event
from handlers.commune_answer import card_at_commune
from handlers.commune_names import home_and_wish
from handlers.differences import differences
from handlers.elsewhere import card_elsewhere
from handlers.filtering import filtered
from handlers.follow_up import follow_up
from handlers.help_topic import WAYS_BACK, open_topic, topic_for
from handlers.list_in_words import list_in_words
from handlers.naming import event_title, labels
from handlers.narrowing import narrowed
from handlers.nothing_found import LABEL_WORD, LEAVING, named_besides, nothing_found
from handlers.offering import MOST, card_choices, closed, current, pending, whole_card
from handlers.online_list import online_list
from handlers.onward import near_answer
from handlers.privacy import privacy
from handlers.rating_doubts import doubted
from handlers.rating_words import heard
from handlers.stale import said_old
from handlers.start import first_choices

_SAYS_NOTHING = frozenset({None, "vague"})
_DESPAIR = "emergency_distress"
_PAPERWORK = frozenset({"fee", "papers", "result"})
"""What nobody asks of a danger."""
_ANSWERED_BETTER: Mapping[str, tuple[Target, Handler]] = {
    "what-online": (OnlineListChoice(), online_list),
    "privacy": (PrivacyChoice(), privacy),
}
"""Help topics that, asked for in words, are best answered by the thing itself."""
_WORDS_OF_A_SITUATION = 3


def find(turn: Turn) -> Outcome:
    """The outcome for a message in the person's own words."""
    if isinstance(last_view(turn.conversation.trail), AgenciesChoice) and (agencies := filtered(turn)):
        # Among bodies "công an" is a name; elsewhere it is a call for help.
        return agencies
    wishes = turn.search(turn.text).wishes
    if not any(outside.is_urgent(wish.intent) for wish in wishes):
        answered = (
            _danger_again(turn, wishes[0])
            or heard(turn, wishes[0])
            or doubted(turn, wishes[0])
            or said_old(turn)
            or _about_the_screen(turn)
            or _in_context(turn, wishes[0])
        )
        if answered is not None:
            return answered
    open_wishes = [wish for wish in wishes if _candidates(wish)]
    if len(open_wishes) > 1:
        return _several(turn, open_wishes)
    return _one(turn, open_wishes[0] if open_wishes else wishes[0])


def _danger_again(turn: Turn, wish: Decision) -> Outcome | None:
    """Right after an answer about a danger, a message that has nothing of a procedure still is about it."""
    if turn.conversation.urgent is None or wish.intent in LEAVING or wish.intent == "deny" or _candidates(wish):
        return None
    if turn.conversation.procedure is not None and _PAPERWORK.intersection(wish.asks):
        return None
    return outside.outside(turn, turn.conversation.urgent)


def _about_the_screen(turn: Turn) -> Outcome | None:
    """The outcome of a message that names something of what is on the screen, or says where the person lives."""
    named = card_at_commune(turn) or _wish_from_home(turn) or commune.told(turn)
    return named or filtered(turn) or list_in_words(turn) or narrowed(turn)


def _wish_from_home(turn: Turn) -> Outcome | None:
    """What is wanted, in a message that first says where the person lives: both are heard."""
    parts = home_and_wish(turn)
    told = None if parts is None else commune.told(replace(turn, text=parts[0]))
    if parts is None or told is None:
        return None
    there = replace(turn, text=parts[1])
    if told.profile is None or told.profile.commune is None:
        # Which place is meant is asked first; the wish waits.
        codes = current(turn, _candidates(turn.search(parts[1]).first))[:MAX_PICKED]
        return replace(told, waiting=_waiting(turn, codes)) if codes else told
    answered = find(replace(there, conversation=replace(turn.conversation, profile=told.profile, procedure=None)))
    return replace(answered, profile=answered.profile or told.profile)


def _waiting(turn: Turn, codes: Sequence[str]) -> tuple[Choice, ...]:
    """A wish that is to be answered later: a card, or a choice between a few."""
    if not codes:
        return ()
    target = CardChoice(codes[0]) if len(codes) == 1 else PickChoice(tuple(codes))
    return (Choice(str(target), labels(turn.catalogue, codes, turn.language)[0]),)


def _in_context(turn: Turn, wish: Decision) -> Outcome | None:
    """The outcome of a message that is more than a search: an answer, a place, a follow-up, a question for help."""
    return card_elsewhere(turn, wish) or _answer_to_the_last(turn, wish) or _commune(turn, wish) or _helped(turn, wish)


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
    helped = _with_way_back(turn, open_topic(turn, topic))
    if helped is None or wish.verdict is not Verdict.OUT_OF_SCOPE:
        return helped
    named = named_besides(turn, wish)
    known = {choice.id for choice in helped.reply.choices}
    cards = tuple(choice for choice in named if choice.id not in known)
    related, back = helped.reply.choices[:-WAYS_BACK], helped.reply.choices[-WAYS_BACK:]
    choices = (*cards, *related)[: MOST - WAYS_BACK] + back
    return helped.offering(choices)


def _with_way_back(turn: Turn, helped: Outcome | None) -> Outcome | None:
    """Asked while a procedure is spoken of, a topic leads back to it."""
    if helped is None or turn.conversation.procedure is None:
        return helped
    choices = (*whole_card(turn), *helped.reply.choices)
    kept = choices if len(choices) <= MOST else (*choices[: MOST - WAYS_BACK], *choices[-WAYS_BACK:])
    return helped.offering(kept)


def _one(turn: Turn, wish: Decision) -> Outcome:
    if wish.intent == _DESPAIR:
        # Whatever procedure such words resemble, it is not what this person needs now.
        return outside.outside(turn, wish.intent)
    if outside.is_urgent(wish.intent) and wish.verdict is Verdict.ASKED_BACK:
        # Procedures that may be meant are no answer to a danger.
        return outside.outside(turn, wish.intent)
    outcome = _found(turn, wish)
    if wish.verdict is Verdict.OUT_OF_SCOPE or not outside.is_urgent(wish.intent):
        return outcome
    # A procedure is named, and so is a danger: the number to call comes first.
    warning = outside.outside(turn, wish.intent).reply.text
    return outcome.saying(f"{warning}\n\n{outcome.reply.text}")


def _found(turn: Turn, wish: Decision) -> Outcome:
    if wish.verdict is Verdict.ANSWERED and wish.candidates:
        code = wish.written or wish.candidates[0].code
        shown = card.show(turn, code, asks=wish.asks, near=near_answer(wish))
        return replace(shown, others=tuple(candidate.code for candidate in wish.candidates[1:]))
    if wish.verdict is Verdict.ASKED_BACK:
        return _ask_back(turn, wish)
    return _situation(turn, wish) or commune.named_alone(turn) or nothing_found(turn, wish)


def _situation(turn: Turn, wish: Decision) -> Outcome | None:
    """The situation in life whose title holds the one or two words that were said ("đất")."""
    spelled = spelling_of(turn.text)
    words = set(LABEL_WORD.findall(spelled(turn.text)))
    if (
        turn.conversation.procedure is not None
        or wish.intent not in _SAYS_NOTHING
        or not 1 <= len(words) <= _WORDS_OF_A_SITUATION
    ):
        return None
    events = turn.catalogue.life_events
    titles = [
        (event, set(LABEL_WORD.findall(spelled(event_title(event, turn.language))))) for event in events if event.codes
    ]
    fitting = [(len(title), event) for event, title in titles if words <= title]
    if not fitting:
        return None
    event = min(fitting, key=lambda item: item[0])[1]
    return replace(open_event(turn, event), view=LifeEventChoice(event.id))


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
    waiting: list[Choice] = []
    first = current(turn, _candidates(wishes[0]))
    for wish in wishes[1:]:
        codes = tuple(code for code in current(turn, _candidates(wish)) if code not in first[:1])[:MAX_PICKED]
        waiting += (choice for choice in _waiting(turn, codes) if choice not in waiting)
    conversation = replace(turn.conversation, waiting=tuple(waiting))
    outcome = _found(replace(turn, conversation=conversation), wishes[0])
    if not waiting:
        return outcome
    head = turn.texts.get("find.several", count=len(waiting) + 1)
    return outcome.with_note(head)
