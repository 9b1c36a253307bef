"""A change of the secret key: how far it is, moving at once who can be moved, and its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.store.backup.progress import Progress
from bot.store.interface import Store
from bot.store.keyring import Keyring
from bot.store.keys import Addressed, KeyBook, Left, UsedKey
from bot.store.person import fingerprint, person_key
from bot.store.processes import Process

_PAGE = 200
_SILENT = timedelta(seconds=10)
"""Who has not been heard of for so long has ended."""
NOBODY = Left(0, 0)
IdsIn = Callable[[str], tuple[str, ...]]


class Stage(StrEnum):
    UNUSED = "unused"
    """Nothing has been kept under any key."""
    SETTLED = "settled"
    """The key is the store's, and nobody is looked for under another."""
    NEW = "new"
    """The key follows the store's, but no process has begun with it yet."""
    MOVING = "moving"
    """The key is the store's, and people are moved to it."""
    ANOTHER = "another"
    """The store's key is none of ours."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`key`: the fingerprint of ours. `before`: keys under which people may still be known. `missing`: those of them
    that are not among our earlier keys. `left`: who is still to be moved. `since`: when ours was first
    used; None: it was not.
    """

    stage: Stage
    key: str
    before: tuple[UsedKey, ...] = ()
    missing: tuple[str, ...] = ()
    left: Left = NOBODY
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """`known`: whose address is kept. `moved`: those who were moved by it now."""

    known: int
    moved: int


async def outlook(book: KeyBook, keyring: Keyring) -> Outlook:
    """Raises StoreError."""
    key, used = fingerprint(keyring.current), await book.used()
    if not used:
        return Outlook(Stage.UNUSED, key)
    if used[0].fingerprint not in keyring.fingerprints:
        return Outlook(Stage.ANOTHER, key, used[:1])
    before = tuple(one for one in used if one.fingerprint != key and one.finished_at is None)
    missing = tuple(one.fingerprint for one in before if one.fingerprint not in keyring.fingerprints)
    if used[0].fingerprint != key:
        return Outlook(Stage.NEW, key, before, missing)
    if not before:
        return Outlook(Stage.SETTLED, key)
    return Outlook(Stage.MOVING, key, before, missing, await book.left(key), used[0].since)


async def not_restarted(store: Store, key: str, now: datetime) -> tuple[Process, ...]:
    """Processes that were begun before the key was used, and may not know it. Raises StoreError."""
    since = next((one.since for one in await store.office.keys.used() if one.fingerprint == key), None)
    roll = await store.processes.roll()
    return tuple(
        one for one in roll.processes if now - one.seen_at <= _SILENT and (since is None or one.started_at < since)
    )


async def move_addressed(
    book: KeyBook, keyring: Keyring, ids_in: IdsIn, clock: Callable[[], datetime], progress: Progress
) -> Moved:
    """Each as a whole, so that it can be broken off at any time and begun again. Raises StoreError."""
    key, behind, known, moved = fingerprint(keyring.current), "", 0, 0
    total = await book.addresses()
    while page := await book.addressed(behind, _PAGE):
        for one in page:
            to = _hash_under_current(one, keyring, ids_in)
            if to is not None:
                moved += await book.move(one.person, to, key, clock())
        known, behind = known + len(page), page[-1].person
        progress("moving", min(known, total), total)
    # Under their new hash some have come by twice.
    return Moved(total, moved)


def _hash_under_current(one: Addressed, keyring: Keyring, ids_in: IdsIn) -> str | None:
    """None for who is known under the current key already, and whose id the address does not tell."""
    for user in ids_in(one.address):
        for secret in keyring.earlier:
            if person_key(secret, one.channel, user) == one.person:
                return person_key(keyring.current, one.channel, user)
    return None
