"""The worker while something fails: nothing is lost and nothing sent twice, whatever breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.operations.messages.pacing import Pace
from bot.operations.messages.sending import (
    GoneError,
    OperatorError,
    RefusedError,
    UncertainError,
    UnreachableError,
    WaitError,
)
from bot.store.inbox import Kind
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.channel_double import HOUR, update
from tests.unit.operations.office import TAKEN_OVER, Office


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


async def test_after_an_outage_one_message_at_a_time_is_tried(office: Office) -> None:
    """What was on its way when it began is one doubt: nobody waits for a minute because there were many."""
    first, second = asyncio.Event(), asyncio.Event()
    office.sender.failures = [UncertainError("no answer") for _ in range(8)]
    office.sender.gates = {f"@p{n}": first if n < 8 else second for n in range(14)}
    await office.accept(*(update(f"{n}", f"p{n}") for n in range(8)))

    async def all_are_on_their_way() -> bool:
        return office.being_sent() == 8

    await office.until(all_are_on_their_way)
    first.set()

    async def all_are_lost() -> bool:
        return office.ends() == ["uncertain"] * 8

    await office.until(all_are_lost)
    await office.accept(*(update(f"{n}", f"p{n}") for n in range(8, 14)))

    async def one_is_tried_and_the_others_wait() -> bool:
        waiting = office.rows("select id from inbox where tries > 0 and is_attempted = 0 and closed is null")
        return (office.being_sent(), len(waiting)) == (1, 5)

    await office.until(one_is_tried_and_the_others_wait)
    second.set()
    office.clock.now += timedelta(seconds=2)
    await office.until_idle()
    assert office.ends() == ["uncertain"] * 8 + ["answered"] * 6


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


async def test_what_was_sent_while_the_store_was_away_is_closed_before_another_may_answer_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = office.store.inbox
    failed: list[str] = []

    async def away(*_: object) -> None:
        failed.append("")
        raise StoreError("the server is restarting")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "mark_attempt", away)
        patch.setattr(inbox, "close", away)
        await office.accept(update("1"))

        async def it_was_tried_again() -> bool:
            return len(failed) >= 3

        await office.until(it_was_tried_again)
        assert (office.sender.sent, office.ends()) == ([("@p", "1", 0)], [None])
    # The clock stands still: no lease has run out.
    await office.until_idle()
    assert office.sender.sent == [("@p", "1", 0)]


async def test_what_could_not_be_closed_is_when_the_process_stops(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = office.store.inbox

    async def away(*_: object) -> None:
        raise StoreError("the server is restarting")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "close", away)
        await office.accept(update("1"))

        async def it_is_sent() -> bool:
            return office.sender.sent == [("@p", "1", 0)] and not office.worker.in_hand()

        await office.until(it_is_sent)
    await office.worker.stop(1)
    assert office.ends() == ["answered"]
