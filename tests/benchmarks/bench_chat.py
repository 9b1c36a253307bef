"""`make bench-chat`: how many messages a second the whole assistant answers, and where the time of a turn goes.

The conversations of tests/conversations are said by many people, on a real SQLite file in a folder of its own: read,
searched, answered and stored. First one message after the other, then by 32 people who never pause (how many messages
pass), then by 32 people who together send half as many as the floor asks for (how long each waits).

Usage: python -m tests.benchmarks.bench_chat [--messages N] [--profile]
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

from bot.app.answering import make_handlers
from bot.dialogue.messages import Incoming
from bot.dialogue.router import Assistant
from bot.dialogue.rules import Rules
from bot.operations.log_setup import set_up_log, shape_at_first
from bot.operations.retention import keeping_of
from bot.search.engine import SearchEngine
from bot.search.language import Language
from bot.search.model import SearchResult
from bot.store.interface import Overtaken, Record
from bot.store.resilient import ResilientStore
from bot.store.sqlite.store import SqliteStore
from tests.conversations.script import Conversation, read, scripts
from tests.conversations.stage import SITE, House, build_house
from tests.unit.handlers.example import FileFree

LEAST_PER_SECOND = 400
"""Messages a second that one core must answer."""
MOST_MILLISECONDS = 25.0
"""Within which 99 of 100 turns must end."""
PEOPLE = 32
_WARM_UP = 200
_Result = TypeVar("_Result")


@dataclass(slots=True)
class Spent:
    """Seconds by part, over all turns since `clear`."""

    search: float = 0.0
    store: float = 0.0
    turns: list[float] = field(default_factory=list)

    def clear(self) -> None:
        self.search = self.store = 0.0
        self.turns.clear()


@dataclass(frozen=True, slots=True)
class TimedEngine:
    """The search engine, with its time added up."""

    engine: SearchEngine
    spent: Spent

    def search(self, text: str, language: Language = "vi") -> SearchResult:
        return self._timed(lambda: self.engine.search(text, language))

    def help_topic(self, text: str, language: Language = "vi") -> str | None:
        return self._timed(lambda: self.engine.help_topic(text, language))

    def language(self, text: str) -> Language | None:
        return self._timed(lambda: self.engine.language(text))

    def _timed(self, work: Callable[[], _Result]) -> _Result:
        start = time.perf_counter()
        try:
            return work()
        finally:
            self.spent.search += time.perf_counter() - start


class TimedStore(ResilientStore):
    """The store as it is served, with the time that turns wait for it added up."""

    def __init__(self, primary: SqliteStore, spent: Spent) -> None:
        super().__init__(primary)
        self._spent = spent

    async def conversation(self, person: str) -> str | None:
        start = time.perf_counter()
        try:
            return await super().conversation(person)
        finally:
            self._spent.store += time.perf_counter() - start

    async def record(self, record: Record) -> Overtaken | None:
        start = time.perf_counter()
        try:
            return await super().record(record)
        finally:
            self._spent.store += time.perf_counter() - start


def said(conversations: Sequence[Conversation], person: str) -> list[Incoming]:
    """What is said and tapped in the conversations, one after the other, by one person."""
    steps = [step for conversation in conversations for step in conversation.steps if step.is_said]
    return [Incoming("bench", person, text=step.text, choice=step.tap) for step in steps]


async def say(assistant: Assistant, spent: Spent, messages: Sequence[Incoming], pause: float = 0.0) -> None:
    """One after the other; with `pause`, one every so many seconds, or at once where the answer took longer."""
    due = time.perf_counter()
    for incoming in messages:
        start = time.perf_counter()
        await assistant.answer(incoming)
        spent.turns.append(time.perf_counter() - start)
        due += pause
        if pause:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def say_at_once(assistant: Assistant, spent: Spent, people: Sequence[Sequence[Incoming]], rate: float) -> None:
    """All people at once, `rate` messages a second together, evenly; 0 for as many as there can be."""
    step = 1 / rate if rate else 0.0

    async def one(number: int, messages: Sequence[Incoming]) -> None:
        await asyncio.sleep(number * step)
        await say(assistant, spent, messages, step * len(people))

    await asyncio.gather(*(one(number, messages) for number, messages in enumerate(people)))


def waited(spent: Spent) -> tuple[str, bool]:
    """The time of a whole turn in words, and whether it is short enough."""
    ordered = sorted(spent.turns)
    middle, last = ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.99)] * 1000
    verdict = "holds" if last <= MOST_MILLISECONDS else "BELOW THE FLOOR"
    return (
        f"turn p50 {middle:.2f} ms, p99 {last:.2f} ms (at most {MOST_MILLISECONDS:.0f}): {verdict}",
        last <= MOST_MILLISECONDS,
    )


def passed(spent: Spent, processor: float) -> tuple[str, bool]:
    """The messages a second of processor time in words, and whether they are enough."""
    rate = len(spent.turns) / processor
    verdict = "holds" if rate >= LEAST_PER_SECOND else "BELOW THE FLOOR"
    return f"{rate:.0f} messages/s on one core (at least {LEAST_PER_SECOND}): {verdict}", rate >= LEAST_PER_SECOND


def show(name: str, *figures: tuple[str, bool]) -> bool:
    """Print one run; whether all its figures hold."""
    print(f"{name}:")
    for text, _ in figures:
        print(f"  {text}")
    return all(holds for _, holds in figures)


def split(spent: Spent) -> None:
    """Where a turn's time goes; only where one turn ends before the next begins do the parts add up."""
    whole, count = sum(spent.turns), len(spent.turns)
    parts = {"search": spent.search, "store": spent.store, "handler, router": whole - spent.search - spent.store}
    shares = (f"{part} {share / count * 1000:.2f} ms ({share / whole:.0%})" for part, share in parts.items())
    print(f"  a turn on average: {', '.join(shares)}")


