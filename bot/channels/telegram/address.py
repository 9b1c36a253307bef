"""Where an answer goes: a chat, in a group also the message it answers and the topic. Only this channel reads it."""

from __future__ import annotations

from dataclasses import dataclass

_NONE = "-"


@dataclass(frozen=True, slots=True)
class Address:
    """Written `111` for a private chat, `-1001:365` or `-1001:365:7` for a message of a group, and of its topic."""

    chat: int
    reply_to: int | None = None
    topic: int | None = None

    def __str__(self) -> str:
        parts = [str(self.chat)]
        if self.reply_to is not None or self.topic is not None:
            parts.append(_written(self.reply_to))
        if self.topic is not None:
            parts.append(_written(self.topic))
        return ":".join(parts)

    @classmethod
    def parse(cls, written: str) -> Address:
        """Reads what `str()` wrote. Raises ValueError for anything else."""
        chat, *rest = written.split(":")
        if len(rest) > 2:
            raise ValueError("an address has at most three parts")
        reply_to, topic = [None if part == _NONE else int(part) for part in rest] + [None] * (2 - len(rest))
        return cls(int(chat), reply_to, topic)


def _written(number: int | None) -> str:
    return _NONE if number is None else str(number)
