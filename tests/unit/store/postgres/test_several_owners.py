"""Several processes on one PostgreSQL: nobody's updates are answered by two at once, out of their order, or never."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.store.inbox import Inbox, Kind, Task
from bot.store.interface import Record
from bot.store.postgres.connection import PostgresConnection, PostgresDriver
from bot.store.postgres.store import PostgresStore
from bot.store.sql.inbox import SqlInbox, put_away
from bot.store.sql.lanes import ReaderThreads, WriterThread
from bot.store.sql.session import Counter as Sums
from bot.store.sql.session import Transaction
from tests.unit.store.looking import look
from tests.unit.store.samples import NOW, event, update

LEASE = timedelta(minutes=1)
PEOPLE = "abcdef"


@pytest.fixture
async def stores(postgres_address: str) -> AsyncIterator[tuple[PostgresStore, ...]]:
    opened = [await PostgresStore.open(postgres_address) for _ in range(4)]
    yield tuple(opened)
    await asyncio.gather(*(store.close() for store in opened))


@dataclass(slots=True)
class Play:
    """Owners that claim, put off and close until nothing is open any more.

    `in_hand`: the key of each person that somebody answers now; `answered`: of each, in the order
    in which they were closed.
    """

    chance: random.Random
    in_hand: dict[str, str] = field(default_factory=dict)
    answered: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    put_off: Counter[str] = field(default_factory=Counter)
    accepting: int = 0
    clock: datetime = NOW

    async def accept(self, inboxes: Sequence[Inbox], person: str, count: int) -> None:
        """One after the other, each by another process; what is out of turn has an "o" in its key."""
        self.accepting += 1
        for number in range(count):
            kind = Kind.CLERK if self.chance.random() < 0.2 else Kind.MESSAGE
            key = f"{person}{'o' if kind is Kind.CLERK else ''}{number:03}"
            assert await self.chance.choice(inboxes).accept(replace(update(key, person), kind=kind), NOW)
        self.accepting -= 1

    async def own(self, inbox: Inbox, owner: str, ahead: timedelta) -> None:
        """`ahead`: how far this process' clock goes before the others'."""
        while True:
            was_accepting = self.accepting > 0
            self.clock += timedelta(milliseconds=1)
            now = self.clock + ahead
            tasks = await inbox.claim("test", owner, now, now + LEASE, self.chance.randrange(1, 5))
            for task in tasks:
                assert self.in_hand.setdefault(task.update.person, task.update.key) == task.update.key
            # All that were claimed are in hand until they are ended one by one.
            await asyncio.sleep(0)
            for task in tasks:
                await self._end(inbox, task, now)
            if not was_accepting and not tasks and await inbox.waiting() == ():
                return

    async def _end(self, inbox: Inbox, task: Task, now: datetime) -> None:
        person, key = task.update.person, task.update.key
        assert self.in_hand.pop(person) == key
        if self.chance.random() < 0.3 and self.put_off[key] < 3:
            self.put_off[key] += 1
            await inbox.put_off(task.id, now + timedelta(milliseconds=self.chance.randrange(20)))
        else:
            self.answered[person].append(key)
            await inbox.close(task.id, "answered", now)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("owners", [2, 3, 4])
async def test_everything_is_answered_once_in_order_and_by_one_at_a_time(
    stores: tuple[PostgresStore, ...], seed: int, owners: int
) -> None:
    play = Play(random.Random(seed))  # noqa: S311 - a test's
    inboxes = [store.inbox for store in stores[:owners]]
    counts = dict.fromkeys(PEOPLE, 12)
    async with asyncio.timeout(60):
        await asyncio.gather(
            *(play.accept(inboxes, person, count) for person, count in counts.items()),
            *(play.own(inbox, f"owner {n}", timedelta(milliseconds=7 * n)) for n, inbox in enumerate(inboxes)),
        )
    assert {person: len(set(keys)) for person, keys in play.answered.items()} == counts
    assert {person: len(keys) for person, keys in play.answered.items()} == counts
    in_turn = {person: [key for key in keys if "o" not in key] for person, keys in play.answered.items()}
    assert in_turn == {person: sorted(keys) for person, keys in in_turn.items()}
    assert play.in_hand == {}


async def test_what_came_first_but_could_not_be_seen_waits_for_what_is_answered(
    stores: tuple[PostgresStore, ...], postgres_address: str
) -> None:
    one, two, *_ = (store.inbox for store in stores)
    slow = PostgresConnection(postgres_address)
    slow.begin()
    assert put_away(slow, update("first"), NOW)
    # Of the same person, by another process, which does not see the first yet; and whose contact is known already.
    assert await two.accept(replace(update("second"), kind=Kind.CLERK), NOW)
    (second,) = await two.claim("test", "two", NOW, NOW + LEASE, 9)
    slow.commit()
    slow.close()
    assert await one.claim("test", "one", NOW, NOW + LEASE, 9) == ()
    await two.close(second.id, "done", NOW)
    assert [task.update.key for task in await one.claim("test", "one", NOW, NOW + LEASE, 9)] == ["first"]


class HeldUp(PostgresConnection):
    """Its commits wait until they may."""

    def __init__(self, address: str, begun: threading.Event, may: threading.Event) -> None:
        super().__init__(address)
        self._begun, self._may = begun, may

    def commit(self) -> None:
        self._begun.set()
        assert self._may.wait(10)
        super().commit()


class HoldingUp(PostgresDriver):
    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.begun, self.may = threading.Event(), threading.Event()

    def connect(self) -> HeldUp:
        return HeldUp(self._address, self.begun, self.may)


async def test_of_two_that_claim_what_the_other_cannot_see_the_second_lets_go(
    stores: tuple[PostgresStore, ...], postgres_address: str
) -> None:
    """One claims "second" while "first" cannot be seen, and the other claims "first" before that claim can be seen."""
    driver = HoldingUp(postgres_address)
    writer, readers = WriterThread(driver), ReaderThreads(PostgresDriver(postgres_address), 1)
    one, two = stores[0].inbox, SqlInbox(readers, writer)
    slow = PostgresConnection(postgres_address)
    slow.begin()
    assert put_away(slow, update("first"), NOW)
    assert await one.accept(replace(update("second"), kind=Kind.CLERK), NOW)
    claiming = asyncio.create_task(two.claim("test", "two", NOW, NOW + LEASE, 9))
    await asyncio.to_thread(driver.begun.wait, 10)
    slow.commit()
    slow.close()
    (first,) = await one.claim("test", "one", NOW, NOW + LEASE, 9)
    driver.may.set()
    assert (first.update.key, await claiming) == ("first", ())
    owners = await look(stores[0], "select key, owner from inbox order by id")
    assert owners == [("first", "one"), ("second", None)]
    await one.close(first.id, "done", NOW)
    assert [task.update.key for task in await two.claim("test", "two", NOW, NOW + LEASE, 9)] == ["second"]
    writer.close()
    readers.close()


async def test_what_all_count_is_exact_and_nobody_is_in_anybodys_way(
    stores: tuple[PostgresStore, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each begins with another row: whoever wrote them as they come would wait for each other until one gives up."""
    hindered: list[BaseException] = []
    is_passing = PostgresDriver.is_passing

    def noted(driver: PostgresDriver, error: BaseException) -> bool:
        hindered.append(error)
        return is_passing(driver, error)

    monkeypatch.setattr(PostgresDriver, "is_passing", noted)
    sums = Sums("code_use", ("bucket", "code"), ("n",))
    codes = [f"{n:02}" for n in range(20)]

    async def count(store: PostgresStore, turned: int) -> None:
        for _ in range(15):

            def write(database: Transaction) -> None:
                for code in codes[turned:] + codes[:turned]:
                    database.add(sums, ("2026-11-15", code), (1,))

            await store._writer.run(write)

    async with asyncio.timeout(60):
        await asyncio.gather(*(count(store, 5 * n) for n, store in enumerate(stores) for _ in range(4)))
    assert await look(stores[0], "select code, n from code_use order by code") == [(code, 240) for code in codes]
    if await look(stores[0], "show transaction_isolation") == [("read committed",)]:
        assert hindered == []


async def test_turns_of_many_at_once_are_all_counted(stores: tuple[PostgresStore, ...]) -> None:
    async with asyncio.timeout(60):
        await asyncio.gather(
            *(
                store.record(Record(replace(event(n, f"{name}{n % 5}"), codes=(f"1.{n % 3}",)), "{}"))
                for n in range(60)
                for name, store in zip(PEOPLE, stores, strict=False)
            )
        )
    assert await look(stores[0], "select code, n from code_use order by code") == [(f"1.{n}", 80) for n in range(3)]
    assert await look(stores[0], "select sum(n) from event_counts") == [(240,)]
