"""The inbox: what the platforms sent, put away before it is acknowledged, until the answer is on its way.

An update is *accepted* once per key; a worker *claims* it, answers it (`Store.record` keeps the answer with it, in one
transaction with the conversation), marks each part of the answer before and after it is sent, and *closes* it. A closed
update keeps its key, so that it is known when it comes again, and nothing of the person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What an update is to the assistant."""

    MESSAGE = "message"
    """Words, or something sent instead of words."""
    TAP = "tap"
    """A choice that was tapped."""
    WELCOME = "welcome"
    """The person opened the conversation without a word (followed, tapped "start chatting")."""
    INLINE = "inline"
    """Words typed in another conversation; answered with cards to share."""
    LEFT = "left"
    """The person blocked us or follows us no longer: nothing can be sent to them."""
    RETURNED = "returned"
    CLERK = "clerk"
    """A person of the authority wrote to them: the assistant is silent for a while."""
    WITHDRAWN = "withdrawn"
    """The platform passes on the person's wish that their data be deleted."""
    FOLLOW_UP = "follow_up"
    """The assistant itself asks how a service went; the body is the service."""
    NOTICE = "notice"
    """Something that the person is told without having written; the body is the reply."""
    UNKNOWN = "unknown"
    """Put away by a newer version of this program: left for it."""


OUT_OF_TURN = frozenset({Kind.CLERK, Kind.LEFT, Kind.WITHDRAWN})
"""Kinds that do not wait behind an answer that could not be sent yet."""
BY_ITSELF = frozenset({Kind.FOLLOW_UP, Kind.NOTICE})
"""Kinds that nobody has asked for: once put off, they keep no other update of the person waiting."""
FROM_THE_PERSON = frozenset({Kind.MESSAGE, Kind.TAP, Kind.WELCOME, Kind.RETURNED})
"""Kinds that say that the person is there: from then on the platform's window for answers counts."""


CLOCKS_APART = timedelta(minutes=1)
"""By how much the clocks of two processes may differ: what one has claimed in its own minute stays its own.

Even on one machine a claim may be written after another one that was asked for a moment later.
"""
NEVER_SEEN = datetime(1970, 1, 1, tzinfo=UTC)
"""When someone was there last of whom only others have told."""


@dataclass(frozen=True, slots=True)
class Update:
    """An update as it is put away: private numbers are masked.

    `key` is unique within the channel. `person` is the keyed hash, `address` what the platform has to be told to reach
    them. `body` is JSON (see `bot.operations.messages.receiving`). After `expires_at` it is not answered any more. All
    times are in UTC.
    """

    channel: str
    key: str
    person: str
    address: str
    kind: Kind
    body: str
    sent_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """A claimed update. `received_at`: when it was put away.

    `reply`: the answer, as JSON, once there is one; `parts_sent` of it have reached the platform. `is_attempted`: the
    next part was handed to the platform, and what became of it is not known. `tries`: how often sending was put off.
    """

    id: int
    update: Update
    received_at: datetime
    reply: str | None = None
    parts_sent: int = 0
    is_attempted: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """How things stand with a person on their channel. `gone`: why nothing can be sent to them, if so."""

    person: str
    channel: str
    address: str
    last_seen: datetime
    gone: str | None = None
    silent_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many updates of a channel are open, and since when the oldest is."""

    channel: str
    count: int
    oldest: datetime


class Inbox(Protocol):
    """Every method may raise StoreError, and nothing else."""

    async def accept(self, update: Update, now: datetime) -> bool:
        """Put it away; False where its key is known. What comes from the person themselves renews their contact."""
        ...

    async def is_known(self, channel: str, key: str) -> bool:
        """Whether an update with this key was put away already."""
        ...

    async def claim(self, channel: str, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Task, ...]:
        """The oldest open update of each person, where it is ready and nobody else's until now.

        At most `limit`: what was never put off, then what has been ready for longest, among it what nobody has asked
        for; in the order in which they came.
        """
        ...

    async def renew(self, owner: str, tasks: Collection[int], until: datetime) -> None:
        """Those of the tasks that `owner` has claimed stay theirs until then."""
        ...

    async def release(self, owner: str) -> None:
        """Everything that `owner` has claimed is free for others."""
        ...

    async def keep_reply(self, task: int, reply: str) -> None:
        """The answer, as JSON, where it comes from no conversation (else `Store.record` keeps it)."""
        ...

    async def mark_attempt(self, task: int) -> None:
        """The next part is about to be handed to the platform."""
        ...

    async def mark_sent(self, task: int) -> None:
        """It has reached the platform."""
        ...

    async def put_off(self, task: int, until: datetime) -> None:
        """The next part has certainly not been sent: ready again at `until`, and claimed by nobody."""
        ...

    async def close(self, task: int, reason: str, now: datetime) -> None:
        """Done with. What was known of the person is taken out of it."""
        ...

    async def close_earlier(self, task: int, person: str, reason: str, now: datetime) -> None:
        """Close what is open of the person and came before the task."""
        ...

    async def contact(self, person: str) -> Contact | None: ...

    async def mark_gone(self, person: str, reason: str, at: datetime) -> None:
        """Nothing can be sent to them since then; unless they have been there again later."""
        ...

    async def silence(self, update: Update, until: datetime | None) -> None:
        """The assistant is silent for this person until then; None: it speaks again."""
        ...

    async def waiting(self) -> tuple[Waiting, ...]:
        """What is open, by channel."""
        ...

    async def unanswered(self) -> tuple[Waiting, ...]:
        """The same without what nobody has asked for: that may wait for the morning."""
        ...
