"""The inbox in SQL."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.store.inbox import (
    BY_ITSELF,
    CLOCKS_APART,
    FROM_THE_PERSON,
    NEVER_SEEN,
    Contact,
    Kind,
    Task,
    Update,
    Waiting,
)
from bot.store.sql.claiming import Claim, with_kinds
from bot.store.sql.clauses import one_of
from bot.store.sql.session import Database, Readers, Write, Writer
from bot.store.sql.times import moment_of, stamp

_ACCEPT = """
    insert into inbox (channel, key, person, address, kind, body, sent_at, expires_at, received_at, ready_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (channel, key) do nothing
"""
_SEE = """
    insert into contacts (person, channel, address, last_seen) values (?, ?, ?, ?)
    on conflict (person) do update
    set address = excluded.address, gone = null,
        last_seen = case when excluded.last_seen > contacts.last_seen then excluded.last_seen
            else contacts.last_seen end
"""
DROP_UNASKED = """
    update inbox set closed = 'gone', closed_at = received_at, person = '', address = '', body = '', reply = null,
        owner = null
    where closed is null and kind in (BY_ITSELF)
        and (channel, person) in (select channel, person from contacts where person = ?)
"""
"""Takes back what nobody has asked for and has not been said yet; before the contact goes."""
_UNANSWERED = """
    select channel, count(*), min(received_at) from inbox where closed is null and kind not in (BY_ITSELF)
    group by channel order by channel
"""
DROP_UNASKED, _UNANSWERED = with_kinds(DROP_UNASKED), with_kinds(_UNANSWERED)
_RENEW = "update inbox set owned_until = ? where owner = ? and "
_RELEASE = "update inbox set owner = null, owned_until = '' where owner = ? and closed is null"
FREE_ALL = (
    "update inbox set owner = null, owned_until = '' where closed is null and owned_until <> ''",
    "update tokens set holder = '', held_until = '' where holder <> ''",
)
KEEP_REPLY = "update inbox set reply = ?, body = '' where id = ? and closed is null"
_ATTEMPT = "update inbox set is_attempted = 1 where id = ?"
_SENT = "update inbox set parts_sent = parts_sent + 1, is_attempted = 0 where id = ?"
_PUT_OFF = """
    update inbox set ready_at = ?, tries = tries + 1, is_attempted = 0, owner = null, owned_until = '' where id = ?
"""
_EMPTIED = """
    update inbox set closed = ?, closed_at = ?, person = '', address = '', body = '', reply = null, owner = null
    where closed is null
"""
_CLOSE = f"{_EMPTIED} and id = ?"
_CLOSE_EARLIER = f"{_EMPTIED} and person = ? and id < ?"
_CONTACT = "select person, channel, address, last_seen, gone, silent_until from contacts where person = ?"
_GONE = "update contacts set gone = ? where person = ? and last_seen <= ?"
_IS_KNOWN = "select 1 from inbox where channel = ? and key = ?"
_SILENCE = """
    insert into contacts (person, channel, address, last_seen, silent_until) values (?, ?, ?, ?, ?)
    on conflict (person) do update set silent_until = excluded.silent_until
"""
_WAITING = (
    "select channel, count(*), min(received_at) from inbox where closed is null group by channel order by channel"
)


class SqlInbox:
    """`bot.store.inbox.Inbox` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def accept(self, update: Update, now: datetime) -> bool:
        return await self._writer.run(lambda database: put_away(database, update, now))

    async def is_known(self, channel: str, key: str) -> bool:
        return await self._readers.run(lambda database: bool(database.execute(_IS_KNOWN, [channel, key]).fetchone()))

    async def claim(self, channel: str, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Task, ...]:
        claim = Claim(channel, owner, stamp(now), stamp(until), stamp(until + CLOCKS_APART), limit)
        rows = await self._writer.run(claim.take)
        if rows and not self._writer.is_serial:
            too_many = await self._readers.run(lambda database: claim.not_alone(database, [row[0] for row in rows]))
            if too_many:
                await self._writer.run(lambda database: claim.give_back(database, too_many))
                rows = [row for row in rows if row[0] not in too_many]
        return tuple(sorted(map(_task, rows), key=lambda task: task.id))

    async def renew(self, owner: str, tasks: Collection[int], until: datetime) -> None:
        if tasks:
            some = one_of("id", tasks)
            await self._execute(f"{_RENEW}{some.sql}", stamp(until), owner, *some.values)

    async def release(self, owner: str) -> None:
        await self._execute(_RELEASE, owner)

    async def keep_reply(self, task: int, reply: str) -> None:
        await self._execute(KEEP_REPLY, reply, task)

    async def mark_attempt(self, task: int) -> None:
        await self._execute(_ATTEMPT, task)

    async def mark_sent(self, task: int) -> None:
        await self._execute(_SENT, task)

    async def put_off(self, task: int, until: datetime) -> None:
        await self._execute(_PUT_OFF, stamp(until), task)

    async def close(self, task: int, reason: str, now: datetime) -> None:
        await self._execute(_CLOSE, reason, stamp(now), task)

    async def close_earlier(self, task: int, person: str, reason: str, now: datetime) -> None:
        await self._execute(_CLOSE_EARLIER, reason, stamp(now), person, task)

    async def contact(self, person: str) -> Contact | None:
        def read(database: Database) -> Contact | None:
            row = database.execute(_CONTACT, [person]).fetchone()
            return None if row is None else contact_of(row)

        return await self._readers.run(read)

    async def mark_gone(self, person: str, reason: str, at: datetime) -> None:
        await self._execute(_GONE, reason, person, stamp(at))

    async def silence(self, update: Update, until: datetime | None) -> None:
        silent = None if until is None else stamp(until)
        # That a clerk wrote says nothing of when the person did.
        await self._execute(_SILENCE, update.person, update.channel, update.address, stamp(NEVER_SEEN), silent)

    async def waiting(self) -> tuple[Waiting, ...]:
        return await self._waiting(_WAITING)

    async def unanswered(self) -> tuple[Waiting, ...]:
        return await self._waiting(_UNANSWERED)

    async def _waiting(self, query: str) -> tuple[Waiting, ...]:
        def read(database: Database) -> tuple[Waiting, ...]:
            rows = database.execute(query).fetchall()
            return tuple(Waiting(channel, count, datetime.fromisoformat(oldest)) for channel, count, oldest in rows)

        return await self._readers.run(read)

    async def _execute(self, statement: str, *values: object) -> None:
        work: Write[Any] = lambda database: database.execute(statement, values)  # noqa: E731
        await self._writer.run(work)


def put_away(database: Database, update: Update, now: datetime) -> bool:
    """See `Inbox.accept`; within the transaction of whoever calls."""
    row = [update.channel, update.key, update.person, update.address, update.kind.value, update.body]
    # Ready whatever the clock says later, which may be set back; what nobody has asked for stands behind all that.
    ready = stamp(now) if update.kind in BY_ITSELF else ""
    row += [stamp(update.sent_at), stamp(update.expires_at), stamp(now), ready]
    if not database.execute(_ACCEPT, row).rowcount:
        return False
    if update.kind in FROM_THE_PERSON:
        database.execute(_SEE, [update.person, update.channel, update.address, stamp(update.sent_at)])
    return True


def _task(row: tuple[Any, ...]) -> Task:
    number, channel, key, person, address, kind, body, sent_at, expires_at, received_at, *rest = row
    times = (datetime.fromisoformat(sent_at), datetime.fromisoformat(expires_at))
    update = Update(channel, key, person, address, _kind(kind), body, *times)
    reply, parts_sent, is_attempted, tries = rest
    return Task(number, update, datetime.fromisoformat(received_at), reply, parts_sent, bool(is_attempted), tries)


def _kind(written: str) -> Kind:
    try:
        return Kind(written)
    except ValueError:
        return Kind.UNKNOWN


def contact_of(row: tuple[Any, ...]) -> Contact:
    """Of the columns person, channel, address, last_seen, gone, silent_until."""
    person, channel, address, last_seen, gone, silent_until = row
    return Contact(person, channel, address, datetime.fromisoformat(last_seen), gone, moment_of(silent_until))
