"""What a store has in it, as far as one has to know before it is replaced."""

from __future__ import annotations

from dataclasses import dataclass

NEWEST = "select coalesce(max(at), '') from events"
OPEN = "select count(*) from inbox where closed is null"


@dataclass(frozen=True, slots=True)
class Held:
    """`rows`: in all tables that people's use fills; `newest`: when the newest event was, as a text in UTC, empty where
    there is none; `waiting`: messages that are not answered yet."""

    rows: int
    newest: str
    waiting: int
