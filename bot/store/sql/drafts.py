"""Lists that were read and not yet published."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime

from bot.catalog.imports.kept import Content, keep, take_out
from bot.catalog.imports.model import Action, Answer
from bot.catalog.imports.own_files import OwnPart
from bot.errors import StoreError
from bot.store.drafts import Decided, Draft, DraftState
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import write_entry
from bot.store.sql.times import stamp
from bot.store.staff import Act, Entry

_ADD = "insert into drafts (state, files, whole, by, at, part, content) values (?, ?, ?, ?, ?, ?, ?) returning number"
_COLUMNS = "number, state, files, whole, by, at, part"
_LISTED = f"select {_COLUMNS} from drafts order by number desc"  # noqa: S608 - our own names
_ONE = f"select {_COLUMNS}, content from drafts where number = ?"  # noqa: S608
_ANSWERS = "select finding, action, value, by, at, reason from draft_answers where draft = ? order by finding"
_IS_OPEN = "select 1 from drafts where number = ? and state = 'open' /*! for update */"
_DECIDE = """
    insert into draft_answers (draft, finding, action, value, by, at, reason) values (?, ?, ?, ?, ?, ?, ?)
    on conflict (draft, finding) do update set
        action = excluded.action, value = excluded.value, by = excluded.by, at = excluded.at, reason = excluded.reason
"""
_TAKE_BACK = "delete from draft_answers where draft = ? and finding = ?"
_CLOSE = "update drafts set state = ? where number = ? and state = 'open'"
_STATE = "select state from drafts where number = ? /*! for update */"
_REOPEN = "update drafts set state = 'open' where number = ?"
_Row = tuple[int, str, str, int, str, str, str]


class SqlDrafts:
    """`bot.store.drafts.Drafts` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer
        self._unpacked: tuple[int, Content] | None = None
        """Of the draft that was asked for last. What was read never changes."""

    async def add(self, draft: Draft, content: Content, act: Act) -> int:
        # Twenty thousand rows are packed before the transaction, and not by whoever answers in a chat.
        packed = await asyncio.to_thread(keep, content)
        part = "" if draft.part is None else draft.part.value
        row = [draft.state.value, json.dumps(draft.files, ensure_ascii=False), int(draft.whole), draft.by]

        def write(database: Transaction) -> int:
            number = int(database.execute(_ADD, [*row, stamp(draft.at), part, packed]).fetchone()[0])
            files = list(draft.files)
            write_entry(database, Entry(act, _subject(number), {}, {"files": files, "whole": draft.whole}))
            return number

        return await self._writer.run(write)

    async def listed(self) -> tuple[Draft, ...]:
        def read(database: Database) -> tuple[Draft, ...]:
            return tuple(_draft(row) for row in database.execute(_LISTED).fetchall())

        return await self._readers.run(read)

    async def draft(self, number: int) -> tuple[Draft, Content] | None:
        def read(database: Database) -> tuple[Draft, bytes] | None:
            row = database.execute(_ONE, [number]).fetchone()
            return None if row is None else (_draft(row[:-1]), row[-1])

        found = await self._readers.run(read)
        if found is None:
            return None
        draft, packed = found
        latest = self._unpacked
        if latest is not None and latest[0] == number:
            return draft, latest[1]
        try:
            content = await asyncio.to_thread(take_out, packed)
        except ValueError as error:
            raise StoreError(f"draft {number}: {error}") from error
        self._unpacked = number, content
        return draft, content

    async def decisions(self, number: int) -> Mapping[str, Decided]:
        def read(database: Database) -> Mapping[str, Decided]:
            rows = database.execute(_ANSWERS, [number]).fetchall()
            return {
                finding: Decided(Answer(Action(action), value), by, datetime.fromisoformat(at), reason)
                for finding, action, value, by, at, reason in rows
            }

        return await self._readers.run(read)

    async def decide(self, number: int, answers: Mapping[str, Answer], act: Act) -> bool:
        told = [act.actor, stamp(act.at), act.reason]
        given = [[number, f, a.action.value, a.value, *told] for f, a in answers.items() if a.action is not Action.ASK]
        taken_back = [[number, f] for f, a in answers.items() if a.action is Action.ASK]

        def write(database: Transaction) -> bool:
            if database.execute(_IS_OPEN, [number]).fetchone() is None:
                return False
            # Many at once, and every one of them in this transaction.
            database.execute_many(_DECIDE, given)
            database.execute_many(_TAKE_BACK, taken_back)
            write_entry(database, Entry(act, _subject(number), {}, _after(answers)))
            return True

        return await self._writer.run(write)

    async def close(self, number: int, state: DraftState, act: Act) -> bool:
        def write(database: Transaction) -> bool:
            return close_draft(database, number, state, act)

        return await self._writer.run(write)

    async def reopen(self, number: int, act: Act) -> bool:
        def write(database: Transaction) -> bool:
            found = database.execute(_STATE, [number]).fetchone()
            if found is None or found[0] == DraftState.OPEN.value:
                return False
            database.execute(_REOPEN, [number])
            write_entry(database, Entry(act, _subject(number), {"state": found[0]}, {"state": DraftState.OPEN.value}))
            return True

        return await self._writer.run(write)


def close_draft(database: Database, number: int, state: DraftState, act: Act) -> bool:
    """Within the transaction of whoever calls; False where it is not open."""
    if not database.execute(_CLOSE, [state.value, number]).rowcount:
        return False
    before = {"state": DraftState.OPEN.value}
    write_entry(database, Entry(act, _subject(number), before, {"state": state.value}))
    return True


def _after(answers: Mapping[str, Answer]) -> dict[str, object]:
    """One answer as it is; of many, how many: the answers themselves are kept with the draft."""
    if len(answers) != 1:
        return {"answers": len(answers)}
    ((finding, answer),) = answers.items()
    return {"finding": finding, "answer": f"{answer.action.value} {answer.value}".rstrip()}


def _subject(number: int) -> str:
    """What the log calls it."""
    return f"draft:{number}"


def _draft(row: _Row) -> Draft:
    number, state, files, whole, by, at, part = row
    names = tuple(json.loads(files))
    moment = datetime.fromisoformat(at)
    return Draft(number, DraftState(state), names, bool(whole), by, moment, OwnPart(part) if part else None)
