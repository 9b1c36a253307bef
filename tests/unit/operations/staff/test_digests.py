"""The figures before a report is due: to those who asked, once, in their window; who cannot be written to waits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.dialogue.guards import OffChannels
from bot.dialogue.messages import Reply
from bot.operations.messages.by_itself import every_minute
from bot.operations.staff.chat import Summaries
from bot.operations.staff.chat_links import link_chat, make_chat_code
from bot.operations.staff.digests import DigestDesk, send_digests
from bot.ratings.charts.model import Chart
from bot.ratings.deadlines import Deadlines, DigestKind
from bot.store.inbox import Kind, Task
from bot.store.memory import MemoryStore
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Account, Act, Keys, Role
from tests.log import Log
from tests.unit.operations.channel_double import Clock, ListSender, update
from tests.unit.operations.staff_figures import TEXTS, desk_of, filled

SITE = "https://x.test"
AN, BINH, CHAU = "a" * 64, "b" * 64, "c" * 64
SUBSCRIBED = datetime(2026, 12, 1, tzinfo=UTC)
DUE = datetime.fromisoformat("2026-12-17T08:00+07:00").astimezone(UTC)
HOUR = timedelta(hours=1)
MONTHLY = {DigestKind.MONTHLY}


def asks(login: str, at: datetime = SUBSCRIBED) -> Act:
    return Act(at, login, "digests")


@dataclass(slots=True)
class Room:
    store: SqliteStore
    clock: Clock = field(default_factory=lambda: Clock(DUE))
    sender: ListSender = field(default_factory=lambda: ListSender(window=48 * HOUR))
    off: OffChannels = field(default_factory=OffChannels)
    drawn: list[str] = field(default_factory=list)
    desk: DigestDesk = field(init=False)

    def __post_init__(self) -> None:
        figures = desk_of(self.store)
        summaries = Summaries(figures.overview, self.draw, figures.names.agency, TEXTS, SITE)
        self.desk = DigestDesk(self.store, {"test": self.sender}, self.off, summaries, Deadlines(), self.clock)

    async def draw(self, chart: Chart, language: str) -> bytes:  # noqa: ARG002 - as pictures are asked for
        self.drawn.append(chart.frame.title)
        return b"png"

    async def hires(self, login: str, person: str, *agencies: str, kinds: set[DigestKind] | None = None) -> None:
        """Somebody with an account and a chat who asks for digests."""
        book = self.store.office.staff
        await book.add(Account(login, login, Role.VIEWER, agencies, SUBSCRIBED), Keys("h"), Act(SUBSCRIBED, "t", "add"))
        await link_chat(book, person, await make_chat_code(book, login, SUBSCRIBED), SUBSCRIBED)
        await self.store.office.digests.subscribe(login, MONTHLY if kinds is None else kinds, asks(login))

    async def writes(self, person: str, at: datetime, address: str = "") -> None:
        given = replace(update(f"{person} {at}", person), sent_at=at, expires_at=at + HOUR)
        await self.store.inbox.accept(replace(given, address=address or given.address), at)
        for task in await self.claim():
            await self.store.inbox.close(task.id, "answered", at)

    async def claim(self) -> tuple[Task, ...]:
        return await self.store.inbox.claim("test", "one", self.clock.now, self.clock.now + HOUR, 99)

    async def sends(self, at: datetime = DUE) -> list[tuple[str, str]]:
        """One round at that time: to whom, and the first lines' end and the last line of what they are told."""
        self.clock.now = at
        await send_digests(self.desk)
        found = []
        for task in await self.claim():
            assert task.update.kind is Kind.NOTICE
            lines = Reply.from_json(task.update.body).text.split("\n")
            found.append((task.update.address, " | ".join((*lines[:3], lines[-1]))))
            await self.store.inbox.close(task.id, "answered", at)
        return found


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    store = await filled(tmp_path / "data.sqlite")
    yield Room(store)
    await store.close()


PROVINCE = (
    "Mức độ hài lòng, toàn tỉnh | Kỳ báo cáo tháng 12/2026 (15/11/2026 – 14/12/2026) | "
    "Tỷ lệ hài lòng 92,5%, tính trên 240 phiếu. | Bản tin gửi trước ngày báo cáo 20/12/2026."
)

YEAR = (
    "Mức độ hài lòng, toàn tỉnh | Năm 2026 (1/1/2026 – 31/12/2026) | "
    "Tỷ lệ hài lòng 88,8%, tính trên 340 phiếu. | Số liệu tính đến hôm nay, kỳ này chưa hết."
)


async def test_before_the_day_and_once(room: Room) -> None:
    await room.hires("an", AN)
    await room.writes(AN, DUE - 30 * HOUR)
    assert await room.sends(DUE - timedelta(seconds=1)) == []
    assert await room.sends() == [(f"@{AN}", PROVINCE)]
    assert await room.sends(DUE + HOUR) == []


