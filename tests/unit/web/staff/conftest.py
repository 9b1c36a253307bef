"""The pages of staff over a real store, with a clock that is set by hand and hashing that is quick."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse, web
from argon2 import PasswordHasher
from pytest_aiohttp.plugin import AiohttpClient

from bot.dialogue.keeping import Keeping
from bot.dialogue.rules import Rules
from bot.dialogue.signed_links import Signer
from bot.operations.staff.passwords import Passwords
from bot.settings import Settings
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Account, Act, Keys, Role
from bot.web.backing import Backing
from bot.web.server import create_app
from tests.unit.catalog.conftest import SECOND_PROVINCE
from tests.unit.web.conftest import Client, ScriptedAssistant
from tests.unit.web.reading import Read, read
from tests.unit.web.staff.figure_samples import WARD

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PASSWORD = "một câu dài dễ nhớ"
SECRET = b"k" * 32
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass
class Clock:
    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)


@dataclass
class Office:
    """What the pages stand on."""

    store: SqliteStore
    clock: Clock
    passwords: Passwords
    app: web.Application
    people: dict[str, str] = field(default_factory=dict)

    async def hire(
        self, login: str, role: Role, agencies: tuple[str, ...] = (), *, must_change: bool = False
    ) -> Account:
        account = Account(login, f"Bà {login}", role, agencies, self.clock.at, must_change=must_change)
        hashed = await self.passwords.hash(PASSWORD)
        assert await self.store.office.staff.add(account, Keys(hashed), Act(self.clock.at, "cli:test", "add"))
        return account


@dataclass
class Browser:
    """Keeps cookies, follows no redirects, and takes the token of a form from the page where it stands."""

    client: Client

    async def get(self, path: str, status: int = 200) -> Read:
        return read(await self.text(path, status))

    async def text(self, path: str, status: int = 200) -> str:
        response = await self.client.get(path, allow_redirects=False)
        assert response.status == status, path
        return await response.text()

    async def post(self, path: str, at: str | None = None, **fields: str | list[str]) -> ClientResponse:
        """Send a form that stands on the page `at`."""
        if at is not None:
            found = _CSRF.search(await self.text(at))
            assert found is not None
            fields["csrf"] = found[1]
        return await self.client.post(
            path,
            data=urlencode(fields, doseq=True),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            allow_redirects=False,
        )

    async def log_in(self, login: str, password: str = PASSWORD, **more: str) -> ClientResponse:
        return await self.post("/staff/dang-nhap", login=login, password=password, **more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def public_url() -> str | None:
    """Tests that need the service's public address say which it is."""
    return None


@pytest.fixture
def codes_from() -> Literal["nobody", "viewer", "editor", "admin"]:
    """From which role on codes of a telephone are needed."""
    return "nobody"


@pytest.fixture
async def office(
    assistant: ScriptedAssistant,
    clock: Clock,
    tmp_path: Path,
    public_url: str | None,
    codes_from: Literal["nobody", "viewer", "editor", "admin"],
) -> AsyncIterator[Office]:
    store = await SqliteStore.open(tmp_path / "staff.sqlite")
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    rules = Rules(SECRET, 2000, Keeping(24, 90, 365, 180, 24))
    backing = Backing(store, Signer(SECRET), rules, clock, passwords)
    app = create_app(
        assistant,
        Settings(
            database_url=f"sqlite:///{tmp_path}/staff.sqlite",
            public_url=public_url,
            catalog_dir=SECOND_PROVINCE,
            staff_codes_from=codes_from,
        ),
        None,
        backing,
    )
    yield Office(store, clock, passwords, app)
    await store.close()


MakeBrowser = Callable[[], Awaitable[Browser]]


@pytest.fixture
def new_browser(office: Office, aiohttp_client: AiohttpClient) -> MakeBrowser:
    async def make() -> Browser:
        return Browser(await aiohttp_client(office.app))

    return make


@pytest.fixture
async def browser(new_browser: MakeBrowser) -> Browser:
    return await new_browser()


@pytest.fixture
async def reader(office: Office, browser: Browser) -> Browser:
    """Somebody who sees everything."""
    await office.hire("lan", Role.VIEWER)
    await browser.log_in("lan")
    return browser


@pytest.fixture
async def limited(office: Office, browser: Browser) -> Browser:
    """Somebody of the ward."""
    await office.hire("hoa", Role.VIEWER, (WARD,))
    await browser.log_in("hoa")
    return browser
