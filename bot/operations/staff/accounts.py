"""What administrators and staff themselves change of accounts: checked here, written and logged by the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.catalog.model import Catalogue
from bot.operations.staff.chat_links import make_chat_code
from bot.operations.staff.codes import step_of
from bot.operations.staff.entering import Entrance, Present, Refused
from bot.operations.staff.passwords import Passwords, Weakness, one_time_password, weakness
from bot.operations.staff.refused_passwords import RefusedPasswords
from bot.store.staff import Account, Act, Change, Entry, Keys, NewPassword, Outcome, Role, StaffBook

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}", re.ASCII)
MOST_NAME_CHARS = 80
MOST_REASON_CHARS = 300


class Wrong(StrEnum):
    """Why something was not done."""

    LOGIN = "login"
    """Not a name to log in with: 3 to 32 of a-z 0-9 . _ -, the first a letter or a digit."""
    NAME = "name"
    TAKEN = "taken"
    AGENCY = "agency"
    LIMITED = "limited"
    """Only viewers can be limited to agencies."""
    REASON = "reason"
    UNKNOWN = "unknown"
    LAST_ADMIN = "last_admin"
    PASSWORD = "password"  # noqa: S105 - a kind of fault
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Given:
    """A password that is shown once."""

    account: str
    password: str


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it and why."""

    actor: str
    reason: str


class Accounts:
    """The changes of accounts."""

    def __init__(
        self,
        book: StaffBook,
        passwords: Passwords,
        clock: Callable[[], datetime],
        agencies: Callable[[], Collection[str]],
    ) -> None:
        """`agencies`: the codes that there are in the catalogue of the moment."""
        self._book = book
        self._passwords = passwords
        self._clock = clock
        self._agencies = agencies

    async def add(self, login: str, name: str, role: Role, agencies: tuple[str, ...], by: Doer) -> Given | Wrong:
        """A new account, with a password that serves only to choose another."""
        if not _LOGIN.fullmatch(login):
            return Wrong.LOGIN
        wrong = _wrong_name(name) or self._wrong_agencies(role, agencies) or _wrong_reason(by.reason)
        if wrong is not None:
            return wrong
        password = one_time_password()
        account = Account(login, name.strip(), role, tuple(dict.fromkeys(agencies)), self._clock())
        is_new = await self._book.add(account, Keys(await self._passwords.hash(password)), self._act(by, "add"))
        return Given(login, password) if is_new else Wrong.TAKEN

    async def disable(self, login: str, by: Doer) -> Wrong | None:
        """Out at once, and not in again."""
        return await self._change(login, Change(is_active=False, ends_sessions=True), by, "disable")

    async def enable(self, login: str, by: Doer) -> Wrong | None:
        return await self._change(login, Change(is_active=True), by, "enable")

    async def reset(self, login: str, by: Doer) -> Given | Wrong:
        """A new password to be changed, no code of a telephone, logged out everywhere, and no chat account."""
        password = one_time_password()
        new = NewPassword(await self._passwords.hash(password), must_change=True)
        # Whoever had come in with the old one must not go on reading in a chat.
        change = Change(password=new, code_secret="", ends_sessions=True, unlinks_chats=True)
        wrong = await self._change(login, change, by, "reset")
        return wrong or Given(login, password)

    async def set(
        self,
        login: str,
        by: Doer,
        name: str | None = None,
        role: Role | None = None,
        agencies: tuple[str, ...] | None = None,
    ) -> Wrong | None:
        """Another name, role or agencies; None: as it is. Who becomes more than a viewer is limited no longer."""
        was = await self._book.account(login)
        if was is None:
            return Wrong.UNKNOWN
        if agencies is None and (role or was.role) is not Role.VIEWER:
            agencies = ()
        wrong = None if name is None else _wrong_name(name)
        wrong = wrong or self._wrong_agencies(role or was.role, was.agencies if agencies is None else agencies)
        if wrong is not None:
            return wrong
        is_other = (role or was.role, was.agencies if agencies is None else agencies) != (was.role, was.agencies)
        kept = None if agencies is None else tuple(dict.fromkeys(agencies))
        change = Change(None if name is None else name.strip(), role, kept, ends_sessions=is_other)
        return await self._change(login, change, by, "set")

    async def end_sessions(self, login: str, by: Doer) -> Wrong | None:
        """Logged out everywhere; they may come in again."""
        return await self._change(login, Change(ends_sessions=True), by, "end_sessions")

    async def unlink_chats(self, login: str, by: Doer) -> int:
        return await self._book.unlink_chats(login, self._act(by, "unlink"))

    async def _change(self, login: str, change: Change, by: Doer, action: str) -> Wrong | None:
        wrong = _wrong_reason(by.reason)
        if wrong is not None:
            return wrong
        outcome = await self._book.change(login, change, self._act(by, action))
        return {Outcome.DONE: None, Outcome.UNKNOWN: Wrong.UNKNOWN, Outcome.LAST_ADMIN: Wrong.LAST_ADMIN}[outcome]

    def _act(self, by: Doer, action: str) -> Act:
        return Act(self._clock(), by.actor, action, by.reason.strip())

    def _wrong_agencies(self, role: Role, agencies: tuple[str, ...]) -> Wrong | None:
        if agencies and role is not Role.VIEWER:
            return Wrong.LIMITED
        return None if set(agencies) <= set(self._agencies()) else Wrong.AGENCY


