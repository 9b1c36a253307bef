"""Short words that answer what was just said: yes, no and "something else"."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import (
    MAX_PICKED,
    CardChoice,
    HelpfulChoice,
    MenuChoice,
    Opinion,
    PickChoice,
    PrivacyChoice,
    PrivacyStep,
)
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import fold
from handlers import card, choice_expired, helpful, privacy
from handlers.differences import differences
from handlers.offering import MOST, card_choices, closed, current, home, pending


def pick(turn: Turn) -> Outcome:
    """A choice between a few procedures, each with what tells it apart."""
    codes = current(turn, turn.target.codes) if isinstance(turn.target, PickChoice) else ()
    if not codes:
        return choice_expired.expired(turn)
    waiting = tuple(choice for choice in turn.conversation.waiting if choice.id != str(turn.target))
    if len(codes) == 1:
        return card.show(turn, codes[0], asks=turn.conversation.asks)
    choices = card_choices(turn, codes)
    text = "\n".join([turn.texts.get("find.which"), *differences(turn, codes, choices)])
    offered = (*choices, *pending(turn, waiting))[: MOST - 1]
    reply = Reply(Status.ASKED_BACK, text, closed(turn, offered), codes=codes)
    return Outcome(reply, waiting, turn.conversation.asks)


def other(turn: Turn) -> Outcome:
    """None of what was offered: what else may have been meant, or how to say it otherwise."""
    texts, conversation = turn.texts, turn.conversation
    targets = (parse(choice.id) for choice in conversation.choices)
    # Below a card stand procedures that may be meant instead: only the card itself is refused.
    shown_here = {target.code for target in targets if isinstance(target, CardChoice)}
    refused = shown_here if conversation.procedure is None else {conversation.procedure}
    left = tuple(code for code in current(turn, conversation.others) if code not in refused)
    if left:
        shown, rest = left[:MAX_PICKED], left[MAX_PICKED:]
        reply = Reply(Status.ASKED_BACK, texts.get("other.these"), closed(turn, card_choices(turn, shown)), codes=shown)
        return Outcome(reply, conversation.waiting, conversation.asks, others=rest, view=PickChoice(shown))
    ways = Choice(str(MenuChoice()), texts.get("browse.other_ways"))
    portal = Link(texts.get("link.portal"), turn.catalogue.province.portal_home)
    text = texts.get("other.say_it_otherwise", centre=turn.catalogue.province.service_centre)
    return Outcome(Reply(Status.ASKED_BACK, text, (ways, home(turn)), (portal,)), conversation.waiting)


def no_more(turn: Turn) -> Outcome:
    """Asked to go on where nothing is left."""
    ways = Choice(str(MenuChoice()), turn.texts.get("browse.other_ways"))
    return unchanged(turn, Reply(Status.BROWSED, turn.texts.get("other.no_more"), (ways, home(turn))))


def agree(turn: Turn) -> Outcome | None:
    """Yes: delete it, it helped, or the one thing that was offered is meant. None where nothing was asked."""
    offered = [parse(choice.id) for choice in turn.conversation.choices]
    if PrivacyChoice(PrivacyStep.ERASED) in offered:
        return privacy.privacy(replace(turn, target=PrivacyChoice(PrivacyStep.ERASED)))
    if HelpfulChoice(Opinion.YES) in offered:
        return helpful.helpful(replace(turn, target=HelpfulChoice(Opinion.YES)))
    view = last_view(turn.conversation.trail)
    is_asked = any(isinstance(target, CardChoice) for target in offered)
    if turn.conversation.procedure is None and isinstance(view, PickChoice) and is_asked:
        if len(view.codes) == 1:
            return card.show(turn, view.codes[0], asks=turn.conversation.asks)
        return unchanged(turn, Reply(Status.ASKED_BACK, turn.texts.get("other.which_one"), turn.conversation.choices))
    return next_wish(turn)


def refuse(turn: Turn) -> Outcome | None:
    """No: keep it, that will do, it did not help, or something else is meant. None where nothing was said before."""
    offered = [parse(choice.id) for choice in turn.conversation.choices]
    if PrivacyChoice(PrivacyStep.ERASED) in offered:
        return privacy.privacy(replace(turn, target=PrivacyChoice(PrivacyStep.KEPT)))
    if fold(turn.text).strip(" .!") in {fold(word) for word in turn.texts.words("other.enough")}:
        return Outcome(Reply(Status.OUT_OF_SCOPE, turn.texts.get("outside.goodbye"), (home(turn),)))
    if HelpfulChoice(Opinion.NO) in offered:
        return helpful.helpful(replace(turn, target=HelpfulChoice(Opinion.NO)))
    conversation = turn.conversation
    return other(turn) if conversation.procedure is not None or conversation.others else None


def next_wish(turn: Turn) -> Outcome | None:
    """The wish that waits, or None."""
    waiting = [parse(choice.id) for choice in turn.conversation.waiting]
    for target in waiting:
        if isinstance(target, CardChoice):
            return card.open_card(replace(turn, target=target))
        if isinstance(target, PickChoice):
            return pick(replace(turn, target=target))
    return None
