"""The way back: ids of the views that a person has come through, the newest last."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
    CommuneChoice,
    FieldChoice,
    FieldsChoice,
    GoOnChoice,
    HelpfulChoice,
    LanguageChoice,
    LifeEventChoice,
    OnlineListChoice,
    OtherChoice,
    PrivacyChoice,
    StaleChoice,
    StartChoice,
    Target,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.rating_choices import FollowUpsChoice, NoteChoice, RateChoice, ReasonChoice, TellChoice

MOST_STEPS = 10
_PASSING = (
    CommuneChoice,
    FollowUpsChoice,
    GoOnChoice,
    HelpfulChoice,
    LanguageChoice,
    NoteChoice,
    OtherChoice,
    PrivacyChoice,
    RateChoice,
    ReasonChoice,
    StaleChoice,
    TellChoice,
)
"""What is asked or set on the way. It stands on the trail only while it is on the screen: back is where one was, and
nobody comes back to it."""
_Paged = StartChoice | LifeEventChoice | FieldsChoice | FieldChoice | AgenciesChoice | AgencyChoice | OnlineListChoice
_PAGED = (StartChoice, LifeEventChoice, FieldsChoice, FieldChoice, AgenciesChoice, AgencyChoice, OnlineListChoice)


def followed(trail: tuple[str, ...], view: Target) -> tuple[str, ...]:
    """The trail with one more view; shown again, a view stands on it once in a row. The beginning begins anew."""
    if isinstance(view, StartChoice) and view.page == 1:
        return (str(view),)
    while trail and isinstance(parse(trail[-1]), _PASSING):
        trail = trail[:-1]
    if trail and trail[-1] == str(view):
        return trail
    return (*trail, str(view))[-MOST_STEPS:]


def last_view(trail: tuple[str, ...]) -> Target | None:
    """What is on the person's screen, as far as it can be come back to."""
    return parse(trail[-1]) if trail else None


def turns_page(trail: tuple[str, ...], view: Target) -> bool:
    """Whether `view` is another page of the list on the screen."""
    shown = last_view(trail)
    return isinstance(shown, _PAGED) and isinstance(view, _PAGED) and _first(shown) == _first(view) and shown != view


def behind(trail: tuple[str, ...]) -> tuple[str, ...]:
    """The trail up to the view before the last one."""
    return trail[:-1]


def ahead(conversation: Conversation) -> Target | None:
    """What comes next: the next wish of the message, else the next page of the list on the screen, or None."""
    for choice in conversation.waiting:
        return parse(choice.id)
    view = last_view(conversation.trail)
    offered = [parse(choice.id) for choice in conversation.choices]
    return next((target for target in offered if target is not None and _is_next_page(view, target)), None)


def _is_next_page(view: Target | None, target: Target) -> bool:
    return isinstance(view, _PAGED) and target == replace(view, page=view.page + 1)


def _first(view: _Paged) -> _Paged:
    return replace(view, page=1)
