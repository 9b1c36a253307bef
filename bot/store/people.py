"""Who somebody is: the keyed hash of their id, with all that was kept of them under an earlier key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.errors import StoreError
from bot.store.keys import KeyBook
from bot.store.person import fingerprint, person_key

_log = structlog.get_logger(__name__)
_MOST_MET = 50_000
"""So many are remembered to have been met under the current key, some megabytes."""


@dataclass(frozen=True, slots=True)
class People:
    """`secret`: the current key. `earlier`: those under which somebody may still be known; without any, nothing is ever
    looked up. `former`: all keys before, whose backups may hold somebody.
    """

    book: KeyBook
    secret: bytes = field(repr=False)
    earlier: tuple[bytes, ...] = field(default=(), repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)
    clock: Callable[[], datetime] = field(kw_only=True)
    _met: OrderedDict[str, None] = field(default_factory=OrderedDict, repr=False)

    def key(self, channel: str, user: str) -> str:
        """The hash under the current key; nothing is looked up."""
        return person_key(self.secret, channel, user)

    def former_keys(self, channel: str, user: str) -> tuple[str, ...]:
        """The hashes under which backups may hold them."""
        return tuple(person_key(secret, channel, user) for secret in self.former)

    async def meet(self, channel: str, user: str) -> str:
        """The same, once all that is kept of them is kept under it; looked for once in the life of this process."""
        person = self.key(channel, user)
        if self.earlier and person not in self._met and await self._found(person, channel, user) is not None:
            self._met[person] = None
            if len(self._met) > _MOST_MET:
                self._met.popitem(last=False)
        return person

    async def gather(self, channel: str, user: str) -> str:
        """The hash under which all of theirs is now, for what must miss nothing: it is looked for once more, under each
        key before, also those that are finished with. Raises StoreError, where `meet` would go on without.
        """
        person = self.key(channel, user)
        await self._moved(person, self.former_keys(channel, user))
        return person

    async def note_erasure(self, channel: str, user: str, at: datetime) -> None:
        """Before all of theirs is deleted. Raises StoreError."""
        if self.former:
            await self.book.note_erasure(self.key(channel, user), self.former_keys(channel, user), at)

    async def find(self, channel: str, user: str) -> bool:
        """Whether something was kept of them under an earlier key; from now on it is under the current one."""
        return bool(self.earlier and await self._found(self.key(channel, user), channel, user))

    async def _found(self, person: str, channel: str, user: str) -> bool | None:
        """None where it cannot be told: they are answered all the same, and looked for again."""
        before = tuple(person_key(secret, channel, user) for secret in self.earlier)
        try:
            return await self._moved(person, before)
        except StoreError as error:
            _log.error("person_not_looked_up", channel=channel, error=str(error))
            return None

    async def _moved(self, person: str, before: tuple[str, ...]) -> bool:
        """Whether something was kept under one of these hashes. Raises StoreError."""
        moved = False
        for known in await self.book.known(before) if before else ():
            moved |= await self.book.move(known, person, fingerprint(self.secret), self.clock())
        return moved
