from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.messages.pacing import PACES, Pace, Pacer, Priority, pace_of
from tests.unit.virtual_time import now, run

ANSWER, FOLLOW_UP = Priority.ANSWER, Priority.FOLLOW_UP
Said = list[tuple[str, float]]


class Talk:
    """What went to whom, and when."""

    def __init__(self, pacer: Pacer) -> None:
        self.pacer = pacer
        self.said: Said = []

    def send(self, name: str, priority: Priority = ANSWER) -> asyncio.Task[None]:
        """`name`: the address, and behind a dot which message to it."""
        return asyncio.create_task(self._send(name, priority))

    async def _send(self, name: str, priority: Priority) -> None:
        await self.pacer.wait(name.partition(".")[0], priority)
        self.said.append((name, now()))


def talk(per_second: float, at_once: int, apart: float, play: Callable[[Talk], Coroutine[Any, Any, object]]) -> Said:
    """What goes out while `play` is on."""

    async def stage() -> Said:
        spoken = Talk(Pacer(Pace(per_second, apart, at_once)))
        await play(spoken)
        return spoken.said

    return run(stage())


def test_the_first_one_does_not_wait() -> None:
    async def play(spoken: Talk) -> None:
        await spoken.send("an")

    assert talk(1, 1, 1, play) == [("an", 0)]


def test_so_many_a_second() -> None:
    async def play(spoken: Talk) -> None:
        await asyncio.gather(*map(spoken.send, "abcd"))

    assert talk(2, 1, 0, play) == [("a", 0), ("b", 0.5), ("c", 1), ("d", 1.5)]


def test_two_processes_take_half_of_the_pace_each() -> None:
    async def play(spoken: Talk) -> None:
        spoken.pacer.share(2)
        await asyncio.sleep(1)
        sending = [spoken.send(name) for name in "abcde"]
        await asyncio.sleep(2.75)
        # The other has gone.
        spoken.pacer.share(1)
        await asyncio.gather(*sending)

    assert talk(2, 1, 0, play) == [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 4.25)]


@given(st.lists(st.tuples(st.integers(1, 8), st.floats(0, 3)), min_size=1, max_size=6))
def test_however_many_come_and_go_they_keep_the_pace_together(changes: list[tuple[int, float]]) -> None:
    """All are told at the same moment, and each may have one on its way then: that is the whole of what is too much."""
    per_second, most = 4, 8

    async def play() -> list[float]:
        pacers = [Pacer(Pace(per_second, apart=0, at_once=1)) for _ in range(most)]
        went: list[float] = []

        async def speak(pacer: Pacer) -> None:
            while True:
                await pacer.wait("an", ANSWER)
                went.append(now())

        for count, seconds in changes:
            speaking = [asyncio.create_task(speak(pacer)) for pacer in pacers[:count]]
            for pacer in pacers:
                pacer.share(count)
            await asyncio.sleep(seconds)
            for task in speaking:
                task.cancel()
            await asyncio.gather(*speaking, return_exceptions=True)
        return went

    went = run(play())
    lasted = sum(seconds for _, seconds in changes)
    assert len(went) <= per_second * lasted + sum(count for count, _ in changes) + len(changes)


def test_after_a_quiet_time_a_few_go_at_once() -> None:
    async def play(spoken: Talk) -> None:
        await asyncio.gather(*map(spoken.send, "abcd"))
        await asyncio.sleep(10)
        await asyncio.gather(*map(spoken.send, "efg"))

    expected = [("a", 0), ("b", 0), ("c", 0.5), ("d", 1), ("e", 11), ("f", 11), ("g", 11.5)]
    assert talk(2, 2, 0, play) == expected


def test_a_pause_between_two_to_one_address() -> None:
    async def play(spoken: Talk) -> None:
        await asyncio.gather(*map(spoken.send, ("an.1", "an.2", "an.3")))

    assert talk(100, 1, 1, play) == [("an.1", 0), ("an.2", 1), ("an.3", 2)]


def test_who_has_to_pause_holds_up_nobody_else() -> None:
    async def play(spoken: Talk) -> None:
        await asyncio.gather(*map(spoken.send, ("an.1", "an.2", "binh", "chi")))

    assert talk(10, 1, 1, play) == [("an.1", 0), ("binh", 0.1), ("chi", 0.2), ("an.2", 1)]


def test_who_comes_while_another_pauses_goes_at_once() -> None:
    async def play(spoken: Talk) -> None:
        sent = [spoken.send("an.1"), spoken.send("an.2")]
        await asyncio.sleep(0.5)
        await asyncio.gather(spoken.send("binh"), *sent)

    assert talk(10, 1, 1, play) == [("an.1", 0), ("binh", 0.5), ("an.2", 1)]


def test_answers_go_before_follow_ups_each_in_their_order() -> None:
    async def play(spoken: Talk) -> None:
        sent = [spoken.send(name, FOLLOW_UP) for name in "abc"]
        await asyncio.sleep(0.5)
        await asyncio.gather(*map(spoken.send, "xyz"), *sent)

    assert talk(1, 1, 0, play) == [("a", 0), ("x", 1), ("y", 2), ("z", 3), ("b", 4), ("c", 5)]


