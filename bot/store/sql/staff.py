"""Staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import read_entries, write_entry
from bot.store.sql.staff_sessions import (
    END_SESSIONS,
    clear_tries,
    count_try,
    end_session,
    open_sessions,
    put_session,
    session_of,
    touch_session,
)
from bot.store.sql.times import stamp
from bot.store.staff import Account, Act, Change, ChatCode, Entry, Keys, Limit, Outcome, Role, Session

COLUMNS = "login, name, role, agencies, created_at, is_active, must_change, code_secret <> ''"
_ADD = """
    insert into staff (login, name, role, agencies, created_at, is_active, must_change, given_at, password_hash,
        code_secret)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (login) do nothing
"""
_SET = """
    update staff set name = ?, role = ?, agencies = ?, is_active = ?, must_change = ?,
        given_at = coalesce(?, given_at), password_hash = coalesce(?, password_hash),
        code_secret = coalesce(?, code_secret),
        code_step = case when code_step > ? then code_step else ? end
    where login = ?
"""
_ACCOUNT = f"select {COLUMNS} from staff where login = ?"  # noqa: S608 - our own names
_ACCOUNTS = f"select {COLUMNS} from staff order by login"  # noqa: S608 - our own names
_OTHER_ADMINS = "select count(*) from staff where role = ? and is_active = 1 and login <> ?"
_KEYS = "select password_hash, code_secret, given_at from staff where login = ?"
_RENEW = "update staff set password_hash = ? where login = ? and password_hash = ?"
_STEP = "update staff set code_step = ? where login = ? and code_step < ?"
_KEEP_CODE = """
    insert into staff_codes (login, key, expires_at) values (?, ?, ?)
    on conflict (login) do update set key = excluded.key, expires_at = excluded.expires_at
"""
_LINK = """
    insert into staff_chats (person, staff, linked_at) values (?, ?, ?)
    on conflict (person) do update set staff = excluded.staff, linked_at = excluded.linked_at
"""
_OF_CHAT = f"""
    select {COLUMNS} from staff where is_active = 1 and login = (select staff from staff_chats where person = ?)
"""  # noqa: S608 - our own names
_HELD = "staff"
CHAT_LINKED = {"chat": "linked"}


class SqlStaffBook:
    """`bot.store.staff.StaffBook` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def account(self, login: str) -> Account | None:
        return await self._readers.run(lambda database: _account(database, login))

    async def accounts(self) -> tuple[Account, ...]:
        return await self._readers.run(
            lambda database: tuple(account_of(row) for row in database.execute(_ACCOUNTS).fetchall())
        )

    async def keys(self, login: str) -> Keys | None:
        row = await self._readers.run(lambda database: database.execute(_KEYS, [login]).fetchone())
        if row is None:
            return None
        password_hash, code_secret, given_at = row
        return Keys(password_hash, code_secret, datetime.fromisoformat(given_at) if given_at else None)

    async def add(self, account: Account, keys: Keys, act: Act) -> bool:
        marks = [int(account.is_active), int(account.must_change), _given_at(account, act)]
        values = [account.login, *_values(account), stamp(account.created_at), *marks, *_secrets(keys)]

        def write(database: Transaction) -> bool:
            if not database.execute(_ADD, values).rowcount:
                return False
            write_entry(database, Entry(act, account.login, {}, told(account)))
            return True

        return await self._writer.run(write)

    async def change(self, login: str, change: Change, act: Act) -> Outcome:
        return await self._writer.run(lambda database: _change(database, login, change, act))

    async def renew_hash(self, login: str, old: str, new: str) -> None:
        await self._writer.run(lambda database: database.execute(_RENEW, [new, login, old]))

    async def note(self, entry: Entry) -> None:
        await self._writer.run(lambda database: write_entry(database, entry))

    async def entries(self, limit: int, before: int | None = None) -> tuple[Entry, ...]:
        return await self._readers.run(lambda database: read_entries(database, limit, before))

    async def open_session(self, session: Session, act: Act | None = None) -> None:
        def write(database: Transaction) -> None:
            put_session(database, session)
            if act is not None:
                write_entry(database, Entry(act, session.login))

        await self._writer.run(write)

    async def session(self, key: str) -> tuple[Session, Account] | None:
        def read(database: Database) -> tuple[Session, Account] | None:
            session = session_of(database, key)
            account = None if session is None else _account(database, session.login)
            if session is None or account is None or not account.is_active:
                return None
            return session, account

        return await self._readers.run(read)

    async def sessions(self, login: str) -> tuple[Session, ...]:
        return await self._readers.run(lambda database: open_sessions(database, login))

    async def touch(self, key: str, at: datetime) -> None:
        await self._writer.run(lambda database: touch_session(database, key, at))

    async def end_session(self, key: str) -> None:
        await self._writer.run(lambda database: end_session(database, key))

    async def use_step(self, login: str, step: int) -> bool:
        return await self._writer.run(lambda database: bool(database.execute(_STEP, [step, login, step]).rowcount))

    async def attempt(self, limits: tuple[Limit, ...], at: datetime) -> datetime | None:
        return await self._writer.run(lambda database: count_try(database, limits, at))

    async def absolve(self, clear: tuple[str, ...], undo: tuple[str, ...] = ()) -> None:
        await self._writer.run(lambda database: clear_tries(database, clear, undo))

    async def keep_chat_code(self, code: ChatCode) -> None:
        values = [code.login, code.key, stamp(code.expires_at)]
        await self._writer.run(lambda database: database.execute(_KEEP_CODE, values))

    async def link_chat(self, person: str, key: str, act: Act) -> Account | None:
        def write(database: Transaction) -> Account | None:
            database.hold(_HELD)
            database.execute("delete from staff_codes where expires_at <= ?", [stamp(act.at)])
            row = database.execute("select login from staff_codes where key = ?", [key]).fetchone()
            account = None if row is None else _account(database, row[0])
            if account is None or not account.is_active:
                return None
            database.execute("delete from staff_codes where login = ?", [account.login])
            database.execute(_LINK, [person, account.login, stamp(act.at)])
            write_entry(database, Entry(replace(act, actor=account.login), account.login, {}, CHAT_LINKED))
            return account

        return await self._writer.run(write)

    async def unlink_chat(self, person: str, act: Act) -> bool:
        def write(database: Transaction) -> bool:
            gone = database.execute("delete from staff_chats where person = ? returning staff", [person]).fetchall()
            for (login,) in gone:
                write_entry(database, Entry(replace(act, actor=act.actor or login), login, CHAT_LINKED, {}))
            return bool(gone)

        return await self._writer.run(write)

    async def unlink_chats(self, login: str, act: Act) -> int:
        def write(database: Transaction) -> int:
            gone = database.execute("delete from staff_chats where staff = ?", [login]).rowcount
            if gone:
                write_entry(database, Entry(act, login, {"chats": gone}, {"chats": 0}))
            return gone

        return await self._writer.run(write)

    async def staff_of_chat(self, person: str) -> Account | None:
        row = await self._readers.run(lambda database: database.execute(_OF_CHAT, [person]).fetchone())
        return None if row is None else account_of(row)

    async def chats_of(self, login: str) -> tuple[str, ...]:
        statement = "select person from staff_chats where staff = ? order by linked_at, person"
        rows = await self._readers.run(lambda database: database.execute(statement, [login]).fetchall())
        return tuple(person for (person,) in rows)


