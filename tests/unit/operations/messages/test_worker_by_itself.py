"""The worker, with what nobody has asked for: said once, by day, to who can be reached; never in anybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialogue.messages import Incoming, Reply, Status
from bot.operations.messages.by_itself import notice_of, question_of
from bot.operations.messages.sending import UnreachableError
from bot.ratings.model import Subject
from bot.store.follow_ups import FollowUp
from bot.store.inbox import Kind, Update
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.channel_double import HOUR, NOW, update
from tests.unit.operations.counted import counted
from tests.unit.operations.office import Office

ABOUT = Subject("1.001193", "1.001193.01", "H27.118")
ASKED = ("@p", "How was 1.001193?", 0)
TOLD = ("@p", "Done.", 0)
NIGHT = NOW + 7 * HOUR
"""22:00 in Vietnam."""
MORNING = NIGHT + 9 * HOUR


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    path = tmp_path / "data.sqlite"
    store = await SqliteStore.open(path)
    made = Office(store, path)
    await made.accept(update("before"))
    await made.until_idle()
    made.sender.sent.clear()
    made.echo.heard.clear()
    yield made
    await made.worker.stop(0)
    if made.running is not None:
        await made.running
    await store.close()


def question(office: Office) -> Update:
    return question_of(FollowUp(1, "p", "test", "@p", ABOUT, NOW, NOW, NOW), office.clock.now)


async def notify(office: Office) -> None:
    contact = await office.store.inbox.contact("p")
    assert contact is not None
    now = office.clock.now
    assert await office.store.inbox.accept(notice_of(contact, "1", Reply(Status.ANSWERED, "Done."), now), now)


async def test_a_question_is_asked_in_the_assistant_s_words(office: Office) -> None:
    await office.accept(question(office))
    await office.until_idle()
    (heard,) = office.echo.heard
    assert heard == Incoming("test", "", person="p", ask=ABOUT, task=heard.task)
    assert (office.sender.sent, office.ends()) == ([ASKED], ["answered", "answered"])


async def test_a_notice_is_sent_as_it_was_posted(office: Office) -> None:
    await notify(office)
    await office.until_idle()
    assert (office.sender.sent, office.echo.heard, office.ends()) == ([TOLD], [], ["answered", "answered"])
    # It may have waited for the morning: that is no slowness of ours.
    name = 'mot_cua_step_seconds_count{channel="test",step="wait"}'
    assert counted(office.metrics, name) == {name: 1}


@pytest.mark.parametrize("status", [Status.FAILED, Status.SWITCHED_OFF, Status.EXPIRED_CHOICE])
async def test_where_there_is_nothing_to_ask_nothing_is_said(office: Office, status: Status) -> None:
    office.echo.asks = status
    await office.accept(question(office))
    await office.until_idle()
    assert (office.sender.sent, office.ends()[1:]) == ([], ["noted"])


async def test_it_does_not_say_that_the_person_is_there(office: Office) -> None:
    office.clock.now += HOUR
    await office.accept(question(office))
    await notify(office)
    await office.until_idle()
    contact = await office.store.inbox.contact("p")
    assert contact is not None
    assert contact.last_seen == NOW


async def test_outside_the_window_nothing_is_sent(office: Office) -> None:
    office.sender.window = 26 * HOUR
    office.clock.now += 26 * HOUR
    await office.accept(question(office))
    await notify(office)
    await office.until_idle()
    assert (office.sender.sent, office.ends()[1:]) == ([], ["outside_window"] * 2)


async def test_a_question_expires(office: Office) -> None:
    await office.accept(question(office))
    office.clock.now += 2 * HOUR + timedelta(seconds=1)
    await office.until_idle()
    assert (office.sender.sent, office.ends()[1:]) == ([], ["too_old"])


async def test_at_night_a_notice_waits_for_the_morning(office: Office) -> None:
    office.clock.now = NIGHT
    await notify(office)
    await office.until_put_off()
    office.clock.now = MORNING - timedelta(seconds=1)
    await office.accept(update("at night", "other", life=99 * HOUR))

    async def the_other_is_answered() -> bool:
        return office.sender.sent == [("@other", "at night", 0)]

    await office.until(the_other_is_answered)
    office.clock.now = MORNING
    await office.until_idle()
    assert office.sender.sent[1:] == [TOLD]


async def test_a_question_of_the_evening_is_not_asked_the_next_morning(office: Office) -> None:
    office.clock.now = NIGHT
    await office.accept(question(office))
    await office.until_put_off()
    office.clock.now = MORNING
    await office.until_idle()
    assert (office.sender.sent, office.ends()[1:]) == ([], ["too_old"])


async def test_who_has_left_is_told_nothing(office: Office) -> None:
    await office.accept(update("leaves", kind=Kind.LEFT), question(office))
    await notify(office)
    await office.until_idle()
    assert (office.sender.sent, office.ends()[1:]) == ([], ["noted", "gone", "gone"])


async def test_whose_data_are_deleted_is_told_nothing(office: Office) -> None:
    await office.accept(question(office))
    await office.store.erase("p", NOW)
    await office.until_idle()
    assert (office.sender.sent, office.ends()[1:]) == ([], ["gone"])


async def test_while_a_clerk_answers_a_notice_waits_until_they_are_done(office: Office) -> None:
    await office.accept(update("clerk", kind=Kind.CLERK))
    await office.until_idle()
    office.sender.sent.clear()
    await notify(office)
    await office.until_put_off()
    office.clock.now += 2 * HOUR
    await office.until_idle()
    assert office.sender.sent == [TOLD]


async def test_while_the_channel_is_switched_off_a_notice_waits(office: Office) -> None:
    office.off.replace(frozenset({"test"}))
    await notify(office)
    await office.until_put_off()
    office.off.replace(frozenset())
    office.clock.now += HOUR
    await office.until_idle()
    assert office.sender.sent == [TOLD]


async def test_what_the_person_asks_overtakes_what_could_not_be_sent(office: Office) -> None:
    office.sender.failures = [UnreachableError("down")]
    await office.accept(question(office))
    await office.until_put_off()
    await office.accept(update("a question"))

    async def they_are_answered() -> bool:
        return office.sender.sent == [("@p", "a question", 0)]

    await office.until(they_are_answered)
    office.clock.now += HOUR
    await office.until_idle()
    assert office.sender.sent[1:] == [ASKED]


async def test_a_question_is_asked_once_though_the_process_dies(office: Office) -> None:
    """While it is on its way: nobody knows whether it arrived, and it is not asked a second time."""
    office.sender.gates["@p"] = asyncio.Event()
    await office.accept(question(office))

    async def it_is_being_sent() -> bool:
        return office.being_sent() == 1

    await office.until(it_is_being_sent)
    await office.die()
    del office.sender.gates["@p"]
    office.clock.now = NOW + timedelta(seconds=30)
    office.hire()
    await office.accept(question(office))
    await office.until_idle()
    assert (office.sender.sent, office.ends()[1:]) == ([], ["uncertain"])


async def test_answers_go_before_what_nobody_asked_for(office: Office) -> None:
    """A morning's worth of questions that waited together takes nobody's place."""
    people = [f"p{n}" for n in range(60)]
    await office.accept(*(update(f"of {person}", person) for person in people))
    await office.until_idle()
    office.sender.sent.clear()
    await office.worker.stop(1)
    office.running = None
    for number, person in enumerate(people):
        asked = FollowUp(number, person, "test", f"@{person}", ABOUT, NOW, NOW, NOW)
        await office.accept(question_of(asked, NOW))
    await office.accept(update("a question", "waits"))
    office.hire()
    await office.until_idle()
    assert [address for address, _, _ in office.sender.sent[:32] if address == "@waits"] == ["@waits"]
    assert len(office.sender.sent) == 61
