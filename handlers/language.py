"""The language of the answers, chosen by the person."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choices import LanguageChoice, PickChoice
from bot.dialogue.messages import Reply, Status
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.texts import load_texts
from handlers import card, choice_expired, other
from handlers.start import first_choices


def language(turn: Turn) -> Outcome:
    """From now on in this language; what was being spoken of is said again in it."""
    if not isinstance(turn.target, LanguageChoice):
        return choice_expired.expired(turn)
    texts = load_texts(turn.target.language)
    profile = replace(turn.conversation.profile, language=turn.target.language)
    turn = replace(turn, texts=texts)
    note = texts.get("language.set")
    code = turn.conversation.procedure
    if code is not None:
        return replace(
            card.show(turn, code, turn.conversation.agency, turn.conversation.asks, note=note), profile=profile
        )
    view = last_view(turn.conversation.trail)
    if isinstance(view, PickChoice):
        asked = other.pick(replace(turn, target=view))
        return replace(asked.saying(f"{note}\n{asked.reply.text}"), profile=profile, view=view)
    reply = Reply(Status.REMEMBERED, f"{note}\n{texts.get('start.once_more')}", first_choices(turn))
    return replace(unchanged(turn, reply), profile=profile)