def test_a_platform_that_asks_to_wait_is_obeyed() -> None:
    async def play(spoken: Talk) -> None:
        await spoken.send("a")
        spoken.pacer.hold(7)
        spoken.pacer.hold(3)
        await asyncio.gather(*map(spoken.send, "bc"))

    assert talk(10, 1, 0, play) == [("a", 0), ("b", 7), ("c", 7.1)]


def test_it_is_obeyed_by_those_who_wait_already() -> None:
    async def play(spoken: Talk) -> None:
        sent = [*map(spoken.send, ("an.1", "binh", "an.2"))]
        await asyncio.sleep(0.5)
        spoken.pacer.hold(5)
        await asyncio.gather(*sent)

    assert talk(1, 1, 1, play) == [("an.1", 0), ("binh", 5.5), ("an.2", 6.5)]


def test_after_a_wait_the_pause_for_one_address_still_holds() -> None:
    async def play(spoken: Talk) -> None:
        spoken.pacer.hold(10)
        await spoken.send("an.1")
        await asyncio.gather(spoken.send("an.2"), spoken.send("binh"))

    assert talk(10, 1, 1, play) == [("an.1", 10), ("binh", 10.1), ("an.2", 11)]


def test_whoever_gives_up_takes_nobodys_turn() -> None:
    async def play(spoken: Talk) -> None:
        first, impatient, last = map(spoken.send, "abc")
        await asyncio.sleep(0.5)
        impatient.cancel()
        await asyncio.gather(first, last)

    assert talk(1, 1, 0, play) == [("a", 0), ("c", 1)]


def test_whoever_gives_up_when_it_is_their_turn_takes_nobodys_turn() -> None:
    async def play(spoken: Talk) -> None:
        impatient = spoken.send("an.1")
        while not spoken.pacer._free_at:  # until it is let go, and before it knows
            await asyncio.sleep(0)
        impatient.cancel()
        await spoken.send("an.2")

    [(name, at)] = talk(0.01, 1, 60, play)
    assert (name, at) == ("an.2", 0)


def test_whoever_gives_up_at_once_harms_nobody() -> None:
    async def play(spoken: Talk) -> None:
        impatient = spoken.send("an.1")
        await asyncio.sleep(0)
        impatient.cancel()
        await spoken.send("an.2")

    assert talk(1, 1, 1, play) == [("an.2", 0)]


def test_nothing_is_left_when_all_have_given_up() -> None:
    async def play(spoken: Talk) -> None:
        await spoken.send("an.1")
        impatient = spoken.send("an.2")
        await asyncio.sleep(1)
        impatient.cancel()
        await asyncio.sleep(1)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert spoken.pacer._waiters == []
        await spoken.send("an.3")

    assert talk(10, 1, 60, play) == [("an.1", 0), ("an.3", 60)]


def test_addresses_are_forgotten() -> None:
    async def play(spoken: Talk) -> None:
        for number in range(1000):
            await spoken.send(str(number))
        assert len(spoken.pacer._free_at) <= 2 * 10 + 1

    assert len(talk(10, 1, 2, play)) == 1000


LATER = st.sampled_from([0.0, 0.1, 3.0])
MESSAGES = st.tuples(st.sampled_from("abc"), st.sampled_from([ANSWER, FOLLOW_UP]), LATER, st.none() | LATER)
"""To whom, how urgent, how long after the one before, and after how long it is given up, if so."""


@given(st.integers(1, 5), st.integers(1, 3), st.sampled_from([0.0, 0.5, 2.0]), st.lists(MESSAGES, max_size=15), LATER)
def test_no_limit_is_passed_and_nobody_is_left(
    per_second: int, at_once: int, apart: float, sent: list[tuple[str, Priority, float, float | None]], held: float
) -> None:
    async def play(spoken: Talk) -> None:
        tasks = []
        for number, (address, priority, later, given_up) in enumerate(sent):
            await asyncio.sleep(later)
            tasks.append(spoken.send(f"{address}.{number}", priority))
            if given_up is not None:
                asyncio.get_running_loop().call_later(given_up, tasks[-1].cancel)
            if number == 5:
                spoken.pacer.hold(held)
        await asyncio.gather(*tasks, return_exceptions=True)

    said = talk(per_second, at_once, apart, play)
    patient = {f"{sent[number][0]}.{number}" for number in range(len(sent)) if sent[number][3] is None}
    assert patient - {name for name, _ in said} == set()
    times = [at for _, at in said]
    for begin, start in enumerate(times):
        for end, stop in enumerate(times[begin:], start=begin):
            assert end - begin + 1 <= at_once + (stop - start) * per_second + 0.05
    for address in "abc":
        own = [at for name, at in said if name.startswith(address)]
        assert [late for early, late in pairwise(own) if late - early < apart - 0.01] == []


def test_each_messenger_has_its_pace() -> None:
    assert sorted(PACES) == ["telegram", "zalo_bot", "zalo_oa"]
    assert [pace_of(name) for name in PACES] == list(PACES.values())
    with pytest.raises(KeyError):
        pace_of("web")
