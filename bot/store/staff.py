"""Staff: who may see and do what, their sessions, and the log of every change.

Passwords, tokens and codes come in as hashes only. A change and its line in the log are written together or not at
all; lines of the log are never changed and never deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

OPERATOR = "cli:"
"""What the name of an actor begins with who is no member of staff, but somebody at the machine."""


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    VIEWER = "viewer"
    """Reads; the only one that can be limited to agencies."""
    EDITOR = "editor"
    """Works on ratings, teaches the search words."""
    ADMIN = "admin"
    """Decides who else is staff."""

    def may(self, least: Role) -> bool:
        """Whether this is `least`, or more."""
        order = tuple(Role)
        return order.index(self) >= order.index(least)


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff; `login` is its id and never changes. Accounts are disabled, never deleted.

    `agencies`: the agency codes that a viewer may see; empty: all. `must_change`: the password was given out, and
    serves only to choose another. `has_codes`: a code of a telephone is asked for besides the password.
    """

    login: str
    name: str
    role: Role
    agencies: tuple[str, ...]
    created_at: datetime
    is_active: bool = True
    must_change: bool = True
    has_codes: bool = False

    @property
    def limited_to(self) -> frozenset[str] | None:
        """The agencies whose rows may be seen; None: all."""
        return frozenset(self.agencies) if self.role is Role.VIEWER and self.agencies else None


@dataclass(frozen=True, slots=True)
class Keys:
    """What proves that somebody is who they say. `code_secret`: empty where no code is asked for.

    `given_at`: when the password was given out that is still to be changed; None: they chose it themselves.
    """

    password_hash: str = field(repr=False)
    code_secret: str = field(default="", repr=False)
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something and why, for the log. `actor`: a login, or OPERATOR and a name; empty: not known."""

    at: datetime
    actor: str
    action: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log. `before` and `after` hold what became other, as JSON can; no secrets, no citizens."""

    act: Act
    subject: str
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    number: int = 0
    """Given by the store, rising."""


@dataclass(frozen=True, slots=True)
class NewPassword:
    hash: str = field(repr=False)
    must_change: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes other of an account; None: stays as it was.

    `code_secret`: empty takes the codes away. `ends_sessions`: log out everywhere, but where the session with the hash
    `but_session` is.
    """

    name: str | None = None
    role: Role | None = None
    agencies: tuple[str, ...] | None = None
    is_active: bool | None = None
    password: NewPassword | None = None
    code_secret: str | None = field(default=None, repr=False)
    code_step: int = 0
    """The step of the code by which the new secret was confirmed: it serves once."""
    ends_sessions: bool = False
    but_session: str = ""
    unlinks_chats: bool = False


class Outcome(StrEnum):
    DONE = "done"
    UNKNOWN = "unknown"
    """There is no such account."""
    LAST_ADMIN = "last_admin"
    """Refused: nobody would be left who can give anybody access."""


class Stage(StrEnum):
    """How far somebody has come in logging in."""

    CODE = "code"
    """The password was right; the code is still to be given."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Session:
    """`key`: the hash of the token that the browser holds. `ends_at`: at the latest, however busy it is."""

    key: str = field(repr=False)
    login: str
    stage: Stage
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """After how many failures under `key` (a hash) the next tries have to wait."""

    key: str
    free: int


@dataclass(frozen=True, slots=True)
class ChatCode:
    """A one-time code with which a member of staff makes a chat account theirs. `key`: its hash."""

    key: str = field(repr=False)
    login: str
    expires_at: datetime


class StaffBook(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def account(self, login: str) -> Account | None: ...

    async def accounts(self) -> tuple[Account, ...]:
        """All, by login."""
        ...

    async def keys(self, login: str) -> Keys | None: ...

    async def add(self, account: Account, keys: Keys, act: Act) -> bool:
        """The password is given out now (`act.at`), where it is to be changed.

        False where the login is taken, also by somebody disabled.
        """
        ...

    async def change(self, login: str, change: Change, act: Act) -> Outcome: ...

    async def renew_hash(self, login: str, old: str, new: str) -> None:
        """The same password, hashed as one does today."""
        ...

    async def note(self, entry: Entry) -> None:
        """A line in the log about what changes nothing here: somebody logged in, a report was taken out."""
        ...

    async def entries(self, limit: int, before: int | None = None) -> tuple[Entry, ...]:
        """The newest first; those with numbers below `before`."""
        ...

    async def open_session(self, session: Session, act: Act | None = None) -> None:
        """`act`: told in the log. Sessions that have ended are cleared away."""
        ...

    async def session(self, key: str) -> tuple[Session, Account] | None:
        """With whose it is, if that account is active."""
        ...

    async def sessions(self, login: str) -> tuple[Session, ...]:
        """Those that are open, the newest first; they may have run out."""
        ...

    async def touch(self, key: str, at: datetime) -> None:
        """It was used."""
        ...

    async def end_session(self, key: str) -> None: ...

    async def use_step(self, login: str, step: int) -> bool:
        """Whether the code of this step, or of one behind it, has not served before; from now on it has."""
        ...

    async def attempt(self, limits: tuple[Limit, ...], at: datetime) -> datetime | None:
        """Count a try as failed before it is made, so that a thousand at once are counted too.

        Until when tries have to wait under one of the keys; None: this one may be made. One that waits is not counted.
        """
        ...

    async def absolve(self, clear: tuple[str, ...], undo: tuple[str, ...] = ()) -> None:
        """The try was right: forget the failures under the keys of `clear`, and under those of `undo` this one."""
        ...

    async def keep_chat_code(self, code: ChatCode) -> None:
        """It takes the place of the one that the account had."""
        ...

    async def link_chat(self, person: str, key: str, act: Act) -> Account | None:
        """The code's account, if it is active and the code has not served or run out (at `act.at`).

        From now on `person` is that account; `act.actor` is filled in.
        """
        ...

    async def unlink_chat(self, person: str, act: Act) -> bool:
        """Whether the person was linked to an account."""
        ...

    async def unlink_chats(self, login: str, act: Act) -> int:
        """Every chat account of this member of staff; how many there were."""
        ...

    async def staff_of_chat(self, person: str) -> Account | None:
        """Whose chat account it is, if that account is active."""
        ...

    async def chats_of(self, login: str) -> tuple[str, ...]:
        """The persons that are this account's chats, the oldest link first."""
        ...
