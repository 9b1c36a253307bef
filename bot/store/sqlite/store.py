"""The default store: one SQLite file in WAL mode, one writer behind a queue, readers beside it (see `lanes`)."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.figures import CONVERSATION
from bot.store.inbox import Inbox
from bot.store.interface import Cutoffs, Event, Helpfulness, Record
from bot.store.office import Office
from bot.store.registry import Registry
from bot.store.sqlite import migrations
from bot.store.sqlite.counting import count_codes, count_event
from bot.store.sqlite.follow_ups import ERASE as ERASE_FOLLOW_UPS
from bot.store.sqlite.forgetting import A_BITE, old_rows
from bot.store.sqlite.freshness import ERASE as ERASE_STALE
from bot.store.sqlite.freshness import add_stale
from bot.store.sqlite.inbox import DROP_UNASKED, FREE_ALL, KEEP_REPLY, SqliteInbox
from bot.store.sqlite.lanes import Readers, Writer
from bot.store.sqlite.learning import add_unfound
from bot.store.sqlite.office import SqliteOffice
from bot.store.sqlite.ratings import ERASE, set_aside_erased, write_survey
from bot.store.sqlite.registry import SqliteRegistry
from bot.store.sqlite.sharing import count_arrival, count_shared_rating, uncount_ratings
from bot.store.sqlite.sole_use import SoleUse

_READERS = 2

_KEEP_STATE = """
    insert into conversations (person, state, updated_at) values (?, ?, ?)
    on conflict (person) do update set state = excluded.state, updated_at = excluded.updated_at
"""
_ADD_EVENT = """
    insert into events (at, channel, person, status, codes, catalogue_version) values (?, ?, ?, ?, ?, ?)
"""
_ADD_OPINION = """
    insert into helpfulness (at, channel, person, opinion, code, catalogue_version) values (?, ?, ?, ?, ?, ?)
"""
_ERASE = (
    DROP_UNASKED,
    "delete from conversations where person = ?",
    "update events set person = '' where person = ?",
    "update helpfulness set person = '' where person = ?",
    "delete from contacts where person = ?",
    "delete from staff_chats where person = ?",
    *ERASE,
    ERASE_FOLLOW_UPS,
    ERASE_STALE,
)
_RECENT_OPINIONS = """
    select at, channel, person, opinion, code, catalogue_version from helpfulness order by id desc limit ?
"""
_RECENT = """
    select at, channel, person, status, codes, catalogue_version from events order by id desc limit ?
"""


class SqliteStore:
    """Made by `SqliteStore.open`; `Store` says what the methods do."""

    def __init__(self, path: Path) -> None:
        self._sole_use = SoleUse(path)
        self._writer = Writer(path)
        self._readers = Readers(path, _READERS)
        self._inbox = SqliteInbox(self._readers, self._writer)
        self._registry = SqliteRegistry(self._readers, self._writer)
        self._office = SqliteOffice(path, self._readers, self._writer)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file, made with its folder where missing, and bring its tables up to date. Raises StoreError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made here, so that only its owner may read it; SQLite gives the files beside it the same rights.
            path.touch(mode=0o600)
        except OSError as error:
            what = "written" if path.exists() else "made"
            raise StoreError(f"{path} cannot be {what}: {error.strerror}") from error
        store = cls(path)
        try:
            await store._writer.run_alone(_prepare)
            if store._sole_use.take():
                # Whoever had claimed something is gone: nobody has to wait for a lease to run out.
                await store._writer.run(lambda database: [database.execute(statement) for statement in FREE_ALL])
        except StoreError:
            await store.close()
            raise
        return store

    @property
    def inbox(self) -> Inbox:
        return self._inbox

    @property
    def registry(self) -> Registry:
        return self._registry

    @property
    def office(self) -> Office:
        return self._office

    async def conversation(self, person: str) -> str | None:
        def read(database: Database) -> str | None:
            row = database.execute("select state from conversations where person = ?", [person]).fetchone()
            return None if row is None else str(row[0])

        return await self._readers.run(read)

    async def record(self, record: Record) -> None:
        event, state = record.event, record.state
        at = event.at.isoformat()
        row = [at, event.channel, event.person, event.status, " ".join(event.codes), event.catalogue_version]

        def write(database: Database) -> None:
            if state is not None:
                database.execute(_KEEP_STATE, [event.person, state, at])
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

        await self._writer.run(write)

    async def erase(self, person: str) -> None:
        def write(database: Database) -> None:
            uncount_ratings(database, set_aside_erased(database, person))
            for statement in _ERASE:
                database.execute(statement, [person])

        await self._writer.run(write)
        await self.let_go()

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

    async def let_go(self) -> None:
        await self._writer.let_go()

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
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writer.close()
        self._readers.close()
        self._office.close()
        self._sole_use.free()


def _prepare(database: Database) -> None:
    database.enable_wal()
    migrations.apply(database)


def _opinion_row(said: Helpfulness) -> list[str | None]:
    return [said.at.isoformat(), said.channel, said.person, said.opinion, said.code, said.catalogue_version]


def _event(row: tuple[str, str, str, str, str, str]) -> Event:
    at, channel, person, status, codes, version = row
    return Event(datetime.fromisoformat(at), channel, person, status, tuple(codes.split()), version)
