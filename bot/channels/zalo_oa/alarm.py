"""What an administrator has to see: one line in the log under a fixed name, once an hour at most."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.operations.messages.receiving import Clock

_log = structlog.get_logger(__name__)
NAME = "zalo_needs_administrator"
_SILENCE = timedelta(hours=1)


class Alarm:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._raised_at: datetime | None = None

    def raise_for(self, reason: str) -> None:
        """`reason`: a sentence without a token, without anybody's id."""
        now = self._clock()
        if self._raised_at is None or now - self._raised_at >= _SILENCE:
            self._raised_at = now
            _log.error(NAME, reason=reason)
