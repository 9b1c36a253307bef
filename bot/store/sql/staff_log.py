"""The log of every change that staff make: only added to."""

from __future__ import annotations

import json
from datetime import datetime

from bot.store.sql.session import Database
from bot.store.sql.times import stamp
from bot.store.staff import Act, Entry

_ADD = "insert into staff_log (at, actor, action, subject, reason, before, after) values (?, ?, ?, ?, ?, ?, ?)"
_READ = """
    select id, at, actor, action, subject, reason, before, after from staff_log
    where id < ? order by id desc limit ?
"""
_READ_OF = """
    select id, at, actor, action, subject, reason, before, after from staff_log where subject = ? order by id desc
"""
_BEHIND_ALL = 2**62


def write_entry(database: Database, entry: Entry) -> None:
    """Within the transaction of whoever calls, so that no change is without its line."""
    act = entry.act
    told = [json.dumps(side, ensure_ascii=False, sort_keys=True) for side in (entry.before, entry.after)]
    database.execute(_ADD, [stamp(act.at), act.actor, act.action, entry.subject, act.reason, *told])


def read_entries(database: Database, limit: int, before: int | None) -> tuple[Entry, ...]:
    rows = database.execute(_READ, [_BEHIND_ALL if before is None else before, limit]).fetchall()
    return tuple(_entry(row) for row in rows)


def read_entries_of(database: Database, subject: str) -> tuple[Entry, ...]:
    """All about one thing, the newest first."""
    return tuple(map(_entry, database.execute(_READ_OF, [subject]).fetchall()))


def _entry(row: tuple[int, str, str, str, str, str, str, str]) -> Entry:
    number, at, actor, action, subject, reason, before, after = row
    act = Act(datetime.fromisoformat(at), actor, action, reason)
    return Entry(act, subject, json.loads(before), json.loads(after), number)
