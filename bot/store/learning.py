"""What the search could not find, and the words that staff teach it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.store.staff import Act


@dataclass(frozen=True, slots=True)
class UnfoundGroup:
    """Searches that are the same but for marks and case. `words`: as written last; `last`: the day of the last."""

    folded: str
    words: str
    not_found: int
    unhelpful: int
    last: date


@dataclass(frozen=True, slots=True)
class TaughtAlias:
    """Words that people use for a procedure, as a member of staff has said."""

    phrase: str
    code: str
    by: str
    at: datetime


class Learning(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def unfound(self, first: date, last: date, limit: int) -> tuple[UnfoundGroup, ...]:
        """The most frequent first."""
        ...

    async def aliases(self) -> tuple[TaughtAlias, ...]:
        """All that hold, in the order in which they were added."""
        ...

    async def version(self) -> int:
        """A number that grows with every change of the aliases."""
        ...

    async def teach(self, alias: TaughtAlias, act: Act) -> bool:
        """Keep the alias, with a line in the log; False, and nothing is changed, where its phrase is taken."""
        ...

    async def unteach(self, phrase: str, act: Act) -> TaughtAlias | None:
        """Take the alias away, with a line in the log; what it was, or None where there is none."""
        ...
