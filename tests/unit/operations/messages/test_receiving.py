"""From a request of a platform to the inbox: masked, under the person's hash, once, and acknowledged when safe."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.message_code import code_of
from bot.dialogue.messages import Attachment, Incoming
from bot.operations.messages.backlog import Backlog
from bot.operations.messages.receiving import OF_PERSON, Arrival, Door, FullError, Letter, Verdict, letter_of
from bot.operations.metrics import Metrics
from bot.store.inbox import Contact, Inbox, Kind, Task, Update
from bot.store.interface import Record
from bot.store.memory import MemoryStore
from bot.store.people import People
from bot.store.person import person_key
from bot.store.sqlite.store import SqliteStore
from tests.log import Log
from tests.unit.operations.arrivals import MOST_CHARS, SECRET, ScriptedReceiver, arrival, intake
from tests.unit.operations.counted import counted
from tests.unit.store.samples import NOW, Disk, event, failing_inbox, update


async def put_away(given: Arrival, channel: str = "zalo_oa") -> Task:
    inbox = MemoryStore().inbox
    assert await intake(inbox).accept(channel, given, NOW)
    (task,) = await inbox.claim(channel, "one", NOW, NOW, 1)
    return task


def heard(incoming: Incoming, task: Task) -> Incoming:
    """As it is handed on to the assistant."""
    return replace(incoming, task=task.id, sent_at=NOW, is_greeted=False)


async def test_what_is_put_away() -> None:
    task = await put_away(arrival(extra={"message": "7"}))
    person = person_key(SECRET, "zalo_oa", "lan")
    body = '{"user": "lan", "extra": {"message": "7"}, "text": "khai sinh"}'
    assert task.update == Update("zalo_oa", "k", person, "to lan", Kind.MESSAGE, body, NOW, NOW + timedelta(hours=1))
    assert letter_of(task) == Letter(heard(Incoming("zalo_oa", "lan", text="khai sinh"), task), {"message": "7"})


async def test_a_key_made_of_a_persons_id_is_put_away_under_the_secret() -> None:
    """And it is known again, also where too much waits."""
    inbox, given_ = MemoryStore().inbox, arrival(f"{OF_PERSON}hash of an id and a time")
    assert await intake(inbox).accept("zalo_oa", given_, NOW)
    (task,) = await inbox.claim("zalo_oa", "one", NOW, NOW, 1)
    assert task.update.key == OF_PERSON + person_key(SECRET, "zalo_oa", given_.key)
    full = Backlog(inbox, 0, Metrics())
    assert full.is_full("zalo_oa")
    assert [await intake(inbox, backlog).accept("zalo_oa", given_, NOW) for backlog in (None, full)] == [False, False]


async def test_who_was_known_under_an_earlier_key_is_met_before_their_message_is_put_away(tmp_path: Path) -> None:
    """A clerk who answers them since then is still at work."""
    store, earlier = await SqliteStore.open(tmp_path / "kept.sqlite"), b"o" * 32
    try:
        before = replace(update("before", person_key(earlier, "zalo_oa", "lan")), channel="zalo_oa", address="to lan")
        await store.inbox.silence(before, NOW + timedelta(hours=1))
        people = People(store.office.keys, SECRET, (earlier,), clock=lambda: NOW)
        assert await intake(store.inbox, people=people).accept("zalo_oa", arrival(), NOW)
        contact = await store.inbox.contact(person_key(SECRET, "zalo_oa", "lan"))
        silent = NOW + timedelta(hours=1)
        assert contact == Contact(person_key(SECRET, "zalo_oa", "lan"), "zalo_oa", "to lan", NOW, None, silent)
    finally:
        await store.close()


async def test_a_wish_to_be_deleted_is_noted_for_backups_of_an_earlier_key_too(tmp_path: Path) -> None:
    store, earlier = await SqliteStore.open(tmp_path / "kept.sqlite"), b"o" * 32
    try:
        people = People(store.office.keys, SECRET, (), (earlier,), clock=lambda: NOW)
        way_in = intake(store.inbox, people=people)
        for given_ in (arrival("said"), arrival("withdrawn", kind=Kind.WITHDRAWN)):
            assert await way_in.accept("zalo_oa", given_, NOW)
        noted = await store.office.erasures.noted()
        assert [one.person for one in noted] == [person_key(earlier, "zalo_oa", "lan")]
    finally:
        await store.close()


async def test_who_withdraws_is_looked_for_under_earlier_keys_once_more(tmp_path: Path) -> None:
    """Another process may have answered them under one since they were met here."""
    store, earlier = await SqliteStore.open(tmp_path / "kept.sqlite"), b"o" * 32
    try:
        people = People(store.office.keys, SECRET, (earlier,), (earlier,), clock=lambda: NOW)
        way_in = intake(store.inbox, people=people)
        assert await way_in.accept("zalo_oa", arrival("said"), NOW)
        await store.record(Record(event(1, person_key(earlier, "zalo_oa", "lan")), "{}"))
        assert await way_in.accept("zalo_oa", arrival("withdrawn", kind=Kind.WITHDRAWN), NOW)
        assert await store.conversation(person_key(SECRET, "zalo_oa", "lan")) == "{}"
    finally:
        await store.close()


async def test_a_group_is_known_by_its_address() -> None:
    task = await put_away(replace(arrival(), address="-100/7"))
    assert letter_of(task).incoming == heard(Incoming("zalo_oa", "lan", text="khai sinh", is_in_group=True), task)


@pytest.mark.parametrize("secret", ["042193001234", "0912 345 678", "lan@example.com"])
async def test_private_numbers_are_never_put_away(secret: str) -> None:
    task = await put_away(arrival(text=f"làm khai sinh {secret}"))
    assert secret not in task.update.body
    incoming = letter_of(task).incoming
    assert (incoming.is_masked, incoming.text is not None and incoming.text.strip()) == (True, "làm khai sinh")


@pytest.mark.parametrize(
    "text", ["#1008570.142.18667.1524zH", "1008570.142.18667.1524zH ", "s:1008570.142.18667.1524zH"]
)
async def test_the_id_of_a_shared_link_is_nobodys_number(text: str) -> None:
    task = await put_away(arrival(text=text))
    assert letter_of(task).incoming == heard(Incoming("zalo_oa", "lan", choice="s:1008570.142.18667.1524zH"), task)


async def test_a_message_that_is_nothing_but_a_number_stays_a_message() -> None:
    task = await put_away(arrival(text="042193001234"))
    assert letter_of(task).incoming == heard(Incoming("zalo_oa", "lan", text="", is_masked=True), task)


@pytest.mark.parametrize("attachment", Attachment)
async def test_what_was_sent_instead_of_words(attachment: Attachment) -> None:
    task = await put_away(arrival(text=None, attachment=attachment))
    assert letter_of(task).incoming == heard(Incoming("zalo_oa", "lan", attachment=attachment), task)


async def test_a_tap() -> None:
    task = await put_away(arrival(text=None, kind=Kind.TAP, choice="tt:1.001193"))
    assert letter_of(task).incoming == heard(Incoming("zalo_oa", "lan", choice="tt:1.001193"), task)
    assert task.update.kind is Kind.TAP


async def test_a_person_is_another_on_another_channel() -> None:
    people = [(await put_away(arrival(), channel)).update.person for channel in ("telegram", "zalo_oa", "zalo_bot")]
    assert len(set(people)) == 3


async def test_what_is_much_too_long_is_cut_and_still_too_long() -> None:
    incoming = letter_of(await put_away(arrival(text="a" * 1_000_000))).incoming
    assert incoming.text is not None
    assert MOST_CHARS < len(incoming.text) <= 4 * MOST_CHARS + 1


@given(st.text(max_size=40) | st.text("0123456789 .-", max_size=40))
def test_what_was_masked_holds_no_private_number_any_more(text: str) -> None:
    first = letter_of(asyncio.run(put_away(arrival(text=text)))).incoming
    again = letter_of(asyncio.run(put_away(arrival(text=first.text)))).incoming
    assert (again.text, again.is_masked) == (first.text, False)


@given(st.text(), st.text(), st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3))
def test_any_letter_comes_back(user: str, choice: str, extra: dict[str, str]) -> None:
    task = asyncio.run(put_away(arrival(text=None, user=user, choice=choice, extra=extra)))
    assert letter_of(task) == Letter(heard(Incoming("zalo_oa", user, choice=choice), task), extra)


class Hall:
    """A door with everything around it."""

    def __init__(self, verdict: Verdict, inbox: Inbox | None = None, most: int = 1000) -> None:
        self.receiver = ScriptedReceiver(verdict)
        self.inbox = inbox or MemoryStore().inbox
        self.metrics = Metrics()
        self.woken = 0
        self.now = NOW
        self.backlog = Backlog(self.inbox, most, self.metrics)
        self.door = Door(
            self.receiver,
            intake(self.inbox, self.backlog, self.metrics),
            self.metrics,
            self._wake,
            lambda: self.now,
            "KEY",
        )

    def _wake(self) -> None:
        self.woken += 1

    def counted(self) -> dict[str, float]:
        (family,) = [found for found in self.metrics.received.collect() if found.name == "mot_cua_received"]
        return {s.labels["what"]: s.value for s in family.samples if s.name.endswith("_total")}

    async def keys(self) -> list[str]:
        tasks = await self.inbox.claim("zalo_oa", "one", NOW, NOW, 99)
        return [task.update.key for task in tasks]


def two(*arrivals: Arrival) -> Verdict:
    return Verdict(HTTPStatus.OK, "message", arrivals)


async def test_a_request_is_put_away_and_the_worker_woken() -> None:
    hall = Hall(two(arrival("1"), arrival("2", user="ba")))
    assert await hall.door.take({"x-sign": "s"}, b"{}") is HTTPStatus.OK
    assert hall.receiver.heard == [({"X-Sign": "s"}, b"{}", NOW)]
    assert (await hall.keys(), hall.woken, hall.counted()) == (["1", "2"], 2, {"message": 1})


async def test_each_step_is_timed() -> None:
    hall = Hall(two(arrival("1"), arrival("2", user="ba")))
    await hall.door.take({}, b"{}")
    name = 'mot_cua_step_seconds_count{{channel="zalo_oa",step="{}"}}'
    assert counted(hall.metrics, "mot_cua_step") == {
        name.format("read"): 1,
        name.format("mask"): 2,
        name.format("keep"): 2,
    }


async def test_what_is_known_is_counted_and_wakes_nobody() -> None:
    hall = Hall(two(arrival("1")))
    assert [await hall.door.take({}, b"") for _ in range(3)] == [HTTPStatus.OK] * 3
    assert (await hall.keys(), hall.woken, hall.counted()) == (["1"], 1, {"message": 3, "repeated": 2})


@pytest.mark.parametrize("status", [HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST, HTTPStatus.OK])
async def test_what_there_is_nothing_to_answer_in_is_passed_on(status: HTTPStatus) -> None:
    hall = Hall(Verdict(status, "unsigned"))
    assert await hall.door.take({}, b"") is status
    assert (await hall.keys(), hall.woken, hall.counted()) == ([], 0, {"unsigned": 1})


async def test_what_cannot_be_put_away_is_not_acknowledged(log: Log) -> None:
    inbox = failing_inbox(MemoryStore().inbox, Disk(is_full=True))
    hall = Hall(two(arrival(text="bí mật")), inbox)
    assert await hall.door.take({}, b"") is HTTPStatus.SERVICE_UNAVAILABLE
    assert (hall.woken, hall.counted()) == (0, {"message": 1})
    told = {"channel": "zalo_oa", "message": code_of("zalo_oa", arrival().key), "error": "disk full"}
    assert log.lines() == [{"level": "error", "event": "update_not_kept", **told}]


async def test_a_fault_of_ours_in_one_update_leaves_the_others(caplog: pytest.LogCaptureFixture, log: Log) -> None:
    """Refused, the platform would send it again and again, and nothing behind it."""
    broken = replace(arrival("1"), life="bí mật")  # type: ignore[arg-type]
    hall = Hall(two(broken, arrival("2")))
    assert await hall.door.take({}, b"") is HTTPStatus.OK
    assert (await hall.keys(), hall.woken, hall.counted()) == (["2"], 1, {"message": 1, "fault": 1})
    assert "bí mật" not in caplog.text
    assert log.events() == ["accept_failed"]


@pytest.mark.parametrize(
    "broken",
    [
        {"text": 7},
        {"text": [[]]},
        {"choice": True},
        {"sent_at": None},
        {"address": {"id": 1}},
        {"user": "\ud800"},
        {"key": "k\udfff"},
        {"choice": "tt:\ud800"},
        {"extra": {"message": 7}},
        {"extra": {"message": "\ud800"}},
    ],
    ids=str,
)
async def test_what_is_not_whole_is_acknowledged_and_nothing_more(broken: dict[str, Any], log: Log) -> None:
    hall = Hall(two(replace(arrival("1"), **broken), arrival("2", text="khai\ud800 sinh")))
    assert await hall.door.take({}, b"") is HTTPStatus.OK
    assert (await hall.keys(), hall.woken, hall.counted()) == (["2"], 1, {"message": 1, "not_whole": 1})
    assert log.lines() == []


async def test_what_is_asked_for_instead_of_sent_goes_the_same_way() -> None:
    hall = Hall(two())
    await hall.door.accept(arrival("1"))
    await hall.door.accept(arrival("1"))
    hall.door.count("polled")
    assert (await hall.keys(), hall.woken, hall.counted()) == (["1"], 1, {"repeated": 1, "polled": 1})
    assert hall.door.channel == "zalo_oa"


async def test_nothing_that_is_put_away_says_who_a_person_is_but_where_to_answer() -> None:
    task = await put_away(arrival(user="2001", text="tôi là Lan"))
    fields = json.loads(task.update.body)
    assert (set(fields), fields["user"], task.update.person) == (
        {"user", "extra", "text"},
        "2001",
        person_key(SECRET, "zalo_oa", "2001"),
    )


async def test_that_updates_are_refused_is_told_once_a_minute(log: Log) -> None:
    hall = Hall(Verdict(HTTPStatus.FORBIDDEN, "wrong_secret"))
    for _ in range(3):
        assert await hall.door.take({}, b"") is HTTPStatus.FORBIDDEN
    hint = "if the platform sent them, KEY is not what it has"
    refused = {"channel": "zalo_oa", "count": 1, "last": "wrong_secret", "hint": hint}
    assert log.lines() == [{"level": "warning", "event": "updates_refused", **refused}]


async def test_where_too_much_waits_the_platform_brings_it_again(log: Log) -> None:
    hall = Hall(two(arrival("1"), arrival("2"), arrival("3")), most=2)
    assert await hall.door.take({}, b"") is HTTPStatus.SERVICE_UNAVAILABLE
    assert await hall.door.take({}, b"") is HTTPStatus.SERVICE_UNAVAILABLE
    assert hall.counted() == {"message": 2, "full": 2, "repeated": 2}
    hint = "its platform is asked to bring updates again later"
    said = {"level": "error", "event": "inbox_full", "channel": "zalo_oa", "hint": hint}
    third, fourth = ({**said, "message": code_of("zalo_oa", arrival(key).key)} for key in "34")
    assert log.lines() == [third]
    hall.now += timedelta(minutes=1)
    with pytest.raises(FullError):
        await hall.door.accept(arrival("4"))
    assert await hall.door.take({}, b"") is HTTPStatus.SERVICE_UNAVAILABLE
    assert log.lines() == [third, fourth]
    # What was put away is known, however full it is.
    hall.receiver.verdict = two(arrival("1"))
    assert await hall.door.take({}, b"") is HTTPStatus.OK
    await hall.inbox.close(-1, "answered", NOW)
    await hall.backlog.look()
    hall.receiver.verdict = two(arrival("3"))
    assert await hall.door.take({}, b"") is HTTPStatus.OK
    assert await hall.keys() == ["2"]
