"""The figures, sent to members of staff who asked for it, some days before the report is due."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.dialogue.guards import OffChannels
from bot.dialogue.messages import Reply
from bot.operations.messages.by_itself import is_group, notice_of
from bot.operations.messages.receiving import Clock
from bot.operations.messages.sending import Sender
from bot.operations.staff.chat import Summaries
from bot.ratings.deadlines import Deadline, Deadlines, DigestKind, last_deadline
from bot.ratings.periods import day_of
from bot.store.inbox import Contact
from bot.store.interface import Store
from bot.texts.written import day_written

_log = structlog.get_logger(__name__)
_WAITS = timedelta(days=30)
"""How long a digest waits for somebody who cannot be written to: then the next one is near."""


@dataclass(frozen=True, slots=True)
class DigestDesk:
    """What it takes. `senders`: the channels that are connected, by name; `off`: those that are switched off.

    `told`: the digests of which it was logged that somebody is waiting for them, and how many were.
    """

    store: Store
    senders: Mapping[str, Sender]
    off: OffChannels
    summaries: Summaries
    deadlines: Deadlines
    clock: Clock
    told: dict[str, int] = field(default_factory=dict)


async def send_digests(desk: DigestDesk) -> None:
    """Send what is to be sent by now to those who have not got it and can be written to. Raises StoreError."""
    subscriptions = await desk.store.office.digests.subscriptions()
    now = desk.clock()
    for kind in DigestKind:
        deadline = last_deadline(kind, now, desk.deadlines)
        # Who asks for digests today is not sent last month's.
        asked = [one.login for one in subscriptions if one.kind is kind and one.since < deadline.at]
        if asked and now - deadline.at < _WAITS:
            await _send(desk, deadline, asked, now)


async def _send(desk: DigestDesk, deadline: Deadline, logins: list[str], now: datetime) -> None:
    digests, book = desk.store.office.digests, desk.store.office.staff
    sent = await digests.sent(deadline.key)
    replies: dict[frozenset[str] | None, Reply] = {}
    waiting = 0
    for login in logins:
        if login in sent:
            continue
        account, contact = await book.account(login), await _contact_of(desk, login, now)
        if account is None or contact is None:
            waiting += 1
            continue
        agencies = account.limited_to
        if agencies not in replies:
            replies[agencies] = await _reply(desk, deadline, agencies, now)
        # The key stays in the inbox for days, and must not say whose it is.
        name = hashlib.sha256(login.encode()).hexdigest()[:12]
        notice = notice_of(contact, f"digest:{deadline.key}:{name}", replies[agencies], now)
        await digests.hand_over(login, deadline.key, notice, now)
    if waiting != desk.told.get(deadline.key, 0):
        desk.told[deadline.key] = waiting
        _log.warning("digest_waits", digest=deadline.key, staff=waiting, hint="until they write first")


async def _contact_of(desk: DigestDesk, login: str, now: datetime) -> Contact | None:
    """The chat in which the account wrote last, if something may be sent there now."""
    persons = await desk.store.office.staff.chats_of(login)
    contacts = [await desk.store.inbox.contact(person) for person in persons]
    open_now = [contact for contact in contacts if contact is not None and _may_write(desk, contact, now)]
    return max(open_now, key=lambda contact: contact.last_seen, default=None)


def _may_write(desk: DigestDesk, contact: Contact, now: datetime) -> bool:
    sender = desk.senders.get(contact.channel)
    if sender is None or contact.channel in desk.off or contact.gone is not None:
        return False
    if is_group(contact.address):
        # A group: not everybody in it is staff.
        return False
    return sender.window is None or now - contact.last_seen < sender.window


async def _reply(desk: DigestDesk, deadline: Deadline, agencies: frozenset[str] | None, now: datetime) -> Reply:
    texts = desk.summaries.texts
    reply = await desk.summaries.of(deadline.period, agencies)
    lines = [reply.text, texts.get("staff_chat.digest", day=day_written(texts.language, deadline.due))]
    if day_of(now) <= deadline.period.last:
        lines.append(texts.get("staff_chat.so_far"))
    return replace(reply, text="\n".join(lines))
