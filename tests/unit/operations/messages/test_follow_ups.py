"""Who is asked how it went, when, and who is not: on a real file, with a clock moved by hand."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.profile import Profile
from bot.dialogue.rating_rules import RatingRules
from bot.operations.messages.by_itself import every_minute
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.follow_ups import FollowUpDesk, ask_due
from bot.ratings.model import Filing, Identity, Origin, Rating, Subject, Survey
from bot.store.inbox import Kind
from bot.store.interface import Record
from bot.store.memory import MemoryStore
from bot.store.sqlite.store import SqliteStore
from tests.log import Log
from tests.unit.operations.channel_double import HOUR, NOW, ListSender, update
from tests.unit.operations.office import TEXTS, Office
from tests.unit.store.samples import event

ABOUT = Subject("1.001193", "1.001193.01", "H27.118")
LAND = Subject("1.012345")
PERSON = "a" * 64
DUE = NOW + 20 * HOUR
"""11:00 in Vietnam, the day after."""
MINUTE = timedelta(minutes=1)
RULES = RatingRules()


@dataclass(slots=True)
class Post:
    """An office with a desk for follow-ups."""

    office: Office
    desk: FollowUpDesk = field(init=False)

    def __post_init__(self) -> None:
        office = self.office
        clerk = Clerk(2 * HOUR, TEXTS, office.clock)
        self.desk = FollowUpDesk(office.store, {"test": office.sender}, office.off, clerk, RULES, office.clock)

    async def writes(self, at: datetime = NOW, address: str = "@p") -> None:
        given = replace(update(f"at {at}", PERSON), address=address, sent_at=at, expires_at=at + HOUR)
        self.office.clock.now = at
        await self.office.accept(given)
        await self.office.until_idle()

    async def opens(self, about: Subject = ABOUT, at: datetime = NOW, due: datetime = DUE) -> None:
        await self.office.store.office.follow_ups.opened(PERSON[:12], about, "test", at, due)

    async def works(self, at: datetime = DUE) -> list[tuple[object, ...]]:
        """One round at that time; how each question stands: its end, or until when it waits."""
        self.office.clock.now = at
        await ask_due(self.desk)
        return self.office.rows("select coalesce(how, due_at) from follow_ups order by id")

    async def asked(self) -> list[str]:
        """What the person is asked from now on, once the worker has done its work."""
        self.office.sender.sent.clear()
        self.office.worker.wake()
        await self.office.until_idle()
        return [text for _, text, _ in self.office.sender.sent]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    made = Post(Office(store, path))
    await made.writes()
    yield made
    await made.office.worker.stop(0)
    if made.office.running is not None:
        await made.office.running
    await store.close()


def waits(until: datetime) -> list[tuple[object, ...]]:
    return [(until.isoformat(timespec="microseconds"),)]


async def test_asked_once_when_the_time_has_come(post: Post) -> None:
    await post.opens()
    assert await post.works(DUE - MINUTE) == waits(DUE)
    assert await post.asked() == []
    assert await post.works() == [("asked",)]
    assert await post.works(DUE + MINUTE) == [("asked",)]
    assert await post.asked() == ["How was 1.001193?"]
    assert await post.works(DUE + 2 * MINUTE) == [("asked",)]
    assert await post.asked() == []


async def test_never_twice_though_the_process_dies_in_between(post: Post) -> None:
    await post.opens()
    await post.works()
    await post.office.die()
    post.office.hire()
    assert await post.works(DUE + MINUTE) == [("asked",)]
    assert await post.asked() == ["How was 1.001193?"]


async def test_two_processes_ask_once(post: Post) -> None:
    await post.opens()
    post.office.clock.now = DUE
    await asyncio.gather(ask_due(post.desk), ask_due(post.desk))
    assert await post.asked() == ["How was 1.001193?"]


@pytest.mark.parametrize("hours", [14, 15, 23])
async def test_what_is_due_at_night_waits_until_seven(post: Post, hours: int) -> None:
    """NOW is 15:00 in Vietnam."""
    due = NOW + hours * HOUR - 8 * HOUR
    morning = NOW + 16 * HOUR
    await post.opens(due=due)
    assert await post.works(due) == waits(morning)
    assert await post.asked() == []
    assert await post.works(morning) == [("asked",)]
    assert await post.asked() == ["How was 1.001193?"]


async def test_outside_the_window_it_is_given_up(post: Post) -> None:
    post.office.sender.window = 20 * HOUR
    await post.opens()
    assert await post.works() == [("outside_window",)]
    assert await post.asked() == []


async def test_where_the_window_closes_at_night_it_is_given_up_in_the_morning(post: Post) -> None:
    post.office.sender.window = 16 * HOUR
    await post.opens(due=NOW + 8 * HOUR)
    assert await post.works(NOW + 8 * HOUR) == waits(NOW + 16 * HOUR)
    assert await post.works(NOW + 16 * HOUR) == [("outside_window",)]


async def test_whoever_said_stop_is_not_asked(post: Post) -> None:
    await post.opens()
    state = Conversation(profile=Profile(follow_ups=False)).to_json()
    await post.office.store.record(Record(event(person=PERSON), state))
    assert await post.works() == [("unwanted",)]


def rating(at: datetime, code: str = ABOUT.code) -> Rating:
    return Rating(
        at,
        RULES.period_of(at),
        PERSON,
        Subject(code),
        "test",
        Origin.CARD,
        "three",
        3,
        Filing.ONLINE,
        Identity.ACCOUNT,
        "v1",
    )


@pytest.mark.parametrize(
    ("given", "end"),
    [
        (rating(NOW + HOUR), "known"),
        (rating(NOW - HOUR), "known"),
        (rating(NOW + HOUR, LAND.code), "asked"),
        (rating(NOW - timedelta(days=30)), "asked"),
    ],
)
async def test_who_rated_it_in_this_period_is_not_asked(post: Post, given: Rating, end: str) -> None:
    await post.opens()
    await post.office.store.record(Record(event(person=PERSON), survey=Survey(rating=given)))
    assert await post.works() == [(end,)]


@pytest.mark.parametrize(("hours", "end"), [(1, "known"), (-1, "asked")])
async def test_a_rating_of_the_last_day_of_a_period_counts_if_it_came_after_the_page(
    post: Post, hours: int, end: str
) -> None:
    opened = datetime.fromisoformat("2026-12-14T15:00+07:00")
    await post.writes(opened)
    await post.opens(at=opened, due=opened + 20 * HOUR)
    given = rating(opened + hours * HOUR)
    await post.office.store.record(Record(event(person=PERSON), survey=Survey(rating=given)))
    assert await post.works(opened + 20 * HOUR) == [(end,)]


async def test_asked_about_a_service_once_in_a_period(post: Post) -> None:
    await post.opens()
    await post.works()
    for days, end in ((5, "known"), (30, "asked")):
        later = NOW + timedelta(days=days)
        await post.writes(later)
        await post.opens(at=later, due=later + 20 * HOUR)
        assert (await post.works(later + 20 * HOUR))[-1] == (end,)


async def test_asked_about_another_service_after_a_day_s_rest(post: Post) -> None:
    await post.opens()
    await post.works()
    await post.writes(DUE + 25 * HOUR)
    await post.opens(LAND, DUE + 25 * HOUR, DUE + 45 * HOUR)
    assert await post.works(DUE + 45 * HOUR) == [("asked",), ("asked",)]


async def test_who_has_left_is_not_asked(post: Post) -> None:
    await post.opens()
    await post.office.store.inbox.mark_gone(PERSON, "left", NOW)
    assert await post.works() == [("gone",)]


async def test_nobody_is_asked_in_a_group(post: Post) -> None:
    await post.writes(NOW + MINUTE, "-100:7")
    await post.opens()
    assert await post.works() == [("group",)]


async def test_while_a_clerk_answers_the_question_waits(post: Post) -> None:
    await post.opens()
    clerk = replace(update("clerk", PERSON, kind=Kind.CLERK), address="@p", sent_at=DUE - HOUR)
    post.office.clock.now = DUE - HOUR
    await post.office.store.inbox.silence(clerk, DUE + HOUR)
    assert await post.works() == waits(DUE + HOUR)
    assert await post.works(DUE + HOUR) == [("asked",)]


async def test_nobody_is_interrupted(post: Post) -> None:
    await post.opens()
    await post.writes(DUE - MINUTE)
    assert await post.works() == waits(DUE + 9 * MINUTE)


async def test_while_the_channel_is_switched_off_it_waits(post: Post) -> None:
    await post.opens()
    post.office.off.replace(frozenset({"test"}))
    assert await post.works() == waits(DUE + 15 * MINUTE)


async def test_days_later_it_makes_no_sense_any_more(post: Post) -> None:
    await post.opens()
    assert await post.works(NOW + timedelta(days=3, seconds=1)) == [("late",)]


async def test_a_channel_that_is_connected_no_more(post: Post) -> None:
    await post.opens()
    assert await _works_without_senders(post) == [("late",)]


async def _works_without_senders(post: Post) -> list[tuple[object, ...]]:
    post.desk = replace(post.desk, senders={})
    return await post.works()


async def test_one_that_breaks_keeps_back_no_other(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    address = "@somebody"

    class Broken(timedelta):
        def __le__(self, passed: timedelta, /) -> bool:
            raise ValueError(address)

    other = "b" * 64
    await post.office.accept(replace(update("other", other), channel="broken"))
    await post.office.store.office.follow_ups.opened(other[:12], LAND, "broken", NOW, NOW)
    await post.opens()
    post.desk = replace(
        post.desk, senders={"test": post.office.sender, "broken": ListSender("broken", Broken(hours=48))}
    )
    assert await post.works() == [("failed",), ("asked",)]
    assert "ValueError" in caplog.text
    assert "@" not in caplog.text


async def test_a_store_that_fails_is_tried_again_in_a_minute(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, log: Log
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr("bot.operations.messages.by_itself.asyncio.sleep", sleep)
    office = Office(MemoryStore(), Path("nowhere"))
    with caplog.at_level(logging.ERROR), contextlib.suppress(asyncio.CancelledError):
        await every_minute("follow_ups", partial(ask_due, Post(office).desk))
    assert slept == [60, 60]
    assert (
        log.lines() == [{"level": "error", "event": "follow_ups_failed", "error": "the store could not be opened"}] * 2
    )
