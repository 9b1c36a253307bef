"""Whether the secret key is the one that the store was used with: with another, everybody would be a new person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot.errors import SettingsError, StoreError
from bot.operations.findings import Finding, State
from bot.operations.keys.ring import keyring_of, known_keyring
from bot.settings import Settings
from bot.store.keyring import EARLIER_FILE, Keyring
from bot.store.keys import KeyBook, UsedKey
from bot.store.person import KEY_FILE, fingerprint

_log = structlog.get_logger(__name__)
_AREA = "key"
_LOST = "where it is lost for good, run `python -m bot privacy rotate-key --lost`: docs/runbooks/key-rotation.md"


async def begin_with_keys(book: KeyBook, settings: Settings, at: datetime) -> Keyring:
    """The keys to serve with. Raises SettingsError where SECRET_KEY is another one than the store's.

    A key that is kept beside the database and is another is told of loudly, and served with: nobody chose it, and
    answering has to go on. Under keys that are finished with nobody is looked for.
    """
    keyring = keyring_of(settings)
    if not keyring.is_lasting:
        # It is gone with this process: the store's is another, and stays so.
        return keyring
    try:
        if not await book.used():
            # A release that kept no fingerprints may have met people under these.
            for key in reversed(keyring.earlier):
                await book.begin(fingerprint(key), at, keyring.fingerprints)
        if not await book.begin(fingerprint(keyring.current), at, keyring.fingerprints):
            _tell_another(settings, keyring, await book.used())
        return without_finished(keyring, await book.used())
    except StoreError as error:
        _log.error("secret_key_not_checked", error=str(error))
        return keyring


async def checked_keys(book: KeyBook, settings: Settings, at: datetime) -> Keyring:
    """The keys for a command that signs or looks somebody up. Raises SettingsError where they are not the store's,
    StoreError.
    """
    keyring = keyring_of(settings)
    used = await book.used()
    if not used and keyring.is_lasting:
        await book.begin(fingerprint(keyring.current), at, frozenset())
    if used and used[0].fingerprint not in keyring.fingerprints:
        raise SettingsError(_sentence(settings, keyring, used))
    return without_finished(keyring, used)


async def examine_key(book: KeyBook, settings: Settings) -> list[Finding]:
    """Raises StoreError."""
    keyring, used = known_keyring(settings), await book.used()
    if not used:
        return []
    if keyring is None:
        what = f"there is no {KEY_FILE} beside the database, which was used with the key {used[0].fingerprint}"
        mend = f"Put {KEY_FILE} back as it was, before anything is started; {_LOST}."
        return [Finding(_AREA, State.BROKEN, what, mend)]
    if used[0].fingerprint not in keyring.fingerprints:
        what, mend = _another(settings, keyring, used)
        return [Finding(_AREA, State.BROKEN, what, mend)]
    missing = [
        one.fingerprint for one in used if one.finished_at is None and one.fingerprint not in keyring.fingerprints
    ]
    if missing:
        what = f"people may still be known only under the key {', '.join(missing)}, which is not among the earlier keys"
        mend = f"Name it in {_where_earlier(settings)}; if all are moved, `python -m bot privacy rotate-key --finish`."
        return [Finding(_AREA, State.WARNING, what, mend)]
    current = fingerprint(keyring.current)
    if any(one.finished_at is None and one.fingerprint != current for one in used):
        what = f"the key {current} follows another one: people are moved to it with their next message"
        return [Finding(_AREA, State.OK, what, "`python -m bot privacy rotate-key` tells how far it is.")]
    return [Finding(_AREA, State.OK, f"the key is that of the database ({current})")]


def without_finished(keyring: Keyring, used: Sequence[UsedKey]) -> Keyring:
    """Signatures of keys that are finished with are still taken; nobody is looked for under them."""
    finished = {one.fingerprint for one in used if one.finished_at is not None}
    gone = frozenset(key for key in keyring.earlier if fingerprint(key) in finished)
    return replace(keyring, finished=gone)


def _tell_another(settings: Settings, keyring: Keyring, used: Sequence[UsedKey]) -> None:
    if settings.secret_key is not None:
        raise SettingsError(_sentence(settings, keyring, used))
    _log.error(
        "secret_key_is_another",
        key=fingerprint(keyring.current),
        key_of_store=used[0].fingerprint,
        means="everybody is a new person, and printed codes and links do not work",
        mend=_another(settings, keyring, used)[1],
    )


def _sentence(settings: Settings, keyring: Keyring, used: Sequence[UsedKey]) -> str:
    return ". ".join(_another(settings, keyring, used))


def _another(settings: Settings, keyring: Keyring, used: Sequence[UsedKey]) -> tuple[str, str]:
    """What is wrong, and what to do."""
    there, here = used[0].fingerprint, fingerprint(keyring.current)
    name = "SECRET_KEY" if settings.secret_key is not None else KEY_FILE
    what = (
        f"{name} is another key ({here}) than the one that the database was used with ({there}): with it everybody "
        "would be a new person, and printed codes and links would not work"
    )
    put_back = f"Put {name} back as it was, or name the key of then in {_where_earlier(settings)}"
    return what, f"{put_back}; {_LOST}"


def _where_earlier(settings: Settings) -> str:
    return "PREVIOUS_SECRET_KEYS" if settings.secret_key is not None else EARLIER_FILE
