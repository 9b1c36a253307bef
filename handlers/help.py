"""How to use the assistant."""

from __future__ import annotations

from bot.dialogue.messages import Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers.offering import home


def help_(turn: Turn) -> Outcome:
    return Outcome(Reply(Status.HELPED, turn.texts.get("help.text"), (home(turn),)))


def unknown_command(turn: Turn) -> Outcome:
    text = f"{turn.texts.get('help.unknown_command')}\n{turn.texts.get('help.text')}"
    return Outcome(Reply(Status.HELPED, text, (home(turn),)))
