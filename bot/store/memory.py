"""A store that forgets with the process, and forgets the oldest first when it is full."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import replace
from datetime import datetime

from bot.errors import StoreError
from bot.store.erasing import Deleted
from bot.store.inbox import Inbox
from bot.store.interface import Cutoffs, Event, Helpfulness, Overtaken, Record
from bot.store.memory_inbox import MemoryInbox, MemoryRegistry
from bot.store.memory_processes import MemoryProcesses
from bot.store.no_office import no_office
from bot.store.office import Office
from bot.store.processes import Processes
from bot.store.registry import Registry


class MemoryStore:
    """`is_first`: in the place of a store that could not be opened; another one may stand beside it."""

    def __init__(
        self,
        people: int = 10_000,
        events: int = 1_000,
        registry: Registry | None = None,
        processes: Processes | None = None,
        *,
        is_first: bool = False,
    ) -> None:
        self._states: OrderedDict[str, tuple[datetime, str]] = OrderedDict()
        self._events: deque[Event] = deque(maxlen=events)
        self._opinions: deque[Helpfulness] = deque(maxlen=events)
        self._told: OrderedDict[tuple[str, str], tuple[datetime, str]] = OrderedDict()
        self._people = people
        self._is_first = is_first
        self._inbox = MemoryInbox(is_first=is_first)
        self._registry = registry or MemoryRegistry()
        self._office = no_office()
        self._processes = processes or MemoryProcesses(self._inbox)

    @property
    def inbox(self) -> Inbox:
        return self._inbox

    @property
    def registry(self) -> Registry:
        return self._registry

    async def conversation(self, person: str) -> str | None:
        kept = self._states.get(person)
        return None if kept is None else kept[1]

    @property
    def office(self) -> Office:
        return self._office

    @property
    def processes(self) -> Processes:
        return self._processes

    async def record(self, record: Record) -> Overtaken | None:
        """Raises StoreError for what belongs to the office."""
        if record.survey is not None or record.stale is not None:
            raise StoreError("a rating, or that something is old, is not kept in memory")
        event = record.event
        if (overtaken := self._overtaken(record)) is not None:
            return overtaken
        if record.told is not None:
            self._told[event.person, record.told.message] = (event.at, record.told.reply)
            if len(self._told) > self._people:
                self._told.popitem(last=False)
        if record.answered is not None:
            await self._inbox.keep_reply(record.answered.task, record.answered.reply)
        if record.state is not None:
            self._states[event.person] = (event.at, record.state)
            self._states.move_to_end(event.person)
        if len(self._states) > self._people:
            self._states.popitem(last=False)
        self._events.appendleft(event)
        if record.helpfulness is not None:
            self._opinions.appendleft(record.helpfulness)
        return None

    def _overtaken(self, record: Record) -> Overtaken | None:
        person = record.event.person
        if record.told is not None and (told := self._told.get((person, record.told.message))) is not None:
            return Overtaken(told[1])
        if record.state is None or record.since is None:
            return None
        kept = self._states.get(person)
        return None if record.since.state == (None if kept is None else kept[1]) else Overtaken(None)

    def drop(self, person: str) -> None:
        """Drop the person's state; events stay."""
        self._states.pop(person, None)

    def remembers(self, person: str) -> bool:
        """Whether there is a state of theirs."""
        return person in self._states

    async def erase(self, person: str, at: datetime) -> Deleted:  # noqa: ARG002 - no backup is made of it
        """Raises StoreError in the place of a store that could not be opened: there all of it is still."""
        told = OrderedDict((key, told) for key, told in self._told.items() if key[0] != person)
        deleted = Deleted(
            remembered=int(self.remembers(person)) + len(self._told) - len(told),
            accounts=int(self._inbox.drop_contact(person)),
            uses=[*(e.person for e in self._events), *(o.person for o in self._opinions)].count(person),
        )
        self.drop(person)
        self._told = told
        events = [replace(event, person="") if event.person == person else event for event in self._events]
        opinions = [replace(said, person="") if said.person == person else said for said in self._opinions]
        self._events = deque(events, self._events.maxlen)
        self._opinions = deque(opinions, self._opinions.maxlen)
        if self._is_first:
            raise StoreError("the store could not be opened: what it holds is not deleted")
        return deleted

    async def forget(self, before: Cutoffs) -> int:
        held = len(self._states) + len(self._events) + len(self._opinions)
        self._states = OrderedDict((p, kept) for p, kept in self._states.items() if kept[0] >= before.states)
        self._events = deque((e for e in self._events if e.at >= before.events), self._events.maxlen)
        self._opinions = deque((o for o in self._opinions if o.at >= before.events), self._opinions.maxlen)
        gone = held - len(self._states) - len(self._events) - len(self._opinions)
        return gone + self._inbox.forget(before.contacts, before.keys)

    async def forget_told(self, before: datetime) -> None:
        self._told = OrderedDict((key, told) for key, told in self._told.items() if told[0] >= before)

    async def let_go(self) -> None:
        """There is no file."""

    async def recent_helpfulness(self, limit: int) -> tuple[Helpfulness, ...]:
        return tuple(self._opinions)[:limit]

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        return tuple(self._events)[:limit]

    async def close(self) -> None:
        return None
