"""One help topic: what it explains, on whose word and up to which day, what to open, and where to go on."""

from __future__ import annotations

from dataclasses import replace
from re import Match

from bot.catalog.decisions import NUMBER, history
from bot.catalog.help_topics import IDENTITY, PORTAL
from bot.catalog.lookup import portal_link
from bot.catalog.model import HelpTopic
from bot.dialogue.choices import HelpChoice, HelpTopicChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.texts import TextError
from bot.texts.written import day_written
from handlers import choice_expired
from handlers.naming import operator_name, province_name
from handlers.offering import card_choices, current, home

WAYS_BACK = 2
"""The last choices of every topic: all topics, and another matter."""


def help_topic(turn: Turn) -> Outcome:
    """The topic that was chosen."""
    outcome = open_topic(turn, turn.target.id) if isinstance(turn.target, HelpTopicChoice) else None
    return outcome or choice_expired.expired(turn)


def open_topic(turn: Turn, topic_id: str | None) -> Outcome | None:
    """The topic with this id, nothing of the conversation forgotten; None where there is none."""
    topic = next((topic for topic in turn.catalogue.help_topics if topic.id == topic_id), None)
    if topic is None:
        return None
    text = f"{_sentences(turn, topic)}\n{_source(turn, topic)}"
    reply = Reply(Status.HELPED, text, _choices(turn, topic), _links(turn, topic))
    return replace(unchanged(turn, reply), view=HelpTopicChoice(topic.id))


def topic_for(turn: Turn, intent: str | None) -> str | None:
    """The id of the one topic that answers another matter (`case_status` …); None where none or several might."""
    own = [topic.id for topic in turn.catalogue.help_topics if intent in topic.intents]
    return own[0] if len(own) == 1 else None


def title(turn: Turn, topic: HelpTopic) -> str:
    return _get(turn, f"help_topic.{topic.id}.title")


def _sentences(turn: Turn, topic: HelpTopic) -> str:
    province = turn.catalogue.province
    return _get(
        turn,
        f"help_topic.{topic.id}.text",
        assistant=province.assistant_name,
        operator=operator_name(province, turn.language),
        centre=province.service_centre,
        province=province_name(province, turn.language),
        communes=len(turn.catalogue.communes),
        hours=turn.keeping.choices_hours,
    )


def _get(turn: Turn, text_id: str, **offered: object) -> str:
    text = turn.texts.find(text_id, **offered)
    if text is None:
        raise TextError(f"no text {text_id!r}")
    return text


def _source(turn: Turn, topic: HelpTopic) -> str:
    date = day_written(turn.language, topic.as_of)
    if topic.source:
        return turn.texts.get("help_list.source", source=_cited(turn, topic.source), date=date)
    return turn.texts.get("help_list.own", assistant=turn.catalogue.province.assistant_name, date=date)


def _cited(turn: Turn, source: str) -> str:
    """The source, with a word behind each decision in it that is history."""
    over = history(turn.catalogue.decisions)

    def told(number: Match[str]) -> str:
        return turn.texts.get("removed.ended", number=number[0]) if number[0] in over else number[0]

    return NUMBER.sub(told, source)


def _choices(turn: Turn, topic: HelpTopic) -> tuple[Choice, ...]:
    cards = card_choices(turn, current(turn, topic.procedures))
    topics = {other.id: other for other in turn.catalogue.help_topics}
    related = [Choice(str(HelpTopicChoice(other)), title(turn, topics[other])) for other in topic.related]
    return (
        *cards,
        *related,
        Choice(str(HelpChoice()), turn.texts.get("help_list.all")),
        home(turn),
    )


def _links(turn: Turn, topic: HelpTopic) -> tuple[Link, ...]:
    return tuple(_link(turn, kind) for kind in topic.links)


def _link(turn: Turn, kind: str) -> Link:
    province = turn.catalogue.province
    if kind == PORTAL:
        return Link(turn.texts.get("link.portal"), province.portal_home)
    if kind == IDENTITY:
        return Link(turn.texts.get("link.identity"), province.identity_help)
    return Link(turn.texts.get("link.procedure"), portal_link(turn.catalogue, turn.catalogue.procedures[kind]))
