"""What conversations leave behind, in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.store.erasing import Deleted, Erasure
from bot.store.figures import CONVERSATION
from bot.store.inbox import Inbox
from bot.store.interface import Cutoffs, Event, Helpfulness, Overtaken, Record
from bot.store.office import Office
from bot.store.processes import Processes
from bot.store.registry import Registry
from bot.store.sql.counting import count_codes, count_event
from bot.store.sql.erasing import erase_person
from bot.store.sql.forgetting import A_BITE, old_rows
from bot.store.sql.freshness import add_stale
from bot.store.sql.inbox import KEEP_REPLY, SqlInbox
from bot.store.sql.learning import add_unfound
from bot.store.sql.office import SqlOffice
from bot.store.sql.processes import SqlProcesses
from bot.store.sql.ratings import write_survey
from bot.store.sql.registry import SqlRegistry
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.sharing import count_arrival, count_shared_rating
from bot.store.sql.times import stamp

_KEEP_STATE = """
    insert into conversations (person, state, updated_at, brought_since) values (?, ?, ?, ?)
    on conflict (person) do update set state = excluded.state, updated_at = excluded.updated_at,
        brought_since = excluded.brought_since
"""
_BEGIN = """
    insert into conversations (person, state, updated_at, brought_since) values (?, ?, ?, ?)
    on conflict (person) do nothing
"""
_CHANGE = "update conversations set state = ?, updated_at = ?, brought_since = ? where person = ? and state = ?"
_TOLD = "select reply from told where person = ? and message = ?"
_TELL = """
    insert into told (person, message, reply, at) values (?, ?, ?, ?)
    on conflict (person, message) do update set reply = excluded.reply, at = excluded.at
"""
_FORGET_TOLD = "delete from told where at < ?"
_ADD_EVENT = """
    insert into events (at, channel, person, status, codes, catalogue_version) values (?, ?, ?, ?, ?, ?)
"""
_ADD_OPINION = """
    insert into helpfulness (at, channel, person, opinion, code, catalogue_version) values (?, ?, ?, ?, ?, ?)
"""
_RECENT_OPINIONS = """
    select at, channel, person, opinion, code, catalogue_version from helpfulness order by id desc limit ?
"""
_RECENT = """
    select at, channel, person, status, codes, catalogue_version from events order by id desc limit ?
"""


@dataclass(frozen=True, slots=True)
class Lanes:
    """How a store is worked on. `quick`: for what somebody waits for in a chat; `slow`: for what staff read."""

    quick: Readers
    slow: Readers
    writer: Writer


class SqlStore:
    """`Store` says what the methods do; each engine opens its own (`bot.store.sqlite`, `bot.store.postgres`)."""

    def __init__(self, lanes: Lanes) -> None:
        self._readers, self._writer = lanes.quick, lanes.writer
        self._inbox = SqlInbox(lanes.quick, lanes.writer)
        self._registry = SqlRegistry(lanes.quick, lanes.writer)
        self._office = SqlOffice(lanes.quick, lanes.slow, lanes.writer)
        self._processes = SqlProcesses(lanes.quick, lanes.writer)

    @property
    def inbox(self) -> Inbox:
        return self._inbox

    @property
    def registry(self) -> Registry:
        return self._registry

    @property
    def office(self) -> Office:
        return self._office

    @property
    def processes(self) -> Processes:
        return self._processes

    async def conversation(self, person: str) -> str | None:
        def read(database: Database) -> str | None:
            row = database.execute("select state from conversations where person = ?", [person]).fetchone()
            return None if row is None else str(row[0])

        return await self._readers.run(read)

    async def record(self, record: Record) -> Overtaken | None:
        event = record.event
        at = event.at.isoformat()
        row = [at, event.channel, event.person, event.status, " ".join(event.codes), event.catalogue_version]

        def write(database: Transaction) -> Overtaken | None:
            # Before anything is written: else it would have to be taken back.
            if (overtaken := _begun(database, record)) is not None:
                return overtaken
            if record.told is not None:
                database.execute(_TELL, [event.person, record.told.message, record.told.reply, stamp(event.at)])
            database.execute(_ADD_EVENT, row)
            count_event(database, event.at, event.channel, event.status)
            count_codes(database, event.at, event.codes)
            if event.is_first:
                count_event(database, event.at, event.channel, CONVERSATION)
            if record.helpfulness is not None:
                database.execute(_ADD_OPINION, _opinion_row(record.helpfulness))
            written = None if record.survey is None else write_survey(database, record.survey)
            if record.attribution is not None:
                count_arrival(database, record.attribution, event.at)
            if record.survey is not None and record.survey.rating is not None and written is not None:
                count_shared_rating(database, record.attribution, record.survey.rating, written)
            if record.unfound is not None:
                add_unfound(database, record.unfound)
            if record.stale is not None:
                add_stale(database, record.stale)
            if record.answered is not None:
                database.execute(KEEP_REPLY, [record.answered.reply, record.answered.task])
            return None

        return await self._writer.run(write)

    async def erase(self, person: str, at: datetime) -> Deleted:
        deleted = await self._writer.run(lambda database: erase_person(database, Erasure(person, at)))
        await self.let_go()
        return deleted

    async def forget(self, before: Cutoffs) -> int:
        gone = 0
        for old in old_rows(before):
            while True:
                changed = await self._writer.run(old.forget_some)
                gone += changed
                if changed < A_BITE:
                    break
        await self.let_go()
        return gone

    async def forget_told(self, before: datetime) -> None:
        await self._writer.run(lambda database: database.execute(_FORGET_TOLD, [stamp(before)]))

    async def let_go(self) -> None:
        """Nothing to do, where the engine has no file of its own that deleted rows stay in."""

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        def read(database: Database) -> tuple[Helpfulness, ...]:
            rows = database.execute(_RECENT_OPINIONS, [limit]).fetchall()
            return tuple(Helpfulness(datetime.fromisoformat(at), *rest) for at, *rest in rows)

        return await self._readers.run(read)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        def read(database: Database) -> tuple[Event, ...]:
            return tuple(_event(row) for row in database.execute(_RECENT, [limit]).fetchall())

        return await self._readers.run(read)

    async def close(self) -> None:
        """What was handed in before is still written; what the engine opened is closed by it."""


def _begun(database: Transaction, record: Record) -> Overtaken | None:
    """Keep the state, which nobody else changes from here to the commit; or why it cannot be kept."""
    person, state, told, since = record.event.person, record.state, record.told, record.since
    if told is not None and (row := database.execute(_TOLD, [person, told.message]).fetchone()) is not None:
        return Overtaken(str(row[0]))
    if state is None:
        return None
    at = record.event.at.isoformat()
    brought_since = None if record.brought_since is None else record.brought_since.isoformat()
    if since is not None and since.state is not None:
        is_kept = database.execute(_CHANGE, [state, at, brought_since, person, since.state]).rowcount
    else:
        statement = _KEEP_STATE if since is None else _BEGIN
        is_kept = database.execute(statement, [person, state, at, brought_since]).rowcount
    return None if is_kept else Overtaken(None)


def _opinion_row(said: Helpfulness) -> list[str | None]:
    return [said.at.isoformat(), said.channel, said.person, said.opinion, said.code, said.catalogue_version]


def _event(row: tuple[str, str, str, str, str, str]) -> Event:
    at, channel, person, status, codes, version = row
    return Event(datetime.fromisoformat(at), channel, person, status, tuple(codes.split()), version)
