"""Who was told something a moment ago, and need not be told again."""

from __future__ import annotations

from datetime import datetime, timedelta

_LATELY = timedelta(minutes=1)
_MOST_PEOPLE = 10_000


class ToldLately:
    """In the memory of this process."""

    def __init__(self) -> None:
        self._told: dict[str, datetime] = {}

    def is_news(self, person: str, now: datetime) -> bool:
        """Whether they were not told within the last minute; from now on they have been."""
        if now - self._told.get(person, now - _LATELY) < _LATELY:
            return False
        if len(self._told) >= _MOST_PEOPLE:
            self._told.clear()
        self._told[person] = now
        return True
