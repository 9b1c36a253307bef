"""How staff come in: password, code of a telephone, session; each try counted before it is made."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.operations.staff.codes import step_of
from bot.operations.staff.passwords import Passwords
from bot.store.staff import Account, Act, Entry, Keys, Limit, Session, StaffBook, Stage

_log = structlog.get_logger(__name__)
FREE_TRIES = 5
"""The fifth failure in a row makes the next try wait: of a name from one address, so that nobody elsewhere can keep the
person whose name it is from coming in; where addresses are not known, of the name."""
FREE_TRIES_OF_NAME = 100
"""From all addresses together."""
FREE_TRIES_OF_ADDRESS = 20
"""A whole office comes from one address: more may be wrong there before everybody waits."""
GIVEN_LASTS = timedelta(days=3)
"""A password that was given out and not changed for another serves no longer."""
_TIME_FOR_CODE = timedelta(minutes=5)
_TOUCH_AFTER = timedelta(minutes=1)
_TOKEN_BYTES = 32
_ACTOR_OF_NOBODY = ""
_NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class Refused:
    """The name, the password or the code is wrong, and nobody is told which. `until`: no try counts before."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """The password was right; `token` is for the page that asks for the code."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    token: str = field(repr=False)
    account: Account


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is logged in. `token`: what their browser holds."""

    token: str = field(repr=False)
    session: Session
    account: Account


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts unused, and at the longest."""

    idle: timedelta
    whole: timedelta


