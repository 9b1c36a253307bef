"""Asking people once, some hours after they opened a page of the portal, how it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dialogue.conversation import Conversation
from bot.dialogue.guards import OffChannels
from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.messages.by_itself import is_group, morning_after, question_of
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.receiving import Clock
from bot.operations.messages.sending import Sender
from bot.store.follow_ups import REST, FollowUp
from bot.store.interface import Store

_MOST_AT_ONCE = 200
_LATEST = timedelta(days=3)
"""How long after the page was opened the question still makes sense, whatever kept it."""
_WHILE_OFF = timedelta(minutes=15)
_QUIET = timedelta(minutes=10)
"""Nobody is asked in the middle of a conversation."""


@dataclass(frozen=True, slots=True)
class _PutOff:
    until: datetime


@dataclass(frozen=True, slots=True)
class _GivenUp:
    """`why`: kept with it, for operators."""

    why: str


_ASK_NOW = None
_Decision = _PutOff | _GivenUp | None


@dataclass(frozen=True, slots=True)
class FollowUpDesk:
    """What it takes. `senders`: the channels that are connected, by name; `off`: those that are switched off."""

    store: Store
    senders: Mapping[str, Sender]
    off: OffChannels
    clerk: Clerk
    rules: RatingRules
    clock: Clock


async def ask_due(desk: FollowUpDesk) -> None:
    """Hand over what is due, put off what has to wait, give up the rest. Raises StoreError."""
    follow_ups, now = desk.store.office.follow_ups, desk.clock()
    for one in await follow_ups.due(now, _MOST_AT_ONCE):
        try:
            decision = await _decided(desk, one, now)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - one question that breaks must not keep back the others
            log_fault("follow_up", error)
            decision = _GivenUp("failed")
        match decision:
            case _PutOff(until):
                await follow_ups.put_off(one.id, until)
            case _GivenUp(why):
                await follow_ups.end(one.id, why, now)
            case None:
                await follow_ups.hand_over(one.id, question_of(one, now), now)


async def _decided(desk: FollowUpDesk, one: FollowUp, now: datetime) -> _Decision:
    sender = desk.senders.get(one.channel)
    if sender is None or now - one.opened_at > _LATEST:
        return _GivenUp("late")
    if one.channel in desk.off:
        return _PutOff(now + _WHILE_OFF)
    if sender.window is not None and now - one.last_seen >= sender.window:
        return _GivenUp("outside_window")
    if is_group(one.address):
        # In a group the others would read what somebody has opened.
        return _GivenUp("group")
    return await _about_the_person(desk, one, now)


async def _about_the_person(desk: FollowUpDesk, one: FollowUp, now: datetime) -> _Decision:
    contact = await desk.store.inbox.contact(one.person)
    if contact is None or contact.gone is not None:
        return _GivenUp("gone")
    if await _was_told_before(desk, one, now):
        return _GivenUp("known")
    if not Conversation.from_json(await desk.store.conversation(one.person)).profile.follow_ups:
        return _GivenUp("unwanted")
    if desk.clerk.is_at_work(contact) and contact.silent_until is not None:
        return _PutOff(contact.silent_until)
    if (morning := morning_after(now)) is not None:
        return _PutOff(morning)
    if now - contact.last_seen < _QUIET:
        return _PutOff(contact.last_seen + _QUIET)
    return _ASK_NOW


async def _was_told_before(desk: FollowUpDesk, one: FollowUp, now: datetime) -> bool:
    """Whether they have rated it, were asked about it in this period, or about anything a short while ago."""
    period = desk.rules.period_of(now)
    if one.asked_at is not None and now - one.asked_at < REST:
        return True
    if one.asked_about_at is not None and desk.rules.period_of(one.asked_about_at) == period:
        return True
    # Who rated it between opening the page and now may have done so on the last day of the period before.
    periods = sorted({period, desk.rules.period_of(one.opened_at)})
    ratings = [await desk.store.office.ratings.last(one.person, one.subject.code, name) for name in periods]
    return any(rating is not None and (rating.period == period or rating.at >= one.opened_at) for rating in ratings)
