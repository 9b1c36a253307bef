"""People who write on all channels at once for as long as a fault lasts, and what became of what they said."""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import psycopg

from bot.store.opening import file_of
from tests.benchmarks.channel_figures import Figures, judge
from tests.benchmarks.channel_load import Run
from tests.benchmarks.channel_platforms import PLATFORMS, Platform
from tests.fakes.failures import JsonObject
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_bot import FakeZaloBot
from tests.fakes.zalo_oa import FakeZaloOA
from tests.integration.channels.town import Town

QUESTIONS = ("1.900001", "1.900003", "1.900005")
"""Each has one answer in the small catalogue, with a first line of its own."""
_AGAIN_SECONDS = (0.3,) * 400
"""A platform goes on for hours; here it is to be quick."""
_LOOK_SECONDS = 0.05
_SECONDS_OF_SILENCE = 20.0
"""When nothing moves any more: longer than the lease of a process that is gone."""
_SECONDS_AFTER_ALL = 3.0
"""When all is done with, and some of it was not answered: nothing comes any more."""
_UNCERTAIN = re.compile(r"send_uncertain: channel=(\w+) task=(-?\d+) part=(\d+)")
_OPEN = "select count(*) from inbox where closed is null"


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
        await self._until(lambda: len(telegram.platform.since(0)) >= len(QUESTIONS), 10.0)
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
            if (is_done and self._missing() == 0) or clock() > moved_at + (
                _SECONDS_AFTER_ALL if is_done else _SECONDS_OF_SILENCE
            ):
                break
            await asyncio.sleep(_LOOK_SECONDS)
        return moved_at - began

    def _missing(self) -> int:
        return total(self.figures("").values(), "lost")

    def open_updates(self) -> int:
        """What is put away and not done with."""
        file = file_of(self.database)
        if file is None:
            with psycopg.connect(self.database) as server:
                found = server.execute(_OPEN).fetchone()
                return int(found[0]) if found else 0
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as database:
            return int(database.execute(_OPEN).fetchone()[0])

    def figures(self, log: str) -> dict[str, Figures]:
        """By channel. `log`: says which parts were not sent again because they may have arrived."""
        known = set(self.headings.values())
        doubts = {found.groups() for found in _UNCERTAIN.finditer(log)}
        return {
            name: judge(
                channel.run.said,
                channel.platform.since(self._sent_before[name]),
                known,
                0.0,
                sum(channel_of == name for channel_of, _, _ in doubts),
            )
            for name, channel in self.channels.items()
        }

    async def _until(self, condition: Callable[[], bool], seconds: float) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(_LOOK_SECONDS)


def total(figures: Collection[Figures], name: str) -> int:
    """One count of all channels."""
    return sum(getattr(one, name) for one in figures)