async def test_each_gets_the_figures_of_their_agencies_and_each_picture_is_drawn_once(room: Room) -> None:
    for login, person, agencies in (("an", AN, ()), ("binh", BINH, ("H27.100",)), ("chau", CHAU, ())):
        await room.hires(login, person, *agencies)
        await room.writes(person, DUE - HOUR)
    found = dict(await room.sends())
    assert (found[f"@{AN}"], found[f"@{CHAU}"]) == (PROVINCE, PROVINCE)
    assert found[f"@{BINH}"].startswith("Mức độ hài lòng, Ủy ban nhân dân phường Sông Trí | ")
    assert "tính trên 200 phiếu" in found[f"@{BINH}"]
    assert sorted(room.drawn) == [
        "Mức độ hài lòng: toàn tỉnh",
        "Mức độ hài lòng: Ủy ban nhân dân phường Sông Trí",
    ]


async def test_only_what_was_asked_for(room: Room) -> None:
    await room.hires("an", AN, kinds={DigestKind.QUARTERLY, DigestKind.YEARLY})
    await room.writes(AN, DUE)
    assert await room.sends() == [(f"@{AN}", YEAR)]


async def test_who_asks_today_is_not_sent_the_last_ones(room: Room) -> None:
    await room.hires("an", AN, kinds=set())
    await room.writes(AN, DUE)
    await room.store.office.digests.subscribe("an", MONTHLY, asks("an", DUE + HOUR))
    assert await room.sends(DUE + 2 * HOUR) == []


async def test_who_cannot_be_written_to_gets_it_when_they_write(
    room: Room, caplog: pytest.LogCaptureFixture, log: Log
) -> None:
    await room.hires("an", AN)
    await room.hires("binh", BINH)
    await room.writes(AN, DUE - 48 * HOUR)
    with caplog.at_level(logging.WARNING):
        for minutes in range(3):
            assert await room.sends(DUE + timedelta(minutes=minutes)) == []
    waits = {"digest": "monthly:2026-12", "staff": 2, "hint": "until they write first"}
    assert log.lines() == [{"level": "warning", "event": "digest_waits", **waits}]
    later = DUE + timedelta(days=9)
    await room.writes(AN, later)
    assert await room.sends(later + HOUR) == [(f"@{AN}", PROVINCE)]
    await room.writes(BINH, DUE + timedelta(days=29))
    assert await room.sends(DUE + timedelta(days=30)) == []


@pytest.mark.parametrize("why", ["left", "switched off", "a group", "another channel"])
async def test_nothing_goes_where_nothing_may(room: Room, why: str) -> None:
    await room.hires("an", AN)
    await room.writes(AN, DUE - HOUR, "-100:5" if why == "a group" else "")
    if why == "left":
        await room.store.inbox.mark_gone(AN, "left", DUE)
    if why == "switched off":
        room.off.replace(frozenset({"test"}))
    if why == "another channel":
        room.desk = replace(room.desk, senders={})
    assert await room.sends() == []
    assert await room.store.office.digests.sent("monthly:2026-12") == frozenset()


async def test_to_the_chat_in_which_they_wrote_last(room: Room) -> None:
    await room.hires("an", AN)
    book = room.store.office.staff
    await link_chat(book, BINH, await make_chat_code(book, "an", SUBSCRIBED), SUBSCRIBED)
    await room.writes(AN, DUE - 2 * HOUR)
    await room.writes(BINH, DUE - HOUR)
    assert await room.sends() == [(f"@{BINH}", PROVINCE)]


async def test_two_processes_send_once(room: Room) -> None:
    await room.hires("an", AN)
    await room.writes(AN, DUE - HOUR)
    await asyncio.gather(send_digests(room.desk), send_digests(room.desk))
    assert len(await room.claim()) == 1


async def test_the_key_in_the_inbox_does_not_say_whose_it_is(room: Room) -> None:
    await room.hires("an.nguyen", AN)
    await room.writes(AN, DUE - HOUR)
    await send_digests(room.desk)
    (task,) = await room.claim()
    assert task.update.key.startswith("notice:digest:monthly:2026-12:")
    assert "nguyen" not in task.update.key


async def test_a_store_that_fails_is_tried_again_in_a_minute(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, log: Log
) -> None:
    slept: list[float] = []
    done: list[bool] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr("bot.operations.messages.by_itself.asyncio.sleep", sleep)
    desk = replace(room.desk, store=MemoryStore())
    with caplog.at_level(logging.ERROR), contextlib.suppress(asyncio.CancelledError):
        await every_minute("digests", partial(send_digests, desk), done.append)
    assert (slept, done) == ([60, 60], [False, False])
    assert log.lines() == [{"level": "error", "event": "digests_failed", "error": "the store could not be opened"}] * 2
