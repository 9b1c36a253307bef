"""The worker: each person in order, nobody in another's way, and what each kind of update asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialogue.message_code import code_of
from bot.dialogue.messages import Status
from bot.operations.messages.sending import UnreachableError
from bot.store.inbox import Kind
from bot.store.sqlite.store import SqliteStore
from tests.log import Log
from tests.unit.operations.channel_double import HOUR, update
from tests.unit.operations.counted import counted
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


async def test_each_person_is_answered_in_order(office: Office) -> None:
    await office.accept(*(update(f"{person}{n}", person, f"{n}") for n in range(20) for person in ("a", "b", "c")))
    await office.until_idle()
    for person in ("a", "b", "c"):
        assert [text for address, text, _ in office.sender.sent if address == f"@{person}"] == [
            str(n) for n in range(20)
        ]
    assert office.ends() == ["answered"] * 60


async def test_each_step_from_the_inbox_to_the_person_is_timed(office: Office) -> None:
    office.sender.parts = 2
    office.sender.failures = [UnreachableError("away")]
    await office.accept(update("1"))
    office.clock.now += timedelta(seconds=7)
    await office.until_put_off()
    # Taken up again it has waited for the platform, and no longer for us.
    office.clock.now += timedelta(seconds=5)
    await office.accept(update("2", "q"))
    await office.until_idle()
    name = 'mot_cua_step_seconds_{}{{channel="test",step="{}"}}'
    told = dict(line.rsplit(" ", 1) for line in office.metrics.as_text().decode().splitlines())
    assert counted(office.metrics, "mot_cua_step") == {
        name.format("count", "wait"): 2,
        name.format("count", "pace"): 5,
        name.format("count", "send"): 5,
    }
    assert told[name.format("sum", "wait")] == "7.0"


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


async def test_a_wish_to_be_forgotten_is_never_too_old(office: Office) -> None:
    await office.accept(update("1"), update("2", kind=Kind.WITHDRAWN))
    office.clock.now += 9 * HOUR
    await office.until_idle()
    assert (office.ends(), await office.store.inbox.contact("p")) == (["too_old", "noted"], None)


async def test_each_message_has_one_line_at_its_end(office: Office, caplog: pytest.LogCaptureFixture, log: Log) -> None:
    caplog.set_level("INFO")
    await office.accept(update("1"), update("2"))
    await office.until_idle()
    lines = [line for line in log.lines() if line["event"] == "message_done"]
    # How long something took is nobody's to say here.
    times = {"ms", "waiting_ms", "answering_ms", "sending_ms"}
    assert all(times <= set(line) for line in lines)
    assert [{name: line[name] for name in line if name not in times} for line in lines] == [
        {
            "level": "info",
            "event": "message_done",
            "message": code_of("test", key),
            "channel": "test",
            "task": task,
            "kind": "message",
            "ended": "answered",
            "status": "answered",
        }
        for task, key in enumerate(("1", "2"), start=1)
    ]
