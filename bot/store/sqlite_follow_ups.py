"""Follow-ups in SQLite."""

from __future__ import annotations

from datetime import datetime

from bot.ratings.model import Subject
from bot.store.follow_ups import FollowUp
from bot.store.lanes import Readers, Writer


class SqliteFollowUps:
    """`bot.store.follow_ups.FollowUps` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def opened(self, person: str, subject: Subject, channel: str, at: datetime, due_at: datetime | None) -> None:
        raise NotImplementedError

    async def due(self, now: datetime, limit: int) -> tuple[FollowUp, ...]:
        raise NotImplementedError

    async def put_off(self, follow_up: int, until: datetime) -> None:
        raise NotImplementedError

    async def end(self, follow_up: int, how: str) -> None:
        raise NotImplementedError
