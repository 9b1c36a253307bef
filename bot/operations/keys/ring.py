"""The keys that the settings and the files beside the database name."""

from __future__ import annotations

from bot.settings import Settings
from bot.store.keyring import Keyring, kept_keyring, load_keyring


def keyring_of(settings: Settings) -> Keyring:
    """Those of the settings, else those kept beside the database; the current one is made on first use."""
    return _with_set(settings, _set(settings) or load_keyring(settings.database_path.parent))


def known_keyring(settings: Settings) -> Keyring | None:
    """The same; None where there is none yet. Nothing is made."""
    # On a server SECRET_KEY has to be set.
    found = _set(settings) or (None if settings.is_shared else kept_keyring(settings.database_path.parent))
    return None if found is None else _with_set(settings, found)


def _set(settings: Settings) -> Keyring | None:
    return None if settings.secret_key is None else Keyring(settings.secret_key.get_secret_value().encode())


def _with_set(settings: Settings, keyring: Keyring) -> Keyring:
    return keyring.among(settings.previous_keys, settings.leaked_keys)
