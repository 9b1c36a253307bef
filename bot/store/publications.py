"""Published catalogues: immutable, whole, each with who published it, by what decision, and from which day it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.store.staff import Act


class PublicationKind(StrEnum):
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    """An older catalogue that was put back in force."""


class PublicationState(StrEnum):
    IN_FORCE = "in_force"
    WAITING = "waiting"
    """For its day."""
    WITHDRAWN = "withdrawn"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Publication:
    """`number` rises by one. `version`: of the catalogue (see `bot.catalog.load.version_of`). `since`: the first day,
    in Vietnam, on which it holds. `decision`: its number ("12/QĐ-UBND") and `decided_on` its day; None where there is
    none, as for corrections. `withdrawn`: taken back before it came into force.

    In force on a day is the one with the highest number among those that hold by then and are not withdrawn.
    """

    number: int
    version: str
    kind: PublicationKind
    since: date
    decision: str
    decided_on: date | None
    by: str
    at: datetime
    reason: str
    withdrawn: bool = False

    def waits(self, day: date) -> bool:
        """Whether it is still to come into force on that day."""
        return self.since > day and not self.withdrawn

    def state(self, current: Publication | None, day: date) -> PublicationState:
        """On that day, when `current` is in force."""
        if self.withdrawn:
            return PublicationState.WITHDRAWN
        if current is not None and self.number == current.number:
            return PublicationState.IN_FORCE
        return PublicationState.WAITING if self.waits(day) else PublicationState.HISTORY


class NotPublished(StrEnum):
    """Why nothing was published; nothing is changed then."""

    CHANGED = "changed"
    """Something else was published since."""
    WAITING = "waiting"
    """Another one waits for its day; it has to be withdrawn first."""
    DRAFT = "draft"
    """The draft that it is made of is not open any more."""


class Publications(Protocol):
    """Every method may raise StoreError, and nothing else. A publication is there whole or not at all."""

    async def publish(
        self, publication: Publication, contents: Mapping[str, bytes], after: int, act: Act, draft: int | None = None
    ) -> Publication | NotPublished:
        """Keep it, its files and a line in the log in one transaction; what was kept, with its number.

        `draft`: the number of the draft that it is made of, which is closed with it.

        `after`: the number in force on which it is made (0: none). Its own number is given by the store, whatever is
        in it. What was published before stays as it is, file for file.
        """
        ...

    async def withdraw(self, number: int, act: Act) -> bool:
        """Take back one that waits for its day (at `act.at`); False where it does not."""
        ...

    async def listed(self) -> tuple[Publication, ...]:
        """All, the newest first."""
        ...

    async def in_force(self, day: date) -> Publication | None:
        """None: nothing was published; what is shipped is served. Quick: a process asks every second."""
        ...

    async def contents(self, version: str) -> Mapping[str, bytes] | None:
        """The files of a catalogue that was published, by path; None where there is none of this version.

        Raises StoreError too where they are not what was published.
        """
        ...
