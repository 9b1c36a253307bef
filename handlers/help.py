"""How to use the assistant."""

from __future__ import annotations

from bot.dialogue.choices import StartChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn


def help_(turn: Turn) -> Outcome:
    return Outcome(Reply(Status.HELPED, turn.texts.get("help.text"), _again(turn)))


def unknown_command(turn: Turn) -> Outcome:
    text = f"{turn.texts.get('help.unknown_command')}\n{turn.texts.get('help.text')}"
    return Outcome(Reply(Status.HELPED, text, _again(turn)))


def _again(turn: Turn) -> tuple[Choice, ...]:
    return (Choice(str(StartChoice()), turn.texts.get("start.again")),)
