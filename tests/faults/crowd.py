"""People who write on all channels at once for as long as a fault lasts, and what became of what they said."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace

import psycopg

from bot.store.opening import file_of
from tests.benchmarks.channel_figures import Figures, Said, judge
from tests.benchmarks.channel_load import Run
from tests.benchmarks.channel_platforms import PLATFORMS, Platform
from tests.fakes.failures import JsonObject
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_bot import FakeZaloBot
from tests.fakes.zalo_oa import FakeZaloOA
from tests.faults.process import Assistant
from tests.integration.channels.town import Town
from tests.log import lines_of

QUESTIONS = ("1.900001", "1.900003", "1.900005")
"""Each has one answer in the small catalogue, with a first line of its own."""
LOADS = {"telegram": 20.0, "zalo_oa": 20.0, "zalo_bot": 3.0}
"""Updates a second: a few more than two cores answer while they also play the platforms and start processes."""
SECONDS_OF_A_CALL = 0.02
"""What a platform takes to answer a call, so that some are under way at any moment."""
_AGAIN_SECONDS = (0.3,) * 400
"""A platform goes on for hours; here it is to be quick."""
_LOOK_SECONDS = 0.05
_SECONDS_OF_SILENCE = 20.0
"""When nothing moves any more: longer than the lease of a process that is gone."""
_SECONDS_AFTER_ALL = 3.0
"""When all is done with, and some of it was not answered: nothing comes any more."""
_PUT_AWAY = "select count(*) from inbox where channel like ?"
_OPEN = "select count(*) from inbox where closed is null and channel like ?"


@dataclass(slots=True)
class Channel:
    """What is said on one channel. `next_person`: nobody writes on two channels, and nobody comes twice."""

    platform: Platform
    run: Run
    next_person: int

    async def talk(self, per_second: float, stop: asyncio.Event) -> None:
        """Everybody asks each question, one after the other, evenly; new people come until `stop`."""
        people = max(1, round(per_second))
        clock = asyncio.get_running_loop().time
        due = clock()
        while not stop.is_set():
            first, self.next_person = self.next_person, self.next_person + people
            for turn in range(len(QUESTIONS)):
                for person in range(people):
                    due += 1 / per_second
                    await asyncio.sleep(max(0.0, due - clock()))
                    self.run.say(first + person, QUESTIONS[(person + turn) % len(QUESTIONS)])

    def expect(self, person: int, question: str) -> None:
        """What somebody else brings: it counts as acknowledged now."""
        said = Said(str(person), self.run.headings[question], asyncio.get_running_loop().time())
        self.run.said.append(said)

    def accepted(self) -> int:
        return sum(one.acked_at is not None for one in self.run.said)


@dataclass(slots=True)
class Crowd:
    """`urls`: where the processes are; each update goes to any of them. `database`: the address of their store."""

    town: Town
    urls: Sequence[str]
    database: str
    seed: int
    channels: dict[str, Channel] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    _sent_before: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)  # noqa: S311
        for number, (name, made) in enumerate(PLATFORMS.items(), 1):
            platform = made(self.town)
            anywhere = replace(platform, pauses=_AGAIN_SECONDS, push=self._anywhere(platform, chance))
            self.channels[name] = Channel(anywhere, Run(anywhere, self.headings), number * 10_000_000)
        # Nobody is refused for being quick: that is another test's.
        self.town.telegram.chats.enforce_rates = False

    def _anywhere(self, platform: Platform, chance: random.Random) -> Callable[[JsonObject, int], Awaitable[int]]:
        town = self.town
        fakes: dict[str, FakeTelegram | FakeZaloOA | FakeZaloBot] = {
            "telegram": town.telegram,
            "zalo_oa": town.zalo_oa,
            "zalo_bot": town.zalo_bot,
        }
        fake = fakes[platform.name]

        async def push(event: JsonObject, tries: int) -> int:
            fake.webhook_url = f"{chance.choice(self.urls)}/webhooks/{platform.path}"
            return await platform.push(event, tries)

        return push

    async def rehearse(self) -> None:
        """Learn the first line of each answer. Whoever asks now is not counted."""
        self.headings.update(dict.fromkeys(QUESTIONS, ""))
        telegram = self.channels["telegram"]
        for person, question in enumerate(QUESTIONS):
            telegram.run.say(person + 1, question)
        await self.until(lambda: len(telegram.platform.since(0)) >= len(QUESTIONS), 10.0)
        found = {message.person: message.heading for message in telegram.platform.since(0)}
        self.headings.update({question: found[str(person + 1)] for person, question in enumerate(QUESTIONS)})
        assert len(set(self.headings.values())) == len(QUESTIONS), self.headings
        telegram.run.said.clear()
        self._sent_before = {name: len(channel.platform.since(0)) for name, channel in self.channels.items()}

    async def settle(self, seconds: float = 120.0) -> float:
        """Until all is accepted, answered and done with, or nothing moves any more; after how many seconds."""
        clock = asyncio.get_running_loop().time
        began = moved_at = clock()
        state = (0, 0, 0)
        while clock() < began + seconds:
            accepted = sum(channel.accepted() for channel in self.channels.values())
            answered = sum(len(channel.platform.since(0)) for channel in self.channels.values())
            now = (accepted, answered, self.open_updates())
            if now != state:
                state, moved_at = now, clock()
            is_done = not now[2] and accepted == sum(len(channel.run.said) for channel in self.channels.values())
            if (is_done and self.missing() == 0) or clock() > moved_at + (
                _SECONDS_AFTER_ALL if is_done else _SECONDS_OF_SILENCE
            ):
                break
            await asyncio.sleep(_LOOK_SECONDS)
        return moved_at - began

    def missing(self) -> int:
        """How many were acknowledged and not answered so far."""
        return total(self.figures("").values(), "lost")

    def open_updates(self, channel: str = "%") -> int:
        """What is put away and not done with, on one channel or on all."""
        return self._asked(_OPEN, channel)

    def put_away(self) -> int:
        """How many updates ever came into the inbox of the store, but for those that are forgotten."""
        return self._asked(_PUT_AWAY, "%")

    def _asked(self, query: str, channel: str) -> int:
        file = file_of(self.database)
        if file is None:
            with psycopg.connect(self.database) as server:
                found = server.execute(query.replace("?", "%s"), [channel]).fetchone()
                return int(found[0]) if found else 0
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as database:
            return int(database.execute(query, [channel]).fetchone()[0])

    def figures(self, log: str) -> dict[str, Figures]:
        """By channel. `log`: says which parts were not sent again because they may have arrived."""
        known = set(self.headings.values())
        doubts = {(line["channel"], str(line["task"])) for line in lines_of(log) if line["event"] == "send_uncertain"}
        found = {}
        for name, channel in self.channels.items():
            people = {one.person for one in channel.run.said}
            sent = [one for one in channel.platform.since(self._sent_before[name]) if one.person in people]
            uncertain = sum(channel_of == name for channel_of, _ in doubts)
            found[name] = judge(channel.run.said, sent, known, 0.0, uncertain)
        return found

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(_LOOK_SECONDS)


@asynccontextmanager
async def crowd_at(
    town: Town, assistants: Sequence[Assistant], seed: int, database: str | None = None
) -> AsyncIterator[Crowd]:
    """The assistants are running, answers are known; at the end they are stopped. `database`: by default a file."""
    for fake in (town.telegram, town.zalo_oa, town.zalo_bot):
        fake.slow(SECONDS_OF_A_CALL)
    for assistant in assistants:
        assistant.start()
        await assistant.until_it_answers()
    crowd = Crowd(town, [one.url for one in assistants], database or f"sqlite:///{town.data}/mot-cua.sqlite", seed)
    await crowd.rehearse()
    yield crowd
    for assistant in assistants:
        await assistant.stop()


@asynccontextmanager
async def talking(crowd: Crowd, loads: Mapping[str, float] = LOADS) -> AsyncIterator[None]:
    """People write on each channel, so many things a second, until the end of the block; what is on its way goes on."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for name, per_second in loads.items():
            group.create_task(crowd.channels[name].talk(per_second, stop))
        try:
            yield
        finally:
            stop.set()


def log_of(assistants: Iterable[Assistant]) -> str:
    return "".join(assistant.log() for assistant in assistants)


def kept(figures: Mapping[str, Figures], doubled: int = 0, out_of_order: int = 0) -> str:
    """What is said in the table. AssertionError unless all that was acknowledged was answered once and in order, but
    for what may have arrived when a process died.

    `doubled`: how many may have come twice; `out_of_order`: before the answer to what the same person had said before.
    """
    for name, one in figures.items():
        assert one.accepted == one.updates, (name, one)
        assert one.lost <= one.uncertain, (name, one)
        assert one.strange == 0, (name, one)
    found = list(figures.values())
    assert total(found, "doubled") <= doubled, figures
    assert total(found, "out_of_order") <= out_of_order, figures
    return (
        f"acknowledged {total(found, 'accepted'):,}, lost {total(found, 'lost')} (documented: attempted, and nobody "
        f"knows whether it arrived), twice {total(found, 'doubled')}, out of order {total(found, 'out_of_order')}"
    )


def total(figures: Collection[Figures], name: str) -> int:
    """One count of all channels."""
    return sum(getattr(one, name) for one in figures)
