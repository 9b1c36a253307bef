"""Who runs, and the leases, in SQL."""

from __future__ import annotations

from datetime import datetime

from bot.store.processes import Lease, Process, Roll, owner_of
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.times import stamp

_BEAT = """
    insert into processes (id, label, version, started_at, seen_at, beats) values (?, ?, ?, ?, ?, 1)
    on conflict (id) do update set seen_at = excluded.seen_at, beats = processes.beats + 1
"""
_RENEW = "update leases set renewals = renewals + 1 where holder = ?"
_PROCESSES = "select id, label, version, started_at, seen_at, beats from processes order by started_at, id"
_LEASES = "select name, holder, renewals from leases order by name"
_FIRST = "insert into leases (name, holder, renewals) values (?, ?, 1) on conflict (name) do nothing"
_TAKE = "update leases set holder = ?, renewals = renewals + 1 where name = ? and holder = ? and renewals = ?"
_GONE = "delete from processes where id = ? and beats = ?"
_LEFT = "delete from processes where id = ?"
_GIVE_BACK = "update leases set holder = '', renewals = renewals + 1 where holder = ?"
_FREE = "update inbox set owner = null, owned_until = '' where closed is null and owner >= ? and owner < ?"
FREE_ALL = ("delete from processes", "update leases set holder = '', renewals = renewals + 1 where holder <> ''")
"""For a store that nobody else can be working on."""


class SqlProcesses:
    """`bot.store.processes.Processes` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def beat(self, process: Process) -> Roll:
        row = [process.id, process.label, process.version, stamp(process.started_at), stamp(process.seen_at)]

        def write(database: Transaction) -> Roll:
            database.execute(_BEAT, row)
            database.execute(_RENEW, [process.id])
            return _roll(database)

        return await self._writer.run(write)

    async def take(self, name: str, holder: str, seen: Lease | None) -> bool:
        def write(database: Transaction) -> bool:
            if seen is None:
                return bool(database.execute(_FIRST, [name, holder]).rowcount)
            return bool(database.execute(_TAKE, [holder, name, seen.holder, seen.renewals]).rowcount)

        return await self._writer.run(write)

    async def drop(self, gone: Process) -> bool:
        def write(database: Transaction) -> bool:
            is_gone = bool(database.execute(_GONE, [gone.id, gone.beats]).rowcount)
            if is_gone:
                database.execute(_FREE, _owners_of(gone.id))
            return is_gone

        return await self._writer.run(write)

    async def leave(self, process: str) -> None:
        def write(database: Transaction) -> None:
            database.execute(_LEFT, [process])
            database.execute(_GIVE_BACK, [process])
            database.execute(_FREE, _owners_of(process))

        await self._writer.run(write)

    async def roll(self) -> Roll:
        return await self._readers.run(_roll)


def _owners_of(process: str) -> list[str]:
    """Between which names those lie under which parts of the process claim updates: `owner_of` makes them."""
    return [owner_of(process, ""), f"{process};"]


def _roll(database: Database) -> Roll:
    return Roll(
        tuple(
            Process(name, label, version, datetime.fromisoformat(started_at), datetime.fromisoformat(seen_at), beats)
            for name, label, version, started_at, seen_at, beats in database.execute(_PROCESSES).fetchall()
        ),
        tuple(Lease(*row) for row in database.execute(_LEASES).fetchall()),
    )
