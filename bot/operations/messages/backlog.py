"""How much waits to be answered on each channel, and how much may: beyond that its platform has to keep it for us."""

from __future__ import annotations

from collections import Counter

from bot.operations.following import keep_looking
from bot.operations.metrics import Metrics
from bot.store.inbox import Inbox

LOOK_SECONDS = 1.0


class Backlog:
    """As it was when it was looked at last, and what this process has put away since.

    Other processes on the same store may each put away a second's worth more.
    """

    def __init__(self, inbox: Inbox, most: int, metrics: Metrics) -> None:
        """`most`: for one channel; others go on when it is reached."""
        self._inbox = inbox
        self._most = most
        self._metrics = metrics
        self._waiting: Counter[str] = Counter()

    def is_full(self, channel: str) -> bool:
        return self._waiting[channel] >= self._most

    def add(self, channel: str) -> None:
        """One more has been put away."""
        self._waiting[channel] += 1

    async def look(self) -> None:
        """Raises StoreError."""
        waiting = Counter(await self._inbox.unanswered())
        for channel in waiting.keys() | self._waiting.keys():
            self._metrics.waiting.labels(channel).set(waiting[channel])
        self._waiting = waiting

    async def watch(self) -> None:
        """Look every second, until cancelled."""
        await keep_looking("backlog", self.look, LOOK_SECONDS)
