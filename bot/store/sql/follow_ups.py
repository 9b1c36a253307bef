"""Follow-ups in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.ratings.model import Subject
from bot.store.figures import OPENED
from bot.store.follow_ups import REST, FollowUp
from bot.store.inbox import Update
from bot.store.sql.counting import count_event
from bot.store.sql.inbox import put_away
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.times import moment_of, stamp

_ASKED = "asked"
_NEXT_DIGIT = "g"
"""Sorts behind every hexadecimal digit."""

_WHO = "select person, channel, gone from contacts where person >= ? and person < ? limit 2"
_HOLD_WAITING = "select id from follow_ups where person = ? and how is null /*! for update */"
_WAS_ASKED = "select 1 from follow_ups where person = ? and how = ? and ended_at > ? limit 1"
_WAIT = """
    insert into follow_ups (person, code, service, agency, commune, opened_at, due_at) values (?, ?, ?, ?, ?, ?, ?)
    on conflict (person) where how is null do update set code = excluded.code, service = excluded.service,
        agency = excluded.agency, commune = excluded.commune, opened_at = excluded.opened_at, due_at = excluded.due_at
"""
_DUE = """
    select one.id, one.person, channel, address, code, service, agency, commune, opened_at, due_at, last_seen,
        (select max(ended_at) from follow_ups where person = one.person and how = 'asked'),
        (select max(ended_at) from follow_ups where person = one.person and how = 'asked' and code = one.code)
    from follow_ups as one join contacts on contacts.person = one.person
    where one.how is null and due_at <= ? order by due_at, one.id limit ?
"""
_PUT_OFF = "update follow_ups set due_at = ? where id = ? and how is null"
_END = "update follow_ups set how = ?, ended_at = ? where id = ? and how is null"
ERASE = "delete from follow_ups where person = ?"


class SqlFollowUps:
    """`bot.store.follow_ups.FollowUps` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def opened(self, person: str, subject: Subject, channel: str, at: datetime, due_at: datetime | None) -> None:
        def write(database: Transaction) -> None:
            known = database.execute(_WHO, [person, person + _NEXT_DIGIT]).fetchall() if person else []
            # The beginning of a hash may be that of two people: then nobody knows who it was.
            who, on, gone = known[0] if len(known) == 1 else ("", channel, None)
            count_event(database, at, on, OPENED)
            if not who or gone is not None or due_at is None:
                return
            # Where it is being asked just now, that is waited for.
            database.execute(_HOLD_WAITING, [who]).fetchall()
            if database.execute(_WAS_ASKED, [who, _ASKED, stamp(at - REST)]).fetchone() is None:
                about = [subject.code, subject.service, subject.agency, subject.commune]
                database.execute(_WAIT, [who, *about, stamp(at), stamp(due_at)])

        await self._writer.run(write)

    async def due(self, now: datetime, limit: int) -> tuple[FollowUp, ...]:
        def read(database: Database) -> tuple[FollowUp, ...]:
            return tuple(map(_follow_up, database.execute(_DUE, [stamp(now), limit]).fetchall()))

        return await self._readers.run(read)

    async def put_off(self, follow_up: int, until: datetime) -> None:
        await self._writer.run(lambda database: database.execute(_PUT_OFF, [stamp(until), follow_up]))

    async def hand_over(self, follow_up: int, question: Update, now: datetime) -> bool:
        def write(database: Transaction) -> bool:
            if not database.execute(_END, [_ASKED, stamp(now), follow_up]).rowcount:
                return False
            return put_away(database, question, now)

        return await self._writer.run(write)

    async def end(self, follow_up: int, how: str, now: datetime) -> None:
        await self._writer.run(lambda database: database.execute(_END, [how, stamp(now), follow_up]))


def _follow_up(row: tuple[Any, ...]) -> FollowUp:
    number, person, channel, address, code, service, agency, commune, opened_at, due_at, last_seen, *asked = row
    opened, due, seen = map(datetime.fromisoformat, (opened_at, due_at, last_seen))
    asked_at, asked_about_at = map(moment_of, asked)
    subject = Subject(code, service, agency, commune)
    return FollowUp(number, person, channel, address, subject, opened, due, seen, asked_at, asked_about_at)