async def measure(house: House, folder: Path, total: int, profile: cProfile.Profile | None) -> bool:
    conversations = [conversation for path in scripts() for conversation in read(path).conversations]
    spent = Spent()
    settings = FileFree()
    store = TimedStore(await SqliteStore.open(folder / "bench.sqlite"), spent)
    rules = Rules(b"a key for measuring and nothing else", settings.max_message_chars, keeping_of(settings), SITE)
    engine = TimedEngine(house.engine, spent)
    assistant = Assistant(house.guide, engine, store, make_handlers(settings), house.languages, rules)
    everything = said(conversations, "")
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{len(conversations)} conversations, {len(everything)} messages in them; load {load:.1f} on {cores} cores")

    def by(person: str, count: int, first: int = 0) -> list[Incoming]:
        return [
            Incoming("bench", f"{person}-{number // 20}", text=m.text, choice=m.choice)
            for number, m in enumerate(islice(cycle(everything), first, first + count))
        ]

    await say(assistant, spent, by("warm", _WARM_UP))
    spent.clear()
    messages = by("alone", total)
    worked = time.process_time()
    if profile is not None:
        profile.enable()
    await say(assistant, spent, messages)
    if profile is not None:
        profile.disable()
    held = [show(f"one after the other, {total} messages", passed(spent, time.process_time() - worked), waited(spent))]
    split(spent)

    share = total // PEOPLE
    people = [by(f"person {number}", share, number * share) for number in range(PEOPLE)]
    spent.clear()
    worked = time.process_time()
    await say_at_once(assistant, spent, people, rate=0)
    held.append(show(f"{PEOPLE} people at once, without a pause", passed(spent, time.process_time() - worked)))
    spent.clear()
    await say_at_once(assistant, spent, [messages[: share // 2] for messages in people], rate=LEAST_PER_SECOND / 2)
    held.append(show(f"{PEOPLE} people at once, {LEAST_PER_SECOND // 2} messages/s together", waited(spent)))
    await store.close()
    return all(held)


def main(arguments: Sequence[str] | None = None) -> int:
    set_up_log(shape_at_first())
    parser = argparse.ArgumentParser(description="Measures whole turns: messages a second, and where the time goes.")
    parser.add_argument("--messages", type=int, default=3200, help="messages in each of the two runs")
    parser.add_argument("--profile", action="store_true", help="print the functions that take most of the time")
    options = parser.parse_args(arguments)
    profile = cProfile.Profile() if options.profile else None
    house = build_house()
    with tempfile.TemporaryDirectory() as folder:
        holds = asyncio.run(measure(house, Path(folder), options.messages, profile))
    if profile is not None:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