class OwnAccount:
    """What somebody who is logged in changes of their own account."""

    def __init__(
        self,
        book: StaffBook,
        passwords: Passwords,
        entrance: Entrance,
        clock: Callable[[], datetime],
        guessed: Callable[[], tuple[str, ...]] = tuple,
        refused: RefusedPasswords | None = None,
    ) -> None:
        """`guessed`: what everybody here would try as a password, as things stand. `refused`: none is one of these."""
        self._refused = refused or RefusedPasswords()
        self._guessed = guessed
        self._book = book
        self._passwords = passwords
        self._entrance = entrance
        self._clock = clock

    async def change_password(self, present: Present, old: str, new: str) -> Weakness | Wrong | Refused | None:
        """Every other session ends, and chats are theirs no longer; the session that asks goes on."""
        found = weakness(new, present.account.login, self._guessed())
        if found is None and new in self._refused:
            found = Weakness.COMMON
        if found is not None:
            return found
        wrong = await self._wrong_password(present, old)
        if wrong is not None:
            return wrong
        if await self._passwords.verify((await self._keys(present)).password_hash, new):
            return Weakness.SAME
        changed = NewPassword(await self._passwords.hash(new), must_change=False)
        # Whoever had come in with the old one may have linked a chat of their own.
        await self._keep(present, "password", password=changed, unlinks_chats=True)
        return None

    async def use_codes(self, present: Present, password: str, secret: str, code: str) -> Wrong | Refused | None:
        """From now on a code of the telephone that holds `secret` is asked for; the first proves that it does.

        Another telephone takes the place of none: codes have to be stopped first, which the first one proves.
        """
        if present.account.has_codes:
            return Wrong.CODE
        wrong = await self._wrong_password(present, password)
        if wrong is not None:
            return wrong
        step = step_of(secret, code, self._clock())
        if step is None:
            return Wrong.CODE
        await self._keep(present, "codes_on", code_secret=secret, code_step=step)
        return None

    async def stop_codes(self, present: Present, password: str, code: str) -> Wrong | Refused | None:
        """Both are asked for: who knows the password alone could else do away with the telephone."""
        wrong = await self._wrong_password(present, password)
        if wrong is not None:
            return wrong
        if present.account.has_codes:
            is_right = await self._entrance.verify_code(present.account, code)
            if is_right is not True:
                return Wrong.CODE if is_right is False else is_right
        await self._keep(present, "codes_off", code_secret="")
        return None

    async def chat_code(self, present: Present, password: str) -> str | Wrong | Refused:
        """The code that makes a chat theirs. The password is asked for: the chat outlasts the session."""
        wrong = await self._wrong_password(present, password)
        return wrong or await make_chat_code(self._book, present.account.login, self._clock())

    async def end_others(self, present: Present, password: str, only: str = "") -> Wrong | Refused | None:
        """Log out everywhere else, or where the session with the hash `only` is."""
        wrong = await self._wrong_password(present, password)
        if wrong is not None:
            return wrong
        login = present.account.login
        if not only:
            await self._keep(present, "log_out_others")
        elif only in {session.key for session in await self._book.sessions(login)}:
            await self._book.end_session(only)
            await self._book.note(Entry(Act(self._clock(), login, "log_out_one"), login))
        return None

    async def _keep(
        self,
        present: Present,
        action: str,
        password: NewPassword | None = None,
        code_secret: str | None = None,
        code_step: int = 0,
        *,
        unlinks_chats: bool = False,
    ) -> None:
        change = Change(
            password=password,
            code_secret=code_secret,
            code_step=code_step,
            ends_sessions=True,
            but_session=present.session.key,
            unlinks_chats=unlinks_chats,
        )
        await self._book.change(present.account.login, change, Act(self._clock(), present.account.login, action))

    async def _wrong_password(self, present: Present, password: str) -> Wrong | Refused | None:
        is_right = await self._entrance.verify(present.account, password)
        if isinstance(is_right, Refused):
            return is_right
        return None if is_right else Wrong.PASSWORD

    async def _keys(self, present: Present) -> Keys:
        return await self._book.keys(present.account.login) or Keys("")


def agency_codes(catalogue: Catalogue) -> Collection[str]:
    """The codes that staff can be limited to."""
    return {*catalogue.agencies, *catalogue.communes}


def _wrong_name(name: str) -> Wrong | None:
    return None if 0 < len(name.strip()) <= MOST_NAME_CHARS and name.isprintable() else Wrong.NAME


def _wrong_reason(reason: str) -> Wrong | None:
    return Wrong.REASON if len(reason.strip()) > MOST_REASON_CHARS or not reason.isprintable() else None
