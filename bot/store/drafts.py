"""Lists that were read and not yet published: what was read, and what people have decided about it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.catalog.imports.kept import Content
from bot.catalog.imports.model import Answer
from bot.catalog.imports.own_files import OwnPart
from bot.store.staff import Act


class DraftState(StrEnum):
    OPEN = "open"
    PUBLISHED = "published"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Draft:
    """`number`: given by the store. `whole`: the files are the whole list, so that what they lack is gone from it.

    `part`: what of a catalogue in our own format it takes over; None: a list that was read.
    """

    number: int
    state: DraftState
    files: tuple[str, ...]
    whole: bool
    by: str
    at: datetime
    part: OwnPart | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    answer: Answer
    by: str
    at: datetime
    reason: str


class Drafts(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def add(self, draft: Draft, content: Content, act: Act) -> int:
        """Its number."""
        ...

    async def listed(self) -> tuple[Draft, ...]:
        """The newest first."""
        ...

    async def draft(self, number: int) -> tuple[Draft, Content] | None: ...

    async def decisions(self, number: int) -> Mapping[str, Decided]:
        """By the finding's id."""
        ...

    async def decide(self, number: int, answers: Mapping[str, Answer], act: Act) -> bool:
        """Keep the answers, with one line in the log for all of them; False where the draft is not open.

        An answer that only asks takes back the one that was given.
        """
        ...

    async def close(self, number: int, state: DraftState, act: Act) -> bool:
        """False where the draft is not open."""
        ...

    async def reopen(self, number: int, act: Act) -> bool:
        """Go on with a draft that was closed, answers and all; False where it is open, or there is none."""
        ...
