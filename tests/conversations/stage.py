"""Conversations played on the real assistant: shipped catalogue, real search, real handlers; only the clock is ours."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.answering import make_handlers
from bot.catalog.editorial import Item
from bot.catalog.editorial_check import with_editorial
from bot.catalog.editorial_record import read_record
from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.guards import Allowance, Guards, OffChannels, RateLimit
from bot.dialogue.messages import Incoming, Status
from bot.dialogue.router import Assistant
from bot.dialogue.rules import Rules
from bot.errors import StoreError
from bot.operations.editorial.serving import guide_with, pinned
from bot.operations.retention import forget_old, keeping_of
from bot.ratings.model import Subject
from bot.search.engine import SearchEngine
from bot.settings import SHIPPED_CATALOGUE
from bot.store.erasing import Deleted
from bot.store.interface import Overtaken, Record
from bot.store.resilient import ResilientStore
from bot.store.sqlite.store import SqliteStore
from bot.texts import LANGUAGES, Texts, load_texts
from tests.conversations.script import Conversation, ScriptError, Step, written
from tests.unit.handlers.example import FileFree

SITE = "https://mot-cua.test"
_BEGINNING = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class House:
    """What all conversations share: built once, never changed. `disk`: a store's file with its tables and no row."""

    guide: Guide
    engine: SearchEngine
    languages: dict[str, Texts]
    disk: bytes

    @property
    def catalogue(self) -> Catalogue:
        return self.guide.catalogue


def build_house() -> House:
    """The shipped catalogue and its search; about two seconds."""
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    languages = {language: load_texts(language) for language in LANGUAGES}
    return House(Guide.of(catalogue), SearchEngine(catalogue), languages, asyncio.run(_blank()))


async def _blank() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.db"
        await (await SqliteStore.open(path)).close()
        return path.read_bytes()


class _Disk(SqliteStore):
    """A store that may fail as a disk does."""

    is_broken = False

    def _used(self) -> None:
        if self.is_broken:
            raise StoreError("the disk is full")

    async def conversation(self, person: str) -> str | None:
        self._used()
        return await super().conversation(person)

    async def record(self, record: Record) -> Overtaken | None:
        self._used()
        return await super().record(record)

    async def erase(self, person: str, at: datetime) -> Deleted:
        self._used()
        return await super().erase(person, at)


@dataclass(slots=True)
class _Stage:
    """One conversation: its own store, its own time, whoever writes and where."""

    disk: _Disk
    now: datetime = _BEGINNING
    incoming: Incoming = field(default_factory=lambda: Incoming("web", "A"))
    off: OffChannels = field(default_factory=OffChannels)
    limit: RateLimit = field(default_factory=lambda: RateLimit(0))
    said: tuple[Item, ...] = ()

    def set(self, name: str, value: str) -> None:
        if name == "channel":
            self.incoming = replace(self.incoming, channel=value)
        elif name == "person":
            self.incoming = replace(self.incoming, user=value)
        elif name == "xa":
            self.incoming = replace(self.incoming, commune=value or None)
        elif name == "lang":
            self.incoming = replace(self.incoming, language=value or None)
        elif name == "reachable" and value in {"yes", "no"}:
            # A messenger's message has a number in the inbox; a browser's has none.
            self.incoming = replace(self.incoming, task=1 if value == "yes" else None)
        elif name == "greeted" and value in {"yes", "no"}:
            self.incoming = replace(self.incoming, is_greeted=value == "yes")
        elif name == "store" and value in {"broken", "works"}:
            self.disk.is_broken = value == "broken"
        elif name == "switch" and value in {"on", "off"}:
            self.off.replace(frozenset() if value == "on" else frozenset({self.incoming.channel}))
        elif name == "said":
            self.said = (*self.said, read_record(json.loads(value))) if value else ()
        elif name == "limit" and value.isdecimal():
            self.limit = RateLimit(int(value))
        else:
            raise ScriptError(f"unknown setting {name}={value}")

    def refusal(self, channel: str, person: str, now: datetime, shared: Allowance | None = None) -> Status | None:
        """The guards, as they are set now."""
        return Guards(self.off, self.limit).refusal(channel, person, now, shared)

    def allowance(self, person: str) -> Allowance | None:
        return self.limit.allowance(person)


async def play(house: House, conversation: Conversation) -> Conversation:
    """The conversation with the answers that are given today."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        path.write_bytes(house.disk)
        # As `open` makes it; the tables are there already, which saves most of the time.
        disk = await _Disk.open(path)
        try:
            return await _play(house, conversation, _Stage(disk))
        finally:
            await disk.close()


async def _play(house: House, conversation: Conversation, stage: _Stage) -> Conversation:
    settings = FileFree()
    keeping = keeping_of(settings)
    store = ResilientStore(stage.disk)
    rules = Rules(b"a key for conversations in tests", settings.max_message_chars, keeping, SITE)
    handlers = make_handlers(settings)
    assistant = Assistant(house.guide, house.engine, store, handlers, house.languages, rules, lambda: stage.now, stage)
    played: list[Step] = []
    for step in conversation.steps:
        if step.setting is not None:
            stage.set(*step.setting)
            catalogue = with_editorial(house.catalogue, stage.said)[0]
            assistant.take(guide_with(house.guide, catalogue), pinned(house.engine, catalogue))
        if step.hours:
            stage.now += timedelta(hours=step.hours)
            await forget_old(store, keeping, stage.now)
        if step.is_said:
            ask = None if step.ask is None else Subject(step.ask)
            said = replace(stage.incoming, text=step.text, choice=step.tap, attachment=step.attachment, ask=ask)
            reply = await assistant.answer(said)
            step = replace(step, answer=written(reply))  # noqa: PLW2901 - the same step, answered
        played.append(step)
    return replace(conversation, steps=tuple(played))
