"""Staff's sessions, and the tries to log in. Everything here runs within the caller's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.store.sql.session import Database
from bot.store.sql.times import stamp
from bot.store.staff import Limit, Session, Stage

END_SESSIONS = "delete from staff_sessions where login = ? and key <> ?"
_PUT = "insert into staff_sessions (key, login, stage, made_at, seen_at, ends_at) values (?, ?, ?, ?, ?, ?)"
_COLUMNS = "key, login, stage, made_at, seen_at, ends_at"
_GET = f"select {_COLUMNS} from staff_sessions where key = ?"  # noqa: S608 - our own names
_OPEN = f"""
    select {_COLUMNS} from staff_sessions where login = ? and stage = '{Stage.OPEN}' order by made_at desc, key
"""  # noqa: S608 - our own names
_BEGIN_TRIES = """
    insert into staff_tries (key, failures, last_at, locked_until) values (?, 0, ?, '') on conflict (key) do nothing
"""
_TRIES = "select failures, locked_until from staff_tries where key = ? /*! for update */"
_KEEP_TRY = "update staff_tries set failures = ?, last_at = ?, locked_until = ? where key = ?"
_UNDO = """
    update staff_tries set failures = case when failures > 1 then failures - 1 else 0 end, locked_until = ''
    where key = ?
"""
FORGOTTEN_AFTER = timedelta(days=1)
"""Failures of yesterday are no attack of today."""
MOST_MINUTES = 30


def put_session(database: Database, session: Session) -> None:
    database.execute("delete from staff_sessions where ends_at <= ?", [stamp(session.made_at)])
    times = [stamp(at) for at in (session.made_at, session.seen_at, session.ends_at)]
    database.execute(_PUT, [session.key, session.login, session.stage.value, *times])


def session_of(database: Database, key: str) -> Session | None:
    row = database.execute(_GET, [key]).fetchone()
    return None if row is None else _session(row)


def open_sessions(database: Database, login: str) -> tuple[Session, ...]:
    return tuple(_session(row) for row in database.execute(_OPEN, [login]).fetchall())


def touch_session(database: Database, key: str, at: datetime) -> None:
    database.execute("update staff_sessions set seen_at = ? where key = ?", [stamp(at), key])


def end_session(database: Database, key: str) -> None:
    database.execute("delete from staff_sessions where key = ?", [key])


def count_try(database: Database, limits: tuple[Limit, ...], at: datetime) -> datetime | None:
    """`StaffBook.attempt` says what it does."""
    database.execute("delete from staff_tries where last_at <= ?", [stamp(at - FORGOTTEN_AFTER)])
    failures: dict[str, int] = {}
    waits: list[str] = []
    # In one order: of two who try at once, one waits for the other, and neither for whoever waits for them.
    for key in sorted({limit.key for limit in limits}):
        database.execute(_BEGIN_TRIES, [key, stamp(at)])
        failures[key], locked_until = database.execute(_TRIES, [key]).fetchone()
        if locked_until > stamp(at):
            waits.append(locked_until)
    if waits:
        return datetime.fromisoformat(max(waits))
    for limit in limits:
        count = failures[limit.key] + 1
        until = stamp(at + delay(count, limit.free)) if count >= limit.free else ""
        database.execute(_KEEP_TRY, [count, stamp(at), until, limit.key])
    return None


def delay(failures: int, free: int) -> timedelta:
    """How long the next try has to wait after so many failures, of which `free - 1` cost nothing: 1, 2, 4 … minutes."""
    doubled = min(max(failures - free, 0), MOST_MINUTES.bit_length())
    return timedelta(minutes=min(2**doubled, MOST_MINUTES))


def clear_tries(database: Database, clear: tuple[str, ...], undo: tuple[str, ...]) -> None:
    """`StaffBook.absolve` says what it does."""
    for key in clear:
        database.execute("delete from staff_tries where key = ?", [key])
    for key in undo:
        database.execute(_UNDO, [key])


def _session(row: tuple[str, str, str, str, str, str]) -> Session:
    key, login, stage, *times = row
    made_at, seen_at, ends_at = (datetime.fromisoformat(at) for at in times)
    return Session(key, login, Stage(stage), made_at, seen_at, ends_at)
