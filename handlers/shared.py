"""What a shared link leads to, for who brings it into a chat: the card, the situation in life or the field."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choices import CardChoice, FieldChoice, LifeEventChoice, SharedChoice
from bot.dialogue.sharing import Came, choice_of, via_of
from bot.dialogue.turn import Outcome, Turn
from handlers import browse, card, choice_expired


def shared(turn: Turn) -> Outcome:
    """A link that is not ours (mistyped, perhaps) leads on all the same, and is counted for nobody."""
    target = turn.target
    if not isinstance(target, SharedChoice):
        return choice_expired.expired(turn)
    choice = choice_of(turn.catalogue, target.link.partition(".")[0])
    if isinstance(choice, CardChoice) and target.agency is not None:
        choice = CardChoice(choice.code, target.agency)
    elif isinstance(choice, FieldChoice):
        choice = FieldChoice(browse.field_key(choice.id))
    outcome = _opened(replace(turn, target=choice))
    if outcome.view is None:
        outcome = replace(outcome, view=choice)
    link = turn.share_link(target.link)
    return outcome if link is None else replace(outcome, came=Came(via_of(turn.catalogue, link), str(choice)))


def _opened(turn: Turn) -> Outcome:
    match turn.target:
        case CardChoice():
            return card.open_card(turn)
        case LifeEventChoice():
            return browse.life_event(turn)
        case FieldChoice():
            return browse.field(turn)
    return browse.fields(turn)
