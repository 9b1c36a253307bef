"""How much waits to be answered on each channel, and how much may: beyond that its platform has to keep it for us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.operations.following import keep_looking
from bot.operations.jobs import Job
from bot.operations.metrics import Metrics
from bot.operations.times import now
from bot.store.inbox import Inbox

LOOK_SECONDS = 1.0


class Backlog:
    """As it was when it was looked at last, and what this process has put away since.

    Other processes on the same store may each put away a second's worth more.
    """

    def __init__(self, inbox: Inbox, most: int, metrics: Metrics, clock: Callable[[], datetime] = now) -> None:
        """`most`: for one channel; others go on when it is reached."""
        self._inbox = inbox
        self._most = most
        self._metrics = metrics
        self._clock = clock
        self._seen: Counter[str] = Counter()
        self._since: Counter[str] = Counter()
        self._on_the_way: Counter[str] = Counter()

    def is_full(self, channel: str) -> bool:
        return self._seen[channel] + self._since[channel] + self._on_the_way[channel] >= self._most

    async def counted(self, channel: str, putting_away: Awaitable[bool]) -> bool:
        """Whether it was new. Raises what it raises."""
        self._on_the_way[channel] += 1
        try:
            is_new = await putting_away
        finally:
            self._on_the_way[channel] -= 1
        self._since[channel] += is_new
        return is_new

    async def look(self) -> None:
        """Raises StoreError."""
        # What comes while it is being looked is counted twice at worst, until the next look.
        before = Counter(self._since)
        found = await self._inbox.unanswered()
        self._since -= before
        seen: Counter[str] = Counter()
        oldest: dict[str, datetime] = {}
        for one in found:
            seen[one.channel] += one.count
            oldest[one.channel] = min(one.oldest, oldest.get(one.channel, one.oldest))
        at = self._clock()
        for channel in seen.keys() | self._seen.keys():
            waited = at - oldest.get(channel, at)
            self._metrics.waiting.labels(channel).set(seen[channel])
            # A clock that is set back lets nobody wait for less than no time.
            self._metrics.oldest.labels(channel).set(max(waited.total_seconds(), 0))
        self._seen = seen

    async def watch(self) -> None:
        """Look every second, until cancelled."""
        await keep_looking("backlog", self.look, LOOK_SECONDS, self._metrics.done(Job.BACKLOG))
