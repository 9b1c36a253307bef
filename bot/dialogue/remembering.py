"""What is kept of a turn: the event, the conversation as it goes on, and what the person said when they were asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import HelpfulChoice, Target
from bot.dialogue.clean import clean
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Status
from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.sharing import Brought
from bot.dialogue.survey import Awaits, Circumstances, survey_of
from bot.dialogue.trail import followed
from bot.dialogue.turn import Outcome, Turn
from bot.ratings.model import Flag
from bot.store.freshness import StaleReport
from bot.store.interface import Answered, Event, Helpfulness, Record, Since, Told, Unfound
from bot.store.sharing import Attribution

_MAX_CHANNEL_CHARS = 40
_QUIET = timedelta(minutes=30)
"""After so long without a word another conversation begins."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Whose turn it was, and when."""

    person: str
    at: datetime


def record_of(
    incoming: Incoming,
    moment: Moment,
    turn: Turn,
    outcome: Outcome,
    unfound: Unfound | None,
    rules: RatingRules,
    default_language: str,
    since: Since | None = None,
) -> Record:
    """Everything of the turn that is kept, to be kept in one go. `since`: what the turn began with."""
    person, at = moment.person, moment.at
    channel = clean(incoming.channel, _MAX_CHANNEL_CHARS)[:_MAX_CHANNEL_CHARS]
    reply, version = outcome.reply, turn.catalogue.version
    brought = brought_by(turn, outcome, at)
    state: str | None = after(at, turn, outcome, default_language).to_json()
    if outcome.erase and reply.status is not Status.FAILED:
        # That someone deleted is counted; who, is not: nothing of them is kept any more.
        person, state = "", None
    is_first = incoming.ask is None and at - turn.conversation.updated_at > _QUIET
    event = Event(at, channel, person, reply.status.value, reply.codes, version, is_first=is_first)
    opinion = None
    if outcome.opinion is not None:
        opinion = Helpfulness(at, channel, person, outcome.opinion.value, turn.conversation.procedure, version)
    survey = None
    if outcome.said is not None:
        around = Circumstances(person, at, channel, version, incoming.address, _flags(incoming))
        survey = survey_of(outcome.said, around, rules)
    answered = None if incoming.task is None else Answered(incoming.task, reply.to_json())
    stale = None
    if outcome.stale is not None:
        stale = StaleReport(at, channel, person, outcome.stale.code, outcome.stale.agency, version)
    attribution = _attribution(turn, outcome, brought, is_first)
    told = None
    if incoming.message is not None and state is not None and reply.status is not Status.FAILED:
        # After what failed, asking again is what the person wants.
        told = Told(incoming.message, reply.to_json())
    brought_since = None if brought is None or state is None else brought.since
    return Record(
        *(event, state, opinion, answered, survey, unfound, attribution, stale),
        brought_since=brought_since,
        since=since,
        told=told,
    )


def brought_by(turn: Turn, outcome: Outcome, at: datetime) -> Brought | None:
    """By whose link the person came last, if that counts still."""
    if outcome.erase:
        return None
    return turn.conversation.brought if outcome.came is None else Brought(outcome.came.via, at)


def _attribution(turn: Turn, outcome: Outcome, brought: Brought | None, is_first: bool) -> Attribution | None:
    """A conversation is counted for the link by which somebody comes first; not again for others opened in it."""
    if brought is None:
        return None
    came, before = outcome.came, turn.conversation.brought
    begins = came is not None and (is_first or before is None)
    return Attribution(brought.via, came.target if came is not None and begins else "")


def _flags(incoming: Incoming) -> tuple[Flag, ...]:
    return (*((Flag.STAFF,) if incoming.is_staff else ()), *((Flag.GROUP,) if incoming.is_in_group else ()))


def after(now: datetime, turn: Turn, outcome: Outcome, default_language: str) -> Conversation:
    """The conversation as it goes on from here."""
    before, reply = turn.conversation, outcome.reply
    trail = before.trail if outcome.trail is None else outcome.trail
    view = opened(outcome)
    # Words are awaited only right after they were asked for.
    asked = outcome.asked or (None if before.asked is None else replace(before.asked, awaits=Awaits.NOTHING))
    return Conversation(
        profile=outcome.profile or before.profile,
        # Choices stay open until others are offered: the list is still on the screen.
        choices=reply.choices or before.choices,
        waiting=outcome.waiting,
        asks=outcome.asks,
        procedure=outcome.procedure,
        agency=outcome.agency,
        others=outcome.others,
        trail=trail if view is None else followed(trail, view),
        language=turn.language if before.language or turn.language != default_language else None,
        judged=before.judged or any(isinstance(parse(choice.id), HelpfulChoice) for choice in reply.choices),
        urgent=outcome.urgent,
        asked=asked,
        brought=brought_by(turn, outcome, now),
        allowance=before.allowance,
        updated_at=now,
    )


def opened(outcome: Outcome) -> Target | None:
    """What is on the person's screen now, if anything new is."""
    return None if outcome.reply.status in {Status.EXPIRED_CHOICE, Status.FAILED} else outcome.view