def _change(database: Transaction, login: str, change: Change, act: Act) -> Outcome:
    database.hold(_HELD)
    was = _account(database, login)
    if was is None:
        return Outcome.UNKNOWN
    now = _changed(was, change)
    if _is_admin(was) and not _is_admin(now) and not _other_admins(database, login):
        return Outcome.LAST_ADMIN
    new_hash = None if change.password is None else change.password.hash
    given_at = None if change.password is None else _given_at(now, act)
    database.execute(
        _SET,
        [
            *(*_values(now), int(now.is_active), int(now.must_change), given_at, new_hash),
            *(change.code_secret, change.code_step, change.code_step, login),
        ],
    )
    if change.ends_sessions:
        database.execute(END_SESSIONS, [login, change.but_session])
        database.execute("delete from staff_codes where login = ?", [login])
    before, after = told(was), told(now)
    others = {name for name in before if before[name] != after[name]}
    after = {name: after[name] for name in others}
    if change.password is not None:
        after["password"] = "changed"  # noqa: S105 - that it was, not what it is
    if change.unlinks_chats and database.execute("delete from staff_chats where staff = ?", [login]).rowcount:
        after["chats"] = 0
    write_entry(database, Entry(act, login, {name: before[name] for name in others}, after))
    return Outcome.DONE


def _changed(was: Account, change: Change) -> Account:
    return replace(
        was,
        name=was.name if change.name is None else change.name,
        role=was.role if change.role is None else change.role,
        agencies=was.agencies if change.agencies is None else change.agencies,
        is_active=was.is_active if change.is_active is None else change.is_active,
        must_change=was.must_change if change.password is None else change.password.must_change,
        has_codes=was.has_codes if change.code_secret is None else bool(change.code_secret),
    )


def told(account: Account) -> dict[str, object]:
    """What the log says of an account."""
    return {
        "name": account.name,
        "role": account.role.value,
        "agencies": list(account.agencies),
        "is_active": account.is_active,
        "must_change": account.must_change,
        "has_codes": account.has_codes,
    }


def _is_admin(account: Account) -> bool:
    return account.is_active and account.role is Role.ADMIN


def _other_admins(database: Database, login: str) -> bool:
    return bool(database.execute(_OTHER_ADMINS, [Role.ADMIN.value, login]).fetchone()[0])


def _values(account: Account) -> list[str]:
    return [account.name, account.role.value, " ".join(account.agencies)]


def _given_at(account: Account, act: Act) -> str:
    return stamp(act.at) if account.must_change else ""


def _secrets(keys: Keys) -> list[str]:
    return [keys.password_hash, keys.code_secret]


def _account(database: Database, login: str) -> Account | None:
    row = database.execute(_ACCOUNT, [login]).fetchone()
    return None if row is None else account_of(row)


def account_of(row: tuple[Any, ...]) -> Account:
    """The account of a row of COLUMNS."""
    login, name, role, agencies, created_at, is_active, must_change, has_codes = row
    return Account(
        login,
        name,
        Role(role),
        tuple(agencies.split()),
        datetime.fromisoformat(created_at),
        bool(is_active),
        bool(must_change),
        bool(has_codes),
    )
