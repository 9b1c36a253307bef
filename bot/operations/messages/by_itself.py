"""What the assistant sends without having been asked: put into the inbox once per key, and never said at night."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta

import structlog

from bot.dialogue.messages import Reply
from bot.errors import StoreError
from bot.operations.jobs import Done, unheard
from bot.ratings.model import Subject
from bot.ratings.periods import VIETNAM
from bot.store.follow_ups import FollowUp
from bot.store.inbox import Contact, Kind, Update

_log = structlog.get_logger(__name__)
NIGHT_BEGINS = time(21)
NIGHT_ENDS = time(7)
"""In Vietnam."""
_A_MINUTE_SECONDS = 60.0
_GROUP = "-"
"""What the number of a group begins with, on the one platform that has us in groups."""
_LIFE_OF_A_QUESTION = timedelta(hours=2)
_LIFE_OF_A_NOTICE = timedelta(hours=48)
"""No platform's window is open for longer."""


def morning_after(moment: datetime) -> datetime | None:
    """When the night ends in which the moment lies, in UTC; None by day."""
    local = moment.astimezone(VIETNAM)
    if NIGHT_ENDS <= local.time() < NIGHT_BEGINS:
        return None
    day = local.date() + timedelta(days=local.time() >= NIGHT_BEGINS)
    return datetime.combine(day, NIGHT_ENDS, VIETNAM).astimezone(UTC)


def is_group(address: str) -> bool:
    """Whether others than the person read what is sent there."""
    return address.startswith(_GROUP)


async def every_minute(what: str, act: Callable[[], Awaitable[None]], done: Done = unheard) -> None:
    """Until cancelled. What cannot be read or kept now is tried again in a minute. `what`: its name in the log."""
    while True:
        try:
            await act()
            done(True)
        except StoreError as error:
            _log.error(f"{what}_failed", error=str(error))
            done(False)
        await asyncio.sleep(_A_MINUTE_SECONDS)


def question_of(follow_up: FollowUp, now: datetime) -> Update:
    """The follow-up as it is put into the inbox."""
    return Update(
        follow_up.channel,
        f"follow-up:{follow_up.id}",
        follow_up.person,
        follow_up.address,
        Kind.FOLLOW_UP,
        json.dumps(asdict(follow_up.subject)),
        now,
        now + _LIFE_OF_A_QUESTION,
    )


def subject_of(question: Update) -> Subject:
    """What `question_of` was about."""
    return Subject(**json.loads(question.body))


def notice_of(contact: Contact, key: str, reply: Reply, now: datetime) -> Update:
    """Something to tell the person, as it is put into the inbox: said by day, within their channel's window.

    `key`: unique within the channel, with nothing of the person in it; it is known for days.
    """
    return Update(
        contact.channel,
        f"notice:{key}",
        contact.person,
        contact.address,
        Kind.NOTICE,
        reply.to_json(),
        now,
        now + _LIFE_OF_A_NOTICE,
    )
