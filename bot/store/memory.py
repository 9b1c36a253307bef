"""A store that forgets with the process, and forgets the oldest first when it is full."""

from __future__ import annotations

from collections import OrderedDict, deque

from bot.store.interface import Event


class MemoryStore:
    def __init__(self, people: int = 10_000, events: int = 1_000) -> None:
        self._states: OrderedDict[str, str] = OrderedDict()
        self._events: deque[Event] = deque(maxlen=events)
        self._people = people

    async def conversation(self, person: str) -> str | None:
        return self._states.get(person)

    async def record(self, event: Event, state: str) -> None:
        self._states[event.person] = state
        self._states.move_to_end(event.person)
        if len(self._states) > self._people:
            self._states.popitem(last=False)
        self._events.appendleft(event)

    def forget(self, person: str) -> None:
        """Drop the person's state; events stay."""
        self._states.pop(person, None)

    async def recent_events(self, limit: int) -> tuple[Event, ...]:
        return tuple(self._events)[:limit]

    async def close(self) -> None:
        return None
