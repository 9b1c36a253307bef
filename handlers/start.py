"""The beginning: who answers, what to write, the procedures that are used most, and the ways to browse."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model import LifeEvent
from bot.catalog.titles import begin_lower
from bot.dialogue.choices import (
    AgenciesChoice,
    CardChoice,
    CommuneChoice,
    FieldsChoice,
    HelpChoice,
    LanguageChoice,
    LifeEventGroupChoice,
    MenuChoice,
    OnlineListChoice,
    PrivacyChoice,
    StartChoice,
)
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.texts import load_texts
from handlers import choice_expired
from handlers.beside import notice_lines
from handlers.naming import ENGLISH, group_title, operator_name
from handlers.offering import MOST

PRIVACY_PAGE = "/rieng-tu"
_NOT_INTRODUCED = frozenset({Status.FAILED, Status.PERSONAL_DATA_REFUSED})
"""Something is wrong, or private data is spoken of already."""
_FIRST_SERVICES = 4
"""On the first screen; the others of the most used come next. With the ways to browse that makes eight."""


def start(turn: Turn) -> Outcome:
    """The greeting; no second greeting for who taps on from an answer. Its second page: more of the most used."""
    page = turn.target.page if isinstance(turn.target, StartChoice) else 1
    services = _services(turn)
    if page == 2 and len(services) > _FIRST_SERVICES:
        text = turn.texts.get("start.more_services")
        return Outcome(Reply(Status.STARTED, text, services[_FIRST_SERVICES:]))
    if page > 1:
        return choice_expired.expired(turn)
    choices = first_choices(turn)
    if turn.conversation.trail:
        return Outcome(Reply(Status.STARTED, turn.texts.get("start.once_more"), choices))
    province = turn.catalogue.province
    operator = operator_name(province, turn.language)
    text = turn.texts.get("start.greeting", assistant=province.assistant_name, operator=operator)
    if services:
        names = ", ".join(begin_lower(choice.label) for choice in services)
        text = f"{text}\n{turn.texts.get('start.most_used', names=names)}"
    text = "\n".join((text, *notice_lines(turn.catalogue.editorial, turn.texts, turn.today)))
    return Outcome(Reply(Status.STARTED, text, choices, _privacy(turn)))


def introduce(turn: Turn, outcome: Outcome) -> Outcome:
    """The first answer to someone who was not greeted, and who gives it, where the answer does not say so itself.

    Said first: between an explanation and its numbers it would be in the way. Below a card, which begins with its name,
    and below a call for help, before which nothing may stand.
    """
    reply, spoken = outcome.reply, outcome.profile.language if outcome.profile else None
    if reply.status in _NOT_INTRODUCED or isinstance(outcome.view, PrivacyChoice):
        return outcome
    turn = replace(turn, texts=load_texts(spoken)) if spoken else turn
    province = turn.catalogue.province
    operator = operator_name(province, turn.language)
    said = turn.texts.get("messenger.introduction", assistant=province.assistant_name, operator=operator)
    if said.partition(",")[0].casefold() in reply.text.casefold():
        return outcome
    is_below = reply.status is Status.ANSWERED or outcome.urgent is not None
    text = f"{reply.text}\n\n{said}" if is_below else f"{said}\n\n{reply.text}"
    links = tuple(dict.fromkeys((*reply.links, *_privacy(turn))))
    return replace(outcome, reply=replace(reply, text=text, links=links))


def menu(turn: Turn) -> Outcome:
    """All the ways to browse."""
    texts = turn.texts
    other = "vi" if turn.language == ENGLISH else ENGLISH
    choices = (
        *group_choices(turn),
        Choice(str(FieldsChoice()), texts.get("browse.by_field")),
        Choice(str(AgenciesChoice()), texts.get("browse.by_agency")),
        Choice(str(OnlineListChoice()), texts.get("browse.online_list")),
        Choice(str(CommuneChoice()), texts.get("browse.commune")),
        Choice(str(HelpChoice()), texts.get("browse.help")),
        Choice(str(LanguageChoice(other)), texts.get("language.other")),
    )
    return Outcome(Reply(Status.BROWSED, texts.get("browse.menu"), choices))


def group_choices(turn: Turn) -> tuple[Choice, ...]:
    """The groups of situations in life that have procedures."""
    return tuple(
        Choice(str(LifeEventGroupChoice(number)), group_title(events[0], turn.language))
        for number, events in enumerate(groups(turn), start=1)
    )


def groups(turn: Turn) -> tuple[tuple[LifeEvent, ...], ...]:
    """The situations that have procedures, by group, in the order of the first of each."""
    found: dict[str, list[LifeEvent]] = {}
    for event in turn.catalogue.life_events:
        if event.codes:
            found.setdefault(event.group, []).append(event)
    return tuple(map(tuple, found.values()))


def _services(turn: Turn) -> tuple[Choice, ...]:
    is_english = turn.language == ENGLISH
    used = turn.catalogue.most_used
    return tuple(Choice(str(CardChoice(s.code)), s.name_en if is_english else s.name) for s in used)


def first_choices(turn: Turn) -> tuple[Choice, ...]:
    """A few of the most used procedures, and the ways on."""
    services = _services(turn)
    more = (Choice(str(StartChoice(2)), turn.texts.get("start.more")),) if len(services) > _FIRST_SERVICES else ()
    ways = Choice(str(MenuChoice()), turn.texts.get("browse.other_ways"))
    shown = (*services[:_FIRST_SERVICES], *more, *group_choices(turn))
    return (*shown[: MOST - 1], ways)


def _privacy(turn: Turn) -> tuple[Link, ...]:
    return (Link(turn.texts.get("link.privacy"), f"{turn.site}{PRIVACY_PAGE}"),)
