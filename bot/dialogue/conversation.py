"""What is remembered between two messages of a person: choices offered and taken, never a word they wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.dialogue.guards import Allowance
from bot.dialogue.messages import Choice
from bot.dialogue.profile import NOBODY, Profile
from bot.dialogue.sharing import Brought
from bot.dialogue.survey import Asked

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of a conversation, and the person's profile, which outlives it.

    `waiting`: the other wishes of a message that named several. `asks`: what the person asked about it (fee …).
    `procedure`: the code spoken of last, or the one for which the agency is being asked; `agency`: the body that it was
    shown for. `others`: codes that may have been meant instead. `trail`: ids of the choices that lead back to what was
    shown, the newest last. `language`: the one detected. `judged`: whether it was asked already if the answers help.
    `urgent`: the danger (an intent) that the answer before was about. `asked`: the service asked about last. `brought`:
    by whose shared link the person came; it outlives the rest by some days. `allowance`: how much they may send still,
    for whichever process answers next.
    """

    profile: Profile = NOBODY
    choices: tuple[Choice, ...] = ()
    waiting: tuple[Choice, ...] = ()
    asks: tuple[str, ...] = ()
    procedure: str | None = None
    agency: str | None = None
    others: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    language: str | None = None
    judged: bool = False
    urgent: str | None = None
    asked: Asked | None = None
    brought: Brought | None = None
    allowance: Allowance | None = None
    updated_at: datetime = _EPOCH

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever said in it, or nothing of that is known any more."""
        return self.updated_at == _EPOCH

    def to_json(self) -> str:
        return json.dumps(
            {
                "profile": self.profile.to_fields(),
                "choices": [[choice.id, choice.label] for choice in self.choices],
                "waiting": [[choice.id, choice.label] for choice in self.waiting],
                "asks": list(self.asks),
                "procedure": self.procedure,
                "agency": self.agency,
                "others": list(self.others),
                "trail": list(self.trail),
                "language": self.language,
                "judged": self.judged,
                "urgent": self.urgent,
                "asked": None if self.asked is None else self.asked.to_fields(),
                "brought": None if self.brought is None else self.brought.to_fields(),
                "allowance": None if self.allowance is None else self.allowance.to_fields(),
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
                profile=Profile.from_fields(kept.get("profile")),
                choices=tuple(Choice(str(choice_id), str(label)) for choice_id, label in kept["choices"]),
                waiting=tuple(Choice(str(choice_id), str(label)) for choice_id, label in kept["waiting"]),
                asks=tuple(str(ask) for ask in kept["asks"]),
                procedure=_text(kept["procedure"]),
                agency=_text(kept.get("agency")),
                others=tuple(str(code) for code in kept.get("others", ())),
                trail=tuple(str(choice_id) for choice_id in kept.get("trail", ())),
                language=_text(kept.get("language")),
                judged=kept.get("judged") is True,
                urgent=_text(kept.get("urgent")),
                asked=Asked.from_fields(kept.get("asked")),
                brought=Brought.from_fields(kept.get("brought")),
                allowance=Allowance.from_fields(kept.get("allowance")),
                updated_at=datetime.fromisoformat(kept["updated_at"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls()

    def at(self, now: datetime, valid: timedelta) -> Conversation:
        """The conversation as it counts `now`: older than `valid`, only the profile is left of it, and when it was."""
        brought = None if self.brought is None or self.brought.is_over(now) else self.brought
        if now - self.updated_at <= valid:
            return self if brought == self.brought else replace(self, brought=brought)
        return Conversation(profile=self.profile, brought=brought, updated_at=self.updated_at)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
