from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from bot.operations.staff.accounts import Accounts, OwnAccount
from bot.operations.staff.entering import Entered, Entrance, Lasting, Present
from bot.operations.staff.passwords import Passwords
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Account, Act, Keys, Role, StaffBook

PASSWORD = "một câu dài dễ nhớ"
AGENCIES = ("H27.05", "H27.118")


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)


@dataclass
class Desk:
    book: StaffBook
    entrance: Entrance
    accounts: Accounts
    own: OwnAccount
    clock: Clock
    passwords: Passwords

    async def hire(self, login: str, role: Role, *, must_change: bool = False) -> Account:
        account = Account(login, f"Bà {login}", role, (), self.clock.at, must_change=must_change)
        keys = Keys(await self.passwords.hash(PASSWORD))
        assert await self.book.add(account, keys, Act(self.clock.at, "cli:test", "add"))
        return account

    async def come_in(self, login: str, password: str = PASSWORD) -> Present:
        entered = await self.entrance.log_in(login, password, "")
        assert isinstance(entered, Entered)
        present = await self.entrance.present(entered.token)
        assert present is not None
        return present

    async def seen(self, present: Present) -> Present:
        """The same session as it is now."""
        now = await self.entrance.present(present.token)
        assert now is not None
        return now

    async def told(self) -> list[tuple[str, str, str]]:
        """The log, the oldest first: who, what, to whom."""
        return [(e.act.actor, e.act.action, e.subject) for e in reversed(await self.book.entries(99))]


def quick() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await SqliteStore.open(tmp_path / "staff.sqlite")
    book, passwords, clock = store.office.staff, quick(), Clock()
    entrance = Entrance(book, passwords, b"k" * 32, Lasting(timedelta(minutes=30), timedelta(hours=12)), clock)
    yield Desk(
        book,
        entrance,
        Accounts(book, passwords, clock, lambda: AGENCIES),
        OwnAccount(book, passwords, entrance, clock),
        clock,
        passwords,
    )
    await store.close()
