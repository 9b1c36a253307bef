"""Published catalogues: a file is kept once, named by its hash, however many versions have it."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.catalog.load import version_of
from bot.errors import StoreError
from bot.store.drafts import DraftState
from bot.store.publications import NotPublished, Publication, PublicationKind
from bot.store.sql.drafts import close_draft
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import write_entry
from bot.store.sql.times import day_text, stamp
from bot.store.staff import Act, Entry

_COLUMNS = "version, kind, since, decision, decided_on, by, at, reason"
_ADD = f"insert into publications ({_COLUMNS}) values ({', '.join('?' * 8)}) returning number"  # noqa: S608 - our own names, as below
_LISTED = f"select number, {_COLUMNS}, withdrawn from publications order by number desc"  # noqa: S608
_IN_FORCE = f"""
    select number, {_COLUMNS}, withdrawn from publications where since <= ? and withdrawn = 0
    order by number desc limit 1
"""  # noqa: S608
_IS_WAITING = "select 1 from publications where since > ? and withdrawn = 0"
_WITHDRAW = "update publications set withdrawn = 1 where number = ? and since > ? and withdrawn = 0 returning version"
_ADD_FILE = """
    insert into publication_files (version, path, sha256) values (?, ?, ?) on conflict (version, path) do nothing
"""
_ADD_BLOB = """
    insert into publication_blobs (sha256, deflated) values (?, ?)
    on conflict (sha256) do update set deflated = excluded.deflated
"""
_BLOB = "select deflated from publication_blobs where sha256 = ?"
_FILES = """
    select path, sha256, deflated from publication_files left join publication_blobs using (sha256) where version = ?
"""


class SqlPublications:
    """`bot.store.publications.Publications` says what the methods do."""

    def __init__(self, quick: Readers, slow: Readers, writer: Writer) -> None:
        self._quick = quick
        self._slow = slow
        self._writer = writer

    async def publish(
        self, publication: Publication, contents: Mapping[str, bytes], after: int, act: Act, draft: int | None = None
    ) -> Publication | NotPublished:
        hashes = await asyncio.to_thread(_hashes, contents)
        missing = await self._missing(hashes.values())
        # Outside of the transaction: whoever waits for a commit in a chat does not wait for this.
        blobs = await asyncio.to_thread(_deflated, contents, hashes, missing)
        files = [[publication.version, path, sha256] for path, sha256 in hashes.items()]
        today = day_text(act.at)

        def write(database: Transaction) -> Publication | NotPublished:
            database.hold("publications")
            if database.execute(_IS_WAITING, [today]).fetchone() is not None:
                return NotPublished.WAITING
            current = database.execute(_IN_FORCE, [today]).fetchone()
            if after != (0 if current is None else current[0]):
                return NotPublished.CHANGED
            if draft is not None and not close_draft(database, draft, DraftState.PUBLISHED, act):
                return NotPublished.DRAFT
            number = database.execute(_ADD, _row(publication)).fetchone()[0]
            database.execute_many(_ADD_FILE, files)
            database.execute_many(_ADD_BLOB, blobs)
            kept = replace(publication, number=int(number))
            before = {} if current is None else {"number": current[0], "version": current[1]}
            write_entry(database, Entry(act, _subject(kept.number), before, _told(kept)))
            return kept

        return await self._writer.run(write)

    async def withdraw(self, number: int, act: Act) -> bool:
        def write(database: Transaction) -> bool:
            gone = database.execute(_WITHDRAW, [number, day_text(act.at)]).fetchall()
            if gone:
                write_entry(database, Entry(act, _subject(number), {"version": gone[0][0]}, {}))
            return bool(gone)

        return await self._writer.run(write)

    async def listed(self) -> tuple[Publication, ...]:
        def read(database: Database) -> tuple[Publication, ...]:
            return tuple(map(_publication, database.execute(_LISTED).fetchall()))

        return await self._slow.run(read)

    async def in_force(self, day: date) -> Publication | None:
        def read(database: Database) -> Publication | None:
            row = database.execute(_IN_FORCE, [day.isoformat()]).fetchone()
            return None if row is None else _publication(row)

        return await self._quick.run(read)

    async def contents(self, version: str) -> Mapping[str, bytes] | None:
        def read(database: Database) -> Mapping[str, bytes] | None:
            rows = database.execute(_FILES, [version]).fetchall()
            if not rows:
                return None
            contents = {}
            for path, sha256, deflated in sorted(rows):
                content = _inflated(sha256, deflated)
                if content is None:
                    raise StoreError(f"{path} of catalogue {version} is kept no longer as it was published")
                contents[path] = content
            if version_of(contents) != version:
                raise StoreError(f"the files of catalogue {version} are not those that were published")
            return contents

        return await self._slow.run(read)

    async def _missing(self, hashes: Iterable[str]) -> frozenset[str]:
        """Those whose bytes are not kept, or not whole: they are written again."""

        def read(database: Database) -> frozenset[str]:
            kept = {one: database.execute(_BLOB, [one]).fetchone() for one in hashes}
            return frozenset(one for one, row in kept.items() if row is None or _inflated(one, row[0]) is None)

        return await self._slow.run(read)


def _hashes(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}


def _deflated(
    contents: Mapping[str, bytes], hashes: Mapping[str, str], missing: frozenset[str]
) -> list[tuple[str, bytes]]:
    wanted = {sha256: contents[path] for path, sha256 in hashes.items() if sha256 in missing}
    return [(sha256, zlib.compress(content)) for sha256, content in wanted.items()]


def _inflated(sha256: str, deflated: bytes | None) -> bytes | None:
    """The bytes with this hash; None where they are not there, or not whole."""
    if deflated is None:
        return None
    try:
        content = zlib.decompress(deflated)
    except zlib.error:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _subject(number: int) -> str:
    """What the log calls it."""
    return f"publication:{number}"


def _told(publication: Publication) -> dict[str, object]:
    """What the log keeps of it."""
    found = {
        "version": publication.version,
        "since": publication.since.isoformat(),
        "decision": publication.decision,
        "decided_on": publication.decided_on and publication.decided_on.isoformat(),
    }
    return {name: value for name, value in found.items() if value}


def _row(one: Publication) -> list[str | None]:
    decided_on = None if one.decided_on is None else one.decided_on.isoformat()
    told = [one.version, one.kind.value, one.since.isoformat(), one.decision, decided_on]
    return [*told, one.by, stamp(one.at), one.reason]


def _publication(row: tuple[Any, ...]) -> Publication:
    number, version, kind, since, decision, decided_on, by, at, reason, withdrawn = row
    return Publication(
        number=number,
        version=version,
        kind=PublicationKind(kind),
        since=date.fromisoformat(since),
        decision=decision,
        decided_on=None if decided_on is None else date.fromisoformat(decided_on),
        by=by,
        at=datetime.fromisoformat(at),
        reason=reason,
        withdrawn=bool(withdrawn),
    )
