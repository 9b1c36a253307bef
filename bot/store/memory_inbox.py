"""The inbox, the switches and the tokens in the memory of this process, for when the disk fails."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.errors import StoreError
from bot.store.inbox import (
    BY_ITSELF,
    CLOCKS_APART,
    FROM_THE_PERSON,
    NEVER_SEEN,
    OUT_OF_TURN,
    Contact,
    Task,
    Update,
    Waiting,
)
from bot.store.processes import owner_of
from bot.store.registry import Switch, Tokens

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Entry:
    task: Task
    ready_at: datetime
    owner: str | None = None
    owned_until: datetime = _NEVER

    def is_free(self, now: datetime, until: datetime) -> bool:
        # A lease that ends much later than one that began now was made by a clock that was ahead.
        return self.ready_at <= now and not self.is_owned(now, until)

    def is_owned(self, now: datetime, until: datetime) -> bool:
        return now <= self.owned_until <= until + CLOCKS_APART

    def holds_up(self, later: _Entry, now: datetime) -> bool:
        """Only what has been put off is overtaken: by what is out of turn, or where nobody has asked for it."""
        mine, other = self.task.update.kind, later.task.update.kind
        is_overtaken = other in OUT_OF_TURN and mine not in OUT_OF_TURN
        is_overtaken = is_overtaken or (mine in BY_ITSELF and other not in BY_ITSELF)
        return not is_overtaken or self.ready_at <= now or self.owned_until >= now


class MemoryInbox:
    """`bot.store.inbox.Inbox` says what the methods do. Numbers of tasks are negative: no other inbox has such.

    `is_first`: it stands in the place of another, with one beside it; then they are positive.
    """

    def __init__(self, *, is_first: bool = False) -> None:
        self._step = 1 if is_first else -1
        self._open: dict[int, _Entry] = {}
        self._keys: dict[tuple[str, str], datetime | None] = {}
        self._contacts: dict[str, Contact] = {}
        self._last = 0

    async def accept(self, update: Update, now: datetime) -> bool:
        if (update.channel, update.key) in self._keys:
            return False
        self._keys[update.channel, update.key] = None
        self._last += self._step
        self._open[self._last] = _Entry(Task(self._last, update, now), now if update.kind in BY_ITSELF else _NEVER)
        if update.kind in FROM_THE_PERSON:
            known = self._contacts.get(update.person)
            seen = update.sent_at if known is None else max(known.last_seen, update.sent_at)
            silent = None if known is None else known.silent_until
            self._contacts[update.person] = Contact(
                update.person, update.channel, update.address, seen, silent_until=silent
            )
        return True

    async def is_known(self, channel: str, key: str) -> bool:
        return (channel, key) in self._keys

    async def claim(self, channel: str, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Task, ...]:
        earlier: dict[str, list[_Entry]] = {}
        free = []
        for entry in self._open.values():
            if entry.task.update.channel != channel:
                continue
            before = earlier.setdefault(entry.task.update.person, [])
            if entry.is_free(now, until) and not any(other.holds_up(entry, now) for other in before):
                free.append(entry)
            before.append(entry)
        # What was overtaken waits for what has overtaken it.
        free = [entry for entry in free if not any(o.is_owned(now, until) for o in earlier[entry.task.update.person])]
        free.sort(key=lambda entry: entry.ready_at)
        ready = sorted(free[:limit], key=lambda entry: abs(entry.task.id))
        for entry in ready:
            entry.owner, entry.owned_until = owner, until
        return tuple(entry.task for entry in ready)

    async def renew(self, owner: str, tasks: Collection[int], until: datetime) -> None:
        for number in tasks:
            entry = self._open.get(number)
            if entry is not None and entry.owner == owner:
                entry.owned_until = until

    async def release(self, owner: str) -> None:
        for entry in self._open.values():
            if entry.owner == owner:
                entry.owner, entry.owned_until = None, _NEVER

    def free(self, process: str) -> None:
        """What parts of the process have claimed is free."""
        for entry in self._open.values():
            if entry.owner is not None and entry.owner.startswith(owner_of(process, "")):
                entry.owner, entry.owned_until = None, _NEVER

    async def keep_reply(self, task: int, reply: str) -> None:
        if (entry := self._open.get(task)) is not None:
            entry.task = replace(entry.task, reply=reply, update=replace(entry.task.update, body=""))

    async def mark_attempt(self, task: int) -> None:
        if (entry := self._open.get(task)) is not None:
            entry.task = replace(entry.task, is_attempted=True)

    async def mark_sent(self, task: int) -> None:
        if (entry := self._open.get(task)) is not None:
            entry.task = replace(entry.task, is_attempted=False, parts_sent=entry.task.parts_sent + 1)

    async def put_off(self, task: int, until: datetime) -> None:
        if (entry := self._open.get(task)) is not None:
            entry.task = replace(entry.task, is_attempted=False, tries=entry.task.tries + 1)
            entry.ready_at, entry.owner, entry.owned_until = until, None, _NEVER

    async def close(self, task: int, reason: str, now: datetime) -> None:  # noqa: ARG002 - nobody reads the reason here
        entry = self._open.pop(task, None)
        if entry is not None:
            self._keys[entry.task.update.channel, entry.task.update.key] = now

    async def close_earlier(self, task: int, person: str, reason: str, now: datetime) -> None:
        others = [number for number, entry in self._open.items() if entry.task.update.person == person]
        for number in others:
            if abs(number) < abs(task):
                await self.close(number, reason, now)

    async def contact(self, person: str) -> Contact | None:
        return self._contacts.get(person)

    async def mark_gone(self, person: str, reason: str, at: datetime) -> None:
        known = self._contacts.get(person)
        if known is not None and known.last_seen <= at:
            self._contacts[person] = replace(known, gone=reason)

    async def silence(self, update: Update, until: datetime | None) -> None:
        fresh = Contact(update.person, update.channel, update.address, NEVER_SEEN)
        self._contacts[update.person] = replace(self._contacts.get(update.person, fresh), silent_until=until)

    async def waiting(self) -> tuple[Waiting, ...]:
        return _waiting(entry.task for entry in self._open.values())

    async def unanswered(self) -> tuple[Waiting, ...]:
        tasks = (entry.task for entry in self._open.values())
        return _waiting(task for task in tasks if task.update.kind not in BY_ITSELF)

    def drop_contact(self, person: str) -> bool:
        """Whether there was one."""
        return self._contacts.pop(person, None) is not None

    def forget(self, contacts_before: datetime, keys_before: datetime) -> int:
        """See `Store.forget`."""
        needed = {person: max(one.last_seen, one.silent_until or _NEVER) for person, one in self._contacts.items()}
        old = [person for person, at in needed.items() if at < contacts_before]
        closed = [key for key, at in self._keys.items() if at is not None and at < keys_before]
        for person in old:
            del self._contacts[person]
        for key in closed:
            del self._keys[key]
        return len(old) + len(closed)


class NoRegistry:
    """For when the store cannot be opened: nothing is made up, and no token is renewed that could not be kept."""

    async def switches(self) -> tuple[Switch, ...]:
        raise _not_opened()

    async def set_switch(self, *_: object, **__: object) -> None:
        raise _not_opened()

    async def tokens(self, *_: object, **__: object) -> Tokens | None:
        raise _not_opened()

    async def keep_tokens(self, *_: object, **__: object) -> bool:
        raise _not_opened()

    async def lock_tokens(self, *_: object, **__: object) -> bool:
        raise _not_opened()

    async def unlock_tokens(self, *_: object, **__: object) -> None:
        raise _not_opened()


def _not_opened() -> StoreError:
    return StoreError("the store could not be opened")


class MemoryRegistry:
    """`bot.store.registry.Registry` says what the methods do."""

    def __init__(self) -> None:
        self._switches: dict[str, Switch] = {}
        self._tokens: dict[str, Tokens] = {}
        self._locks: dict[str, tuple[str, datetime]] = {}

    async def switches(self) -> tuple[Switch, ...]:
        return tuple(switch for _, switch in sorted(self._switches.items()))

    async def set_switch(self, switch: Switch) -> None:
        self._switches[switch.channel] = switch

    async def tokens(self, account: str) -> Tokens | None:
        return self._tokens.get(account)

    async def keep_tokens(self, account: str, tokens: Tokens, holder: str) -> bool:
        if self._locks.get(account, ("", _NEVER))[0] != holder:
            return False
        self._tokens[account] = tokens
        return True

    async def lock_tokens(self, account: str, holder: str, now: datetime, until: datetime) -> bool:
        owner, held_until = self._locks.get(account, ("", _NEVER))
        if owner != holder and now <= held_until <= until + CLOCKS_APART:
            return False
        self._locks[account] = (holder, until)
        return True

    async def unlock_tokens(self, account: str, holder: str) -> None:
        if self._locks.get(account, ("", _NEVER))[0] == holder:
            del self._locks[account]


def _waiting(tasks: Iterable[Task]) -> tuple[Waiting, ...]:
    times: dict[str, list[datetime]] = {}
    for task in tasks:
        times.setdefault(task.update.channel, []).append(task.received_at)
    return tuple(Waiting(channel, len(found), min(found)) for channel, found in sorted(times.items()))
