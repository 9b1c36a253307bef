"""Choice ids: short, ASCII, and untrusted when they come back. `parse` is the only way in, `str()` the only way out.

tt:1.001193            a procedure's card            le:having-a-child      a life event
tt:1.001193@H99.05     the same, for one agency      le:having-a-child:2    its second page
more:1.001193          a procedure's full name       start, start:2
hq:full-process        a help topic                  help, help:2
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_ID_CHARS = 64
"""The longest id a channel takes (Telegram: 64 bytes)."""

_CODE = r"[1-9]\.\d{6}"
_AGENCY = r"[A-Za-z0-9][A-Za-z0-9.\-]{0,31}"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+){0,7}"
_PAGE = r"[1-9]\d?"
_CARD = re.compile(rf"tt:({_CODE})(?:@({_AGENCY}))?", re.ASCII)
_FULL_NAME = re.compile(rf"more:({_CODE})", re.ASCII)
_LIFE_EVENT = re.compile(rf"le:({_SLUG})(?::({_PAGE}))?", re.ASCII)
_HELP_TOPIC = re.compile(rf"hq:({_SLUG})", re.ASCII)
_HELP = re.compile(rf"help(?::({_PAGE}))?", re.ASCII)
_START = re.compile(rf"start(?::({_PAGE}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class CardChoice:
    code: str
    agency: str | None = None

    def __str__(self) -> str:
        return f"tt:{self.code}" if self.agency is None else f"tt:{self.code}@{self.agency}"


@dataclass(frozen=True, slots=True)
class FullNameChoice:
    code: str

    def __str__(self) -> str:
        return f"more:{self.code}"


@dataclass(frozen=True, slots=True)
class LifeEventChoice:
    id: str
    page: int = 1

    def __str__(self) -> str:
        return f"le:{self.id}" if self.page == 1 else f"le:{self.id}:{self.page}"


@dataclass(frozen=True, slots=True)
class StartChoice:
    page: int = 1

    def __str__(self) -> str:
        return "start" if self.page == 1 else f"start:{self.page}"


@dataclass(frozen=True, slots=True)
class HelpChoice:
    page: int = 1

    def __str__(self) -> str:
        return "help" if self.page == 1 else f"help:{self.page}"


@dataclass(frozen=True, slots=True)
class HelpTopicChoice:
    id: str

    def __str__(self) -> str:
        return f"hq:{self.id}"


Target = CardChoice | FullNameChoice | LifeEventChoice | StartChoice | HelpChoice | HelpTopicChoice


def parse(choice_id: object) -> Target | None:
    """What an id stands for, or None where it is not written exactly as one of ours. Never raises."""
    if not isinstance(choice_id, str) or len(choice_id) > MAX_ID_CHARS:
        return None
    if match := _CARD.fullmatch(choice_id):
        return CardChoice(match[1], match[2])
    if match := _FULL_NAME.fullmatch(choice_id):
        return FullNameChoice(match[1])
    if match := _LIFE_EVENT.fullmatch(choice_id):
        return LifeEventChoice(match[1], int(match[2] or 1))
    if match := _START.fullmatch(choice_id):
        return StartChoice(int(match[1] or 1))
    if match := _HELP_TOPIC.fullmatch(choice_id):
        return HelpTopicChoice(match[1])
    if match := _HELP.fullmatch(choice_id):
        return HelpChoice(int(match[1] or 1))
    return None