class Entrance:
    """Logs people in and out, and knows who is there."""

    def __init__(
        self, book: StaffBook, passwords: Passwords, secret: bytes, lasting: Lasting, clock: Callable[[], datetime]
    ) -> None:
        """`secret`: the key under which names and addresses are hashed, so that a list of them is of no use."""
        self._book = book
        self._passwords = passwords
        self._secret = secret
        self._lasting = lasting
        self._clock = clock

    async def log_in(self, login: str, password: str, address: str) -> Entered | CodeWanted | Refused:
        """`address`: where the try comes from; empty where that is not known. Takes equally long for unknown names."""
        now, name = self._clock(), login.strip().lower()
        own = Limit(self._key("name", f"{name}\0{address}" if address else name), FREE_TRIES)
        shared: tuple[Limit, ...] = ()
        if address:
            of_name = Limit(self._key("name", name), FREE_TRIES_OF_NAME)
            shared = (of_name, Limit(self._key("address", address), FREE_TRIES_OF_ADDRESS))
        limits = (own, *shared)
        wait = await self._book.attempt(limits, now)
        if wait is not None:
            return Refused(wait)
        account, keys = await self._book.account(name), await self._book.keys(name)
        is_right = await self._passwords.verify(None if keys is None else keys.password_hash, password)
        has_run_out = keys is not None and keys.given_at is not None and now >= keys.given_at + GIVEN_LASTS
        if account is None or keys is None or not account.is_active or not is_right or has_run_out:
            return await self._refused(name, account)
        await self._book.absolve((own.key,), tuple(limit.key for limit in shared))
        if self._passwords.is_old(keys.password_hash):
            await self._book.renew_hash(name, keys.password_hash, await self._passwords.hash(password))
        if account.has_codes:
            return CodeWanted(await self._begin(name, Stage.CODE, now, _TIME_FOR_CODE))
        return Entered(await self._begin(name, Stage.OPEN, now, self._lasting.whole), account)

    async def give_code(self, token: str, code: str) -> Entered | Refused | None:
        """The second step. None: too late, the password is to be given again."""
        now = self._clock()
        found = await self._book.session(hashed(token))
        if found is None or found[0].stage is not Stage.CODE or found[0].ends_at <= now:
            return None
        account = found[1]
        own = self._key("code", account.login)
        wait = await self._book.attempt((Limit(own, FREE_TRIES),), now)
        if wait is not None:
            return Refused(wait)
        if not await self._is_fresh(account.login, code, now):
            return await self._refused(account.login, account)
        await self._book.absolve((own,))
        await self._book.end_session(hashed(token))
        # Another token than before the code: who has seen the first has nothing of it.
        return Entered(await self._begin(account.login, Stage.OPEN, now, self._lasting.whole), account)

    async def verify(self, account: Account, password: str) -> bool | Refused:
        """Whether somebody who is logged in knows the password too; counted like logging in."""
        own = self._key("again", account.login)
        wait = await self._book.attempt((Limit(own, FREE_TRIES),), self._clock())
        if wait is not None:
            return Refused(wait)
        keys = await self._book.keys(account.login)
        is_right = await self._passwords.verify(None if keys is None else keys.password_hash, password)
        if is_right:
            await self._book.absolve((own,))
        else:
            await self._refused(account.login, account)
        return is_right

    async def verify_code(self, account: Account, code: str) -> bool | Refused:
        """The same for the code of the telephone; it serves once."""
        own, now = self._key("code", account.login), self._clock()
        wait = await self._book.attempt((Limit(own, FREE_TRIES),), now)
        if wait is not None:
            return Refused(wait)
        is_right = await self._is_fresh(account.login, code, now)
        if is_right:
            await self._book.absolve((own,))
        else:
            await self._refused(account.login, account)
        return is_right

    async def present(self, token: str) -> Present | None:
        """Who holds this token, if the session goes on."""
        if not token:
            return None
        now = self._clock()
        found = await self._book.session(hashed(token))
        if found is None or found[0].stage is not Stage.OPEN:
            return None
        session, account = found
        if now >= session.ends_at or now >= session.seen_at + self._lasting.idle:
            await self._book.end_session(session.key)
            return None
        if now >= session.seen_at + _TOUCH_AFTER:
            await self._book.touch(session.key, now)
            session = replace(session, seen_at=now)
        return Present(token, session, account)

    async def renew(self, present: Present) -> str:
        """Another token for the same session, which ends no later: who has seen the one before has nothing."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        await self._book.open_session(replace(present.session, key=hashed(token)))
        await self._book.end_session(present.session.key)
        return token

    async def let_go(self, token: str) -> None:
        """Whatever this token opened is open no longer."""
        if token:
            await self._book.end_session(hashed(token))

    async def log_out(self, present: Present) -> None:
        await self._book.end_session(present.session.key)
        await self._book.note(Entry(Act(self._clock(), present.account.login, "log_out"), present.account.login))

    async def _begin(self, login: str, stage: Stage, now: datetime, lasts: timedelta) -> str:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        act = Act(now, login, "log_in") if stage is Stage.OPEN else None
        await self._book.open_session(Session(hashed(token), login, stage, now, now, now + lasts), act)
        return token

    async def _refused(self, login: str, account: Account | None) -> Refused:
        if account is not None:
            # Who does not exist leaves no line there and no name anywhere: it could be anything, also a password.
            await self._book.note(Entry(Act(self._clock(), _ACTOR_OF_NOBODY, "refused"), login))
        else:
            _log.warning("staff_login_unknown")
            # A write as well: a disk is slow enough to be heard over a network.
            await self._book.attempt((Limit(self._key("nobody", ""), _NO_LIMIT),), self._clock())
        return Refused()

    async def _is_fresh(self, login: str, code: str, now: datetime) -> bool:
        keys: Keys | None = await self._book.keys(login)
        step = None if keys is None else step_of(keys.code_secret, code, now)
        return step is not None and await self._book.use_step(login, step)

    def _key(self, kind: str, name: str) -> str:
        return hmac.new(self._secret, f"staff:{kind}:{name}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def hashed(token: str) -> str:
    """What is kept of a token or a code."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def csrf_of(token: str) -> str:
    """What the forms of a session carry: nobody who does not hold its token can make it."""
    return hmac.new(token.encode(), b"staff form", hashlib.sha256).hexdigest()
