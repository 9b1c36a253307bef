"""The application with a store behind it, as the service has it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.rules import Rules
from bot.dialogue.signed_links import Signer
from bot.errors import StoreError
from bot.ratings.model import Subject
from bot.settings import Settings
from bot.store.follow_ups import FollowUps
from bot.store.interface import Overtaken, Record, Store
from bot.store.office import Office
from bot.store.ratings import Ratings
from bot.store.sqlite.store import SqliteStore
from bot.web.backing import Backing
from bot.web.server import create_app
from tests.unit.web.conftest import Client, ScriptedAssistant

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SECRET = b"s" * 32
SIGNER = Signer(SECRET)
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    "Accept-Language": "vi-VN,vi;q=0.9",
}
OpenedLink = tuple[str, Subject, str, datetime, datetime | None]


@dataclass
class Shelf:
    """A store on a real file that lists the links it counts. `is_broken`: from now on everything fails."""

    kept: SqliteStore
    opened: list[OpenedLink] = field(default_factory=list)
    is_broken: bool = False

    @property
    def office(self) -> Office:
        return cast(Office, _Desk(self))

    async def record(self, record: Record) -> Overtaken | None:
        self.check()
        return await self.kept.record(record)

    def check(self) -> None:
        if self.is_broken:
            raise StoreError("disk is gone")


@dataclass(frozen=True)
class _Desk:
    shelf: Shelf

    @property
    def ratings(self) -> Ratings:
        self.shelf.check()
        return self.shelf.kept.office.ratings

    @property
    def follow_ups(self) -> FollowUps:
        return cast(FollowUps, _Links(self.shelf))

    def __getattr__(self, part: str) -> object:
        return getattr(self.shelf.kept.office, part)


@dataclass(frozen=True)
class _Links:
    shelf: Shelf

    async def opened(self, person: str, subject: Subject, channel: str, at: datetime, due_at: datetime | None) -> None:
        self.shelf.check()
        await self.shelf.kept.office.follow_ups.opened(person, subject, channel, at, due_at)
        self.shelf.opened.append((person, subject, channel, at, due_at))


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Backed:
    client: Client
    shelf: Shelf
    clock: Clock
    path: Path

    async def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query).fetchall()


MakeBacked = Callable[..., Awaitable[Backed]]


@asynccontextmanager
async def backed(
    assistant: ScriptedAssistant,
    path: Path,
    rating: RatingRules | None = None,
    earlier: tuple[bytes, ...] = (),
    /,
    **settings: object,
) -> AsyncIterator[Backed]:
    """`earlier`: secret keys before, under which somebody may be known."""
    shelf, clock = Shelf(await SqliteStore.open(path)), Clock()
    rules = Rules(SECRET, rating=rating or RatingRules(), met_under=earlier, former=earlier)
    values = {"database_url": f"sqlite:///{path}"} | settings
    backing = Backing(cast(Store, shelf), SIGNER, rules, clock)
    app: web.Application = create_app(assistant, Settings.model_validate(values), None, backing)
    async with TestClient(TestServer(app)) as client:
        yield Backed(client, shelf, clock, path)
    await shelf.kept.close()
