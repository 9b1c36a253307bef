"""The one question that may end an answer: which commune, asked once ever; or if it helped, once a conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import SKIP_COMMUNE, CommuneChoice, HelpfulChoice, Opinion
from bot.dialogue.messages import Choice
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Turn
from handlers.offering import skip_commune


@dataclass(frozen=True, slots=True)
class Closing:
    """`question` None: nothing is asked. `profile`: the new one, where asking is remembered in it."""

    question: str | None = None
    choices: tuple[Choice, ...] = ()
    profile: Profile | None = None


def closing(turn: Turn, *, local: bool, again: bool = False) -> Closing:
    """What to ask at the end of an answer. `local`: the answer would be more exact if the commune were known.

    `again`: the answer stands on the screen already (a second tap), so nothing but the same is asked.
    """
    profile = turn.conversation.profile
    offered = [parse(choice.id) for choice in turn.conversation.choices] if again else []
    # A commune that is no more was told to no avail: who told it is asked once more.
    was_asked = profile.commune_asked and not (profile.commune is not None and turn.commune is None)
    asked = CommuneChoice(SKIP_COMMUNE) not in offered if again else was_asked
    if local and turn.commune is None and not asked:
        asking = replace(profile, commune=None, commune_asked=True)
        return Closing(turn.texts.get("commune.question"), (skip_commune(turn),), asking)
    judged = HelpfulChoice(Opinion.YES) not in offered if again else turn.conversation.judged
    if not judged and turn.conversation.procedure is not None:
        return Closing(turn.texts.get("helpful.question"), helpful_choices(turn))
    return Closing()


def helpful_choices(turn: Turn) -> tuple[Choice, ...]:
    return (
        Choice(str(HelpfulChoice(Opinion.YES)), turn.texts.get("helpful.yes")),
        Choice(str(HelpfulChoice(Opinion.NO)), turn.texts.get("helpful.no")),
    )
