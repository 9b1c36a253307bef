"""What editors say beside the published catalogue."""

from __future__ import annotations

import json
from datetime import datetime

from bot.catalog.editorial import Item, kind_of
from bot.catalog.editorial_record import as_record, read_record
from bot.errors import StoreError
from bot.store.editorial import KeptItem
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import write_entry
from bot.store.staff import Act, Entry

_ADD = "insert into editorial_items (kind, item, by, at, reason) values (?, ?, ?, ?, ?) returning number"
_READ = "select number, item, by, at, reason from editorial_items order by number"
_REMOVE = "delete from editorial_items where number = ? returning number, item, by, at, reason"
# SQLite has triggers that do the same, for older versions of the program that write into the same file.
_BUMP = "update editorial_version set version = version + 1"


class SqlEditorialBook:
    """`bot.store.editorial.EditorialBook` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def items(self) -> tuple[KeptItem, ...]:
        def read(database: Database) -> tuple[KeptItem, ...]:
            return tuple(map(_kept, database.execute(_READ).fetchall()))

        return await self._readers.run(read)

    async def version(self) -> int:
        def read(database: Database) -> int:
            return int(database.execute("select version from editorial_version").fetchone()[0])

        return await self._readers.run(read)

    async def add(self, item: Item, act: Act) -> int:
        record = as_record(item)
        row = [kind_of(item).value, json.dumps(record, ensure_ascii=False), act.actor, act.at.isoformat(), act.reason]

        def write(database: Transaction) -> int:
            number = int(database.execute(_ADD, row).fetchone()[0])
            database.execute(_BUMP)
            write_entry(database, Entry(act, _subject(number), {}, record))
            return number

        return await self._writer.run(write)

    async def remove(self, number: int, act: Act) -> KeptItem | None:
        def write(database: Transaction) -> KeptItem | None:
            rows = database.execute(_REMOVE, [number]).fetchall()
            if not rows:
                return None
            gone = _kept(rows[0])
            database.execute(_BUMP)
            write_entry(database, Entry(act, _subject(number), as_record(gone.item), {}))
            return gone

        return await self._writer.run(write)


def _subject(number: int) -> str:
    """What the log calls it."""
    return f"editorial:{number}"


def _kept(row: tuple[int, str, str, str, str]) -> KeptItem:
    number, written, by, at, reason = row
    try:
        item = read_record(json.loads(written))
    except (KeyError, ValueError) as error:
        raise StoreError(f"item {number} of the editors cannot be read") from error
    return KeptItem(number, item, by, datetime.fromisoformat(at), reason)
