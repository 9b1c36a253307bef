"""A message that is sent again is answered as it was."""

from __future__ import annotations

import asyncio

import pytest

from bot.dialogue.messages import Reply, Status
from bot.web.repeated import KEPT_SECONDS, MOST_KEPT, Repeated
from tests.unit.web.conftest import Client, ScriptedAssistant


class Asked:
    """Answers each time with another text."""

    def __init__(self, *statuses: Status) -> None:
        self.times = 0
        self._statuses = statuses

    async def __call__(self) -> Reply:
        self.times += 1
        status = self._statuses[self.times - 1] if self.times <= len(self._statuses) else Status.ANSWERED
        return Reply(status, str(self.times))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_the_same_id_of_the_same_person_gets_the_same_answer() -> None:
    repeated, ask = Repeated(), Asked()
    answers = [
        (await repeated.answer(person, message_id, ask)).text
        for person, message_id in [("an", "1"), ("an", "1"), ("an", "2"), ("ba", "1"), ("an", "1"), ("ba", "1")]
    ]
    assert answers == ["1", "1", "2", "3", "1", "3"]


async def test_without_an_id_every_message_is_new() -> None:
    repeated, ask = Repeated(), Asked()
    assert [(await repeated.answer("an", None, ask)).text for _ in range(2)] == ["1", "2"]


async def test_answers_are_forgotten_after_a_while() -> None:
    clock, ask = Clock(), Asked()
    repeated = Repeated(clock)
    await repeated.answer("an", "1", ask)
    clock.now = KEPT_SECONDS - 1
    assert (await repeated.answer("an", "1", ask)).text == "1"
    clock.now = KEPT_SECONDS
    assert (await repeated.answer("an", "1", ask)).text == "2"


async def test_only_so_many_are_kept() -> None:
    repeated, ask = Repeated(Clock()), Asked()
    for number in range(MOST_KEPT + 1):
        await repeated.answer("an", str(number), ask)
    assert (await repeated.answer("an", str(MOST_KEPT), ask)).text == str(MOST_KEPT + 1)
    assert (await repeated.answer("an", "0", ask)).text == str(MOST_KEPT + 2)


async def test_a_failure_is_not_kept() -> None:
    repeated, ask = Repeated(), Asked(Status.FAILED)
    assert [(await repeated.answer("an", "1", ask)).text for _ in range(3)] == ["1", "2", "2"]


async def test_an_error_is_not_kept() -> None:
    async def broken() -> Reply:
        raise RuntimeError

    repeated, ask = Repeated(), Asked()
    with pytest.raises(RuntimeError):
        await repeated.answer("an", "1", broken)
    assert (await repeated.answer("an", "1", ask)).text == "1"


async def test_who_asks_again_before_the_answer_waits_for_it() -> None:
    """Also where the one who asked first has gone away."""
    let = asyncio.Event()
    ask = Asked()

    async def slow() -> Reply:
        await let.wait()
        return await ask()

    repeated = Repeated()
    first = asyncio.create_task(repeated.answer("an", "1", slow))
    await asyncio.sleep(0)
    again = asyncio.create_task(repeated.answer("an", "1", slow))
    await asyncio.sleep(0)
    first.cancel()
    let.set()
    assert (await again).text == "1"
    assert ask.times == 1


async def test_over_http(client: Client, assistant: ScriptedAssistant) -> None:
    await client.post("/api/chat", json={"text": "một"})
    bodies = [
        await (await client.post("/api/chat", json={"text": text, "id": message_id})).json()
        for text, message_id in [("hai", "a"), ("hai", "a"), ("ba", "b"), ("bốn", "b b"), ("năm", 5)]
    ]
    assert [text for text, _ in assistant.told] == ["một", "hai", "ba", "bốn", "năm"]
    assert all(body["status"] == "answered" for body in bodies)


async def test_another_person_is_asked_for_anew(client: Client, assistant: ScriptedAssistant) -> None:
    await client.post("/api/chat", json={"text": "một", "id": "a"})
    client.session.cookie_jar.clear()
    await client.post("/api/chat", json={"text": "một", "id": "a"})
    assert len(assistant.heard) == 2


async def test_nothing_said_before_is_told_again_to_who_had_their_data_deleted() -> None:
    """But for the receipt itself."""
    repeated, ask = Repeated(), Asked(Status.ANSWERED, Status.ANSWERED, Status.ERASED)
    asked = [("an", "1"), ("ba", "1"), ("an", "2"), ("an", "2"), ("ba", "1"), ("an", "1")]
    assert [(await repeated.answer(*one, ask)).text for one in asked] == ["1", "2", "3", "3", "2", "4"]
