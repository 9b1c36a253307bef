"""What is remembered between two messages of a person: the choices offered, never a word they wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.dialogue.messages import Choice

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Conversation:
    """`waiting`: the other wishes of a message that named several. `asks`: what the person asked about it (fee …).
    `procedure`: the code spoken of last, or the one for which the agency is being asked."""

    choices: tuple[Choice, ...] = ()
    waiting: tuple[Choice, ...] = ()
    asks: tuple[str, ...] = ()
    procedure: str | None = None
    updated_at: datetime = _EPOCH

    def to_json(self) -> str:
        return json.dumps(
            {
                "choices": [[choice.id, choice.label] for choice in self.choices],
                "waiting": [[choice.id, choice.label] for choice in self.waiting],
                "asks": list(self.asks),
                "procedure": self.procedure,
                "updated_at": self.updated_at.isoformat(),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str | None) -> Conversation:
        """What was kept; an empty conversation where nothing was, or where it cannot be read."""
        if text is None:
            return cls()
        try:
            kept = json.loads(text)
            return cls(
                choices=tuple(Choice(str(choice_id), str(label)) for choice_id, label in kept["choices"]),
                waiting=tuple(Choice(str(choice_id), str(label)) for choice_id, label in kept["waiting"]),
                asks=tuple(str(ask) for ask in kept["asks"]),
                procedure=None if kept["procedure"] is None else str(kept["procedure"]),
                updated_at=datetime.fromisoformat(kept["updated_at"]),
            )
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls()

    def at(self, now: datetime, valid: timedelta) -> Conversation:
        """The conversation as it counts `now`: older than `valid`, it is forgotten."""
        return self if now - self.updated_at <= valid else Conversation()
