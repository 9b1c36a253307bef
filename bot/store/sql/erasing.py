"""Deleting what is kept of a person, in SQL; and the notes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from bot.store.erasing import Deleted, Erasure, Repeated
from bot.store.sql.follow_ups import ERASE as ERASE_FOLLOW_UPS
from bot.store.sql.freshness import ERASE as ERASE_STALE
from bot.store.sql.inbox import DROP_UNASKED
from bot.store.sql.keys import ERASE as ERASE_REKEYED
from bot.store.sql.ratings import ERASE_ASKINGS, ERASE_OBSTACLES, ERASE_RATINGS, set_aside_erased
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.sharing import uncount_ratings
from bot.store.sql.times import stamp

_ERASE = (
    # While it is known still to whom it was to be said.
    ("remembered", DROP_UNASKED),
    ("remembered", "delete from conversations where person = ?"),
    ("remembered", "delete from told where person = ?"),
    ("remembered", ERASE_FOLLOW_UPS),
    ("remembered", ERASE_STALE),
    ("accounts", "delete from contacts where person = ?"),
    ("accounts", "delete from staff_chats where person = ?"),
    ("ratings", ERASE_RATINGS),
    ("uses", "update events set person = '' where person = ?"),
    ("uses", "update helpfulness set person = '' where person = ?"),
    ("uses", ERASE_ASKINGS),
    ("uses", ERASE_OBSTACLES),
)
"""As what it is counted, and what it is."""
_WORDS = (
    "select count(*) from ratings where person = ? and person <> '' and comment is not null",
    "select count(*) from obstacles where person = ? and person <> '' and words <> ''",
)
_NOTE = """
    insert into erasures (person, at) values (?, ?) on conflict (person) do update
    set at = case when excluded.at > erasures.at then excluded.at else erasures.at end
"""
_NOTED = "select person, at from erasures order by at, person"
_IS_NOTED = "select 1 from erasures where person = ? and at >= ?"


def erase_person(database: Transaction, erasure: Erasure) -> Deleted:
    """What went. Where nothing was there nothing is noted: who never wrote leaves no trace by asking for this.

    Within the transaction of whoever calls.
    """
    person, counts = erasure.person, Counter[str]()
    uncount_ratings(database, set_aside_erased(database, person))
    for statement in _WORDS:
        counts["words"] += int(database.execute(statement, [person]).fetchone()[0])
    for what, statement in _ERASE:
        counts[what] += database.execute(statement, [person]).rowcount
    database.execute(ERASE_REKEYED, [person])
    deleted = Deleted(**counts)
    if deleted:
        note_erasure(database, erasure)
    return deleted


def note_erasure(database: Database, erasure: Erasure) -> None:
    database.execute(_NOTE, [erasure.person, stamp(erasure.at)])


def repeat_erasure(database: Transaction, erasure: Erasure) -> Repeated:
    """See `Erasures.repeat`; of one. Within the transaction of whoever calls."""
    if is_made(database, erasure):
        return Repeated(0, 0)
    deleted = erase_person(database, erasure)
    note_erasure(database, erasure)
    return Repeated(1, int(bool(deleted)))


def is_made(database: Database, erasure: Erasure) -> bool:
    """Whether it was made here, or a later one of the same person."""
    return database.execute(_IS_NOTED, [erasure.person, stamp(erasure.at)]).fetchone() is not None


def noted_erasures(database: Database) -> tuple[Erasure, ...]:
    rows = database.execute(_NOTED).fetchall()
    return tuple(Erasure(person, datetime.fromisoformat(at)) for person, at in rows)


class SqlErasures:
    """`bot.store.erasing.Erasures` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def noted(self) -> tuple[Erasure, ...]:
        return await self._readers.run(noted_erasures)

    async def repeat(self, erasures: Iterable[Erasure]) -> Repeated:
        # One by one, so that whoever is being answered waits for one of them only.
        made = [await self._writer.run(partial(repeat_erasure, erasure=erasure)) for erasure in erasures]
        return Repeated(sum(one.unknown for one in made), sum(one.held for one in made))

    async def would_repeat(self, erasures: Iterable[Erasure]) -> int:
        given = tuple(erasures)
        return await self._readers.run(lambda database: sum(not is_made(database, one) for one in given))
