"""The worker: each person in order, nobody in another's way, nothing lost and nothing sent twice, whatever breaks."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.guards import OffChannels
from bot.dialogue.messages import Status
from bot.errors import StoreError
from bot.operations.clerk import Clerk
from bot.operations.delivering import Deliverer
from bot.operations.metrics import Metrics
from bot.operations.pacing import Pace, Pacer
from bot.operations.sending import (
    GoneError,
    OperatorError,
    RefusedError,
    UncertainError,
    UnreachableError,
    WaitError,
)
from bot.operations.worker import Desk, Worker
from bot.store.inbox import Kind, Update
from bot.store.interface import Store
from bot.store.sqlite import SqliteStore
from bot.texts import LANGUAGES, load_texts
from tests.unit.operations.channel_double import HOUR, Clock, Echo, ListSender, update

TEXTS = {language: load_texts(language) for language in LANGUAGES}
TAKEN_OVER = (
    "Từ bây giờ cán bộ trả lời anh/chị tại đây. Tôi là trợ lý tự động, tôi tạm dừng đến 17:00.\n"
    "Muốn hỏi tôi ngay thì anh/chị nhắn: trợ lý."
)


@dataclass(slots=True)
class Office:
    """A worker with all that it needs, over a real file."""

    store: Store
    path: Path
    clock: Clock = field(default_factory=Clock)
    sender: ListSender = field(default_factory=ListSender)
    inline: list[tuple[str, str]] = field(default_factory=list)
    off: OffChannels = field(default_factory=OffChannels)
    pace: Pace = field(default_factory=lambda: Pace(1e6, 0.0, 1000.0))
    echo: Echo = field(init=False)
    worker: Worker = field(init=False)
    running: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.echo = Echo(self.store)
        self.hire()

    def hire(self) -> None:
        """Another worker, as of a new process."""
        metrics = Metrics()
        clerk = Clerk(timedelta(hours=2), TEXTS, self.clock)
        desk = Desk(self.store, self.echo, clerk, metrics, self.clock, self.off)
        deliverer = Deliverer(self.sender, self.store.inbox, Pacer(self.pace), metrics, self.clock)
        self.worker = Worker(desk, self.sender, deliverer, self._inline)

    async def _inline(self, text: str, address: str) -> None:
        self.inline.append((text, address))

    async def accept(self, *updates: Update) -> None:
        for given in updates:
            await self.store.inbox.accept(given, self.clock.now)
        self.worker.wake()

    def start(self) -> None:
        self.running = asyncio.create_task(self.worker.run())

    async def until(self, is_so: Callable[[], Awaitable[bool]]) -> None:
        """Let it work until that is so; every wait is for something that happens."""
        if self.running is None:
            self.start()
        async with asyncio.timeout(10):
            while not await is_so():
                self.worker.wake()
                await asyncio.sleep(0.001)

    async def until_idle(self) -> None:
        """Until nothing is open."""

        async def is_empty() -> bool:
            return not await self.store.inbox.waiting()

        await self.until(is_empty)

    async def until_put_off(self, times: int = 1) -> None:
        """Until an update is to be tried again later, for the so-manieth time."""

        async def is_put_off() -> bool:
            return (times,) in self.rows("select tries from inbox where owner is null and closed is null")

        await self.until(is_put_off)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query).fetchall()

    def being_sent(self) -> int:
        """How many were handed to the platform, and are not known to have arrived."""
        return len(self.rows("select id from inbox where is_attempted = 1 and closed is null"))

    def ends(self) -> list[object]:
        """How the updates ended, in the order in which they came."""
        return [row[0] for row in self.rows("select closed from inbox order by id")]

    async def die(self) -> None:
        """As a process that is killed: nothing is finished, nothing is given back."""
        assert self.running is not None
        for work in (self.running, *self.worker.in_hand()):
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
        self.running = None


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    made = Office(store, path)
    yield made
    await made.worker.stop(0)
    if made.running is not None:
        await made.running
    await store.close()


async def test_each_person_is_answered_in_order(office: Office) -> None:
    await office.accept(*(update(f"{person}{n}", person, f"{n}") for n in range(20) for person in ("a", "b", "c")))
    await office.until_idle()
    for person in ("a", "b", "c"):
        assert [text for address, text, _ in office.sender.sent if address == f"@{person}"] == [
            str(n) for n in range(20)
        ]
    assert office.ends() == ["answered"] * 60


async def test_the_key_is_what_makes_an_update_the_same(office: Office) -> None:
    await office.accept(update("1"), update("1"), update("2"))
    await office.until_idle()
    assert office.sender.sent == [("@p", "1", 0), ("@p", "2", 0)]


async def test_one_person_s_slow_answer_delays_nobody_else(office: Office) -> None:
    gate = office.sender.gates["@slow"] = asyncio.Event()
    await office.accept(update("1", "slow"), update("2", "slow"), *(update(f"q{n}", f"quick{n}") for n in range(100)))

    async def the_others_are_answered() -> bool:
        return len(office.sender.sent) == 100

    await office.until(the_others_are_answered)
    gate.set()
    await office.until_idle()
    assert office.sender.sent[100:] == [("@slow", "1", 0), ("@slow", "2", 0)]


async def test_nothing_of_the_person_is_left_when_it_is_answered(office: Office) -> None:
    await office.accept(update("1", text="đăng ký khai sinh"))
    await office.until_idle()
    assert office.rows("select person, address, body, reply, closed from inbox") == [("", "", "", None, "answered")]


async def test_a_tap_is_acknowledged_and_chooses(office: Office) -> None:
    await office.accept(update("1", text="tt:1.001193", kind=Kind.TAP))
    await office.until_idle()
    assert office.sender.acknowledged == [{"id": "1"}]
    assert [(heard.text, heard.choice) for heard in office.echo.heard] == [(None, "tt:1.001193")]


async def test_who_opens_the_conversation_is_greeted(office: Office) -> None:
    await office.accept(update("1", kind=Kind.WELCOME))
    await office.until_idle()
    assert [(heard.text, heard.choice) for heard in office.echo.heard] == [(None, "start")]


async def test_words_in_another_conversation_go_to_the_inline_answers(office: Office) -> None:
    await office.accept(update("1", text="khai sinh", kind=Kind.INLINE))
    await office.until_idle()
    office.off.replace(frozenset({"test"}))
    await office.accept(update("2", text="khai tử", kind=Kind.INLINE))
    await office.until_idle()
    assert (office.inline, office.sender.sent) == ([("khai sinh", "@p")], [])


async def test_what_is_too_old_is_closed_unanswered(office: Office) -> None:
    await office.accept(update("1"), update("2", life=2 * HOUR))
    office.clock.now += HOUR + timedelta(seconds=1)
    await office.until_idle()
    assert (office.sender.sent, office.ends()) == ([("@p", "2", 0)], ["too_old", "answered"])


async def test_a_platform_that_is_not_reached_is_tried_again(office: Office) -> None:
    office.sender.failures = [UnreachableError("down"), UnreachableError("down")]
    await office.accept(update("1"), update("2"))
    await office.until_put_off(1)
    assert office.rows("select ready_at from inbox where id = 1") == [("2026-11-21T08:00:01.000000+00:00",)]
    office.clock.now += timedelta(seconds=2)
    await office.until_put_off(2)
    assert office.rows("select ready_at from inbox where id = 1") == [("2026-11-21T08:00:07.000000+00:00",)]
    assert office.sender.sent == []
    office.clock.now += timedelta(seconds=6)
    await office.until_idle()
    assert office.sender.sent == [("@p", "1", 0), ("@p", "2", 0)]
    assert [heard.text for heard in office.echo.heard] == ["1", "2"]


async def test_a_platform_that_asks_to_wait_is_obeyed(office: Office) -> None:
    office.sender.failures = [WaitError("slower", 0.01)]
    await office.accept(update("1"))
    await office.until_put_off()
    assert office.rows("select tries, ready_at from inbox") == [(1, "2026-11-21T08:00:00.010000+00:00")]
    office.clock.now += timedelta(seconds=1)
    await office.until_idle()
    assert office.sender.sent == [("@p", "1", 0)]


async def test_what_only_an_administrator_can_mend_waits_for_them(office: Office) -> None:
    office.sender.failures = [OperatorError("log in again")]
    await office.accept(update("1"))
    await office.until_put_off()
    assert office.rows("select ready_at from inbox") == [("2026-11-21T08:05:00.000000+00:00",)]
    office.clock.now += timedelta(seconds=301)
    await office.until_idle()
    assert office.ends() == ["answered"]


async def test_what_may_have_been_sent_is_not_sent_again_and_the_rest_is(office: Office) -> None:
    office.sender.parts = 3
    office.sender.failures = [None, UncertainError("timed out"), None]
    await office.accept(update("1"))
    await office.until_idle()
    assert office.sender.sent == [("@p", "1", 0), ("@p", "1", 2)]
    assert office.ends() == ["uncertain"]


async def test_who_cannot_be_reached_any_more_is_not_tried_again(office: Office) -> None:
    office.sender.failures = [GoneError("blocked")]
    await office.accept(update("1"))
    await office.until_idle()
    contact = await office.store.inbox.contact("p")
    assert contact is not None
    assert (office.ends(), contact.gone) == (["gone"], "blocked")


@pytest.mark.parametrize(("failure", "end"), [(RefusedError("-201"), "refused"), (ZeroDivisionError(), "failed")])
async def test_a_fault_of_ours_ends_one_answer_only(office: Office, failure: Exception, end: str) -> None:
    office.sender.failures = [failure]
    await office.accept(update("1"), update("2"))
    await office.until_idle()
    assert (office.sender.sent, office.ends()) == ([("@p", "2", 0)], [end, "answered"])


async def test_outside_the_window_nothing_is_sent(office: Office) -> None:
    office.sender.window = timedelta(minutes=30)
    await office.accept(update("1"))
    office.clock.now += timedelta(minutes=31)
    await office.until_idle()
    assert (office.sender.sent, office.ends()) == ([], ["outside_window"])


async def test_who_has_left_is_known_and_comes_back(office: Office) -> None:
    await office.accept(update("1"), update("2", kind=Kind.LEFT))
    await office.until_idle()
    contact = await office.store.inbox.contact("p")
    assert contact is not None
    assert contact.gone == "left"
    await office.accept(update("3", kind=Kind.RETURNED))
    contact = await office.store.inbox.contact("p")
    assert contact is not None
    assert contact.gone is None


async def test_who_withdraws_is_forgotten(office: Office) -> None:
    await office.accept(update("1"), update("2", kind=Kind.WITHDRAWN))
    await office.until_idle()
    assert await office.store.inbox.contact("p") is None
    assert await office.store.conversation("p") is None


async def test_while_a_clerk_answers_the_assistant_says_so_once_and_is_silent(office: Office) -> None:
    await office.accept(update("1", kind=Kind.CLERK), update("2", kind=Kind.CLERK), update("3"), update("4", "other"))
    await office.until_idle()
    assert sorted(office.sender.sent) == [("@other", "4", 0), ("@p", TAKEN_OVER, 0)]
    assert office.ends() == ["answered", "noted", "clerk", "answered"]
    office.clock.now += timedelta(hours=2, seconds=1)
    await office.accept(update("5", life=9 * HOUR))
    await office.until_idle()
    assert office.sender.sent[-1] == ("@p", "5", 0)


async def test_the_assistant_can_be_called_back_from_its_silence(office: Office) -> None:
    await office.accept(update("1", kind=Kind.CLERK), update("2", text="Trợ lý ơi"), update("3"))
    await office.until_idle()
    assert office.sender.sent == [("@p", TAKEN_OVER, 0), ("@p", "start", 0), ("@p", "3", 0)]


async def test_that_it_is_too_much_is_said_once_a_minute(office: Office) -> None:
    office.echo.status = Status.TOO_FAST
    await office.accept(update("1"), update("2"))
    await office.until_idle()
    office.clock.now += timedelta(seconds=61)
    await office.accept(update("3"))
    await office.until_idle()
    assert (office.sender.sent, office.ends()) == (
        [("@p", "1", 0), ("@p", "3", 0)],
        ["answered", "too_fast", "answered"],
    )


async def test_a_killed_process_has_sent_nothing_twice_and_lost_nothing(office: Office) -> None:
    gate = office.sender.gates["@p"] = asyncio.Event()
    await office.accept(update("1"), update("2"), update("3", "q"))

    async def is_being_sent() -> bool:
        return office.being_sent() == 1 and len(office.sender.sent) == 1

    await office.until(is_being_sent)
    await office.die()
    gate.set()
    office.hire()
    office.clock.now += timedelta(seconds=11)
    await office.until_idle()
    # The first was being handed over: whether it arrived is not known, so it is not sent again.
    assert (office.sender.sent, office.ends()) == (
        [("@q", "3", 0), ("@p", "2", 0)],
        ["uncertain", "answered", "answered"],
    )
    assert [heard.text for heard in office.echo.heard if heard.user == "p"] == ["1", "2"]


async def test_an_answer_that_was_found_but_not_sent_is_sent_by_the_next_process(office: Office) -> None:
    office.sender.failures = [UnreachableError("down")]
    await office.accept(update("1"))
    await office.until_put_off()
    await office.die()
    office.hire()
    office.clock.now += timedelta(seconds=11)
    await office.until_idle()
    assert office.sender.sent == [("@p", "1", 0)]
    assert len(office.echo.heard) == 1


async def test_stopping_finishes_what_is_in_hand_and_frees_the_rest(office: Office) -> None:
    gate = office.sender.gates["@p"] = asyncio.Event()
    await office.accept(update("1"))

    async def is_being_sent() -> bool:
        return office.being_sent() == 1

    await office.until(is_being_sent)
    stopping = asyncio.create_task(office.worker.stop(5))
    gate.set()
    await stopping
    assert (office.sender.sent, office.ends()) == ([("@p", "1", 0)], ["answered"])


async def test_what_could_not_be_closed_holds_up_nobody_for_long(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = office.store.inbox
    close = inbox.close

    async def full(task: int, reason: str, now: datetime) -> None:
        monkeypatch.setattr(inbox, "close", close)
        raise StoreError(f"disk full at {task}, {reason}, {now}")

    monkeypatch.setattr(inbox, "close", full)
    gate = office.sender.gates["@busy"] = asyncio.Event()
    await office.accept(update("busy", "busy"), update("1"), update("2"))

    async def the_first_is_sent() -> bool:
        return office.sender.sent == [("@p", "1", 0)]

    await office.until(the_first_is_sent)
    office.clock.now += timedelta(seconds=11)

    async def the_second_is_sent() -> bool:
        return office.sender.sent == [("@p", "1", 0), ("@p", "2", 0)]

    await office.until(the_second_is_sent)
    gate.set()
    await office.until_idle()
    assert office.ends() == ["answered"] * 3


async def test_a_wish_to_be_forgotten_is_never_too_old(office: Office) -> None:
    await office.accept(update("1"), update("2", kind=Kind.WITHDRAWN))
    office.clock.now += 9 * HOUR
    await office.until_idle()
    assert (office.ends(), await office.store.inbox.contact("p")) == (["too_old", "noted"], None)


async def test_an_outage_costs_one_answer_and_not_everybody_s(office: Office) -> None:
    office.sender.failures = [UncertainError("dropped")]
    office.pace = Pace(20.0, 0.0)
    office.hire()
    await office.accept(*(update(f"{n}", f"p{n}") for n in range(20)))

    async def one_is_lost() -> bool:
        return "uncertain" in office.ends()

    await office.until(one_is_lost)
    assert len(office.sender.sent) <= 1
    await office.worker.stop(0)
    assert office.ends().count("uncertain") == 1


async def test_what_a_platform_asks_of_one_conversation_stops_no_other(office: Office) -> None:
    office.sender.failures = [WaitError("too much", 3600, is_for_all=False)]
    await office.accept(update("1", "loud"))
    await office.until_put_off()
    await office.accept(update("2", "quiet"))

    async def the_other_is_answered() -> bool:
        return office.sender.sent == [("@quiet", "2", 0)]

    await office.until(the_other_is_answered)


async def test_a_withdrawal_does_not_wait_behind_an_answer_that_cannot_be_sent(office: Office) -> None:
    office.sender.failures = [OperatorError("log in again")]
    await office.accept(update("1"))
    await office.until_put_off()
    await office.accept(update("2", kind=Kind.WITHDRAWN))
    await office.until_idle()
    assert (office.ends(), await office.store.conversation("p")) == (["gone", "noted"], None)


async def test_who_was_answered_by_a_clerk_meanwhile_is_not_answered_again(office: Office) -> None:
    office.sender.failures = [OperatorError("log in again")]
    await office.accept(update("1"))
    await office.until_put_off()
    await office.accept(update("2", kind=Kind.CLERK))

    async def the_clerk_is_known() -> bool:
        return office.ends() == [None, "answered"]

    await office.until(the_clerk_is_known)
    office.clock.now += timedelta(seconds=301)
    await office.until_idle()
    assert (office.sender.sent, office.ends()) == ([("@p", TAKEN_OVER, 0)], ["clerk", "answered"])


async def test_a_clock_that_is_set_back_holds_up_nobody(office: Office) -> None:
    await office.accept(update("1"))
    office.clock.now -= HOUR
    await office.accept(update("2"))
    await office.until_idle()
    assert office.ends() == ["answered", "answered"]
