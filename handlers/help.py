"""How to use the assistant, and the help topics to choose from."""

from __future__ import annotations

from bot.dialogue.choices import HelpChoice, HelpTopicChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from handlers import choice_expired
from handlers.help_topic import title
from handlers.offering import MOST, home
from handlers.paging import page_of


def help_(turn: Turn) -> Outcome:
    """How to use the assistant with the first topics, or a further page of topics."""
    page = turn.target.page if isinstance(turn.target, HelpChoice) else 1
    choices = _topics(turn, page)
    if page == 1:
        return Outcome(Reply(Status.HELPED, turn.texts.get("help.text"), (*choices, home(turn))))
    if not choices:
        return choice_expired.expired(turn)
    return Outcome(Reply(Status.HELPED, turn.texts.get("help_list.more"), (*choices, home(turn))))


def unknown_command(turn: Turn) -> Outcome:
    text = f"{turn.texts.get('help.unknown_command')}\n{turn.texts.get('help.text')}"
    return Outcome(Reply(Status.HELPED, text, (*_topics(turn, 1), home(turn))))


def _topics(turn: Turn, page: int) -> tuple[Choice, ...]:
    options = [Choice(str(HelpTopicChoice(topic.id)), title(turn, topic)) for topic in turn.catalogue.help_topics]
    # The way back stands below every page.
    return page_of(options, page, HelpChoice, turn.texts.get("help_list.next"), most=MOST - 1)
