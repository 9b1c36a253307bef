"""The router asks the staff's desk first: only in messengers, only for its own words, and without any harm."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.app.answering import make_handlers
from bot.catalog.guide import Guide
from bot.dialogue.guards import Guards, OffChannels, RateLimit
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.router import Assistant
from bot.store.memory import MemoryStore
from bot.store.person import person_key
from tests.unit.dialogue.test_router import LANGUAGES, NOW, RULES, TABLE, Clock
from tests.unit.handlers.example import FileFree, TableEngine, catalogue

FIGURES = Reply(Status.STAFF, "Tỷ lệ hài lòng 96%.", picture=b"png")


@dataclass(slots=True)
class Desk:
    """Answers Lan only; `asked`: what it was asked."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    error: Exception | None = None

    def is_asked(self, text: str) -> bool:
        return text.startswith("/thongke")

    async def answer(self, person: str, text: str) -> Reply | None:
        self.asked.append((person, text))
        if self.error is not None:
            raise self.error
        return FIGURES if person == person_key(RULES.secret, "test", "lan") else None


@dataclass(slots=True)
class Room:
    desk: Desk = field(default_factory=Desk)
    store: MemoryStore = field(default_factory=MemoryStore)
    guards: Guards = field(default_factory=lambda: Guards(OffChannels(), RateLimit(0)))
    assistant: Assistant = field(init=False)

    def __post_init__(self) -> None:
        guide, engine, handlers = Guide.of(catalogue()), TableEngine(TABLE), make_handlers(FileFree())
        self.assistant = Assistant(
            guide, engine, self.store, handlers, LANGUAGES, RULES, Clock(), self.guards, staff=self.desk
        )

    async def says(self, user: str, text: str, task: int | None = 1, *, is_in_group: bool = False) -> Reply:
        return await self.assistant.answer(Incoming("test", user, text=text, task=task, is_in_group=is_in_group))


async def test_a_member_is_answered_by_the_desk() -> None:
    room = Room()
    assert await room.says("lan", "  /thongke   2026-10 ") == FIGURES
    assert room.desk.asked == [(person_key(RULES.secret, "test", "lan"), "/thongke 2026-10")]
    (event,) = await room.store.recent_events(9)
    assert (event.status, event.at) == ("staff", NOW)


async def test_their_conversation_goes_on_where_it_was() -> None:
    room = Room()
    offered = await room.says("lan", "giấy")
    await room.says("lan", "/thongke")
    assert (offered.status, (await room.says("lan", "1")).status) == (Status.ASKED_BACK, Status.ANSWERED)


async def test_anybody_else_gets_what_an_unknown_command_gets() -> None:
    room = Room()
    assert await room.says("minh", "/thongke") == await room.says("minh", "/khongco")
    assert len(room.desk.asked) == 1


@pytest.mark.parametrize("text", ["khai sinh", "thongke", "/start"])
async def test_other_words_are_none_of_its_business(text: str) -> None:
    room = Room()
    await room.says("lan", text)
    assert room.desk.asked == []


async def test_a_browser_is_nobody_s() -> None:
    room = Room()
    assert (await room.says("lan", "/thongke", task=None)).status is Status.HELPED
    assert room.desk.asked == []


async def test_a_fault_is_answered_as_an_unknown_command() -> None:
    room = Room(Desk(error=OSError("no disk")))
    assert (await room.says("lan", "/thongke")).status is Status.HELPED


async def test_the_guards_come_first() -> None:
    room = Room(guards=Guards(OffChannels(frozenset({"test"})), RateLimit(0)))
    assert (await room.says("lan", "/thongke")).status is Status.SWITCHED_OFF
    assert room.desk.asked == []


async def test_in_a_group_nobody_is_shown_figures() -> None:
    room = Room()
    assert (await room.says("lan", "/thongke", is_in_group=True)).status is not Status.STAFF
    assert room.desk.asked == []
