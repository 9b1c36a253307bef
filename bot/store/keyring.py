"""The secret keys of an installation: the one of now, and those before it.

Purposes are kept apart by what is hashed, not by keys of their own: `person_key` begins with a channel and a colon,
a signature with its purpose and a zero byte, and so on (docs/decisions/0012-keys.md).
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.store.person import KEY_FILE, SECRET_BYTES, fingerprint, kept_secret, load_secret

EARLIER_FILE = "person.key.earlier"
"""Beside `person.key`, which has nothing but the key of now: a line for each key before it, the newest first."""
_PREVIOUS, _LEAKED = "previous", "leaked"
_PLAIN = re.compile(rb"(?!hex:)[!-~]+")
_HEX = "hex:"


@dataclass(frozen=True, slots=True)
class Keyring:
    """`current`: signs, and is what people are known under. `previous`: people are still looked for under these, and
    what these have signed is still taken. `leaked`: others know them, so only people are looked for under these.

    `finished`: those of the earlier ones under which nobody is looked for any more. `is_lasting`: false where `current`
    could not be kept, and goes with this process.
    """

    current: bytes = field(repr=False)
    previous: tuple[bytes, ...] = field(default=(), repr=False)
    leaked: tuple[bytes, ...] = field(default=(), repr=False)
    finished: frozenset[bytes] = field(default=frozenset(), repr=False)
    is_lasting: bool = True

    @property
    def earlier(self) -> tuple[bytes, ...]:
        return (*self.previous, *self.leaked)

    @property
    def met_under(self) -> tuple[bytes, ...]:
        """Under which people are looked for, who are not known under the current one."""
        return tuple(key for key in self.earlier if key not in self.finished)

    @property
    def fingerprints(self) -> frozenset[str]:
        return frozenset(map(fingerprint, (self.current, *self.earlier)))

    def among(self, previous: tuple[bytes, ...], leaked: tuple[bytes, ...]) -> Keyring:
        """With these as well. What is leaked is nothing else; the current one is not among the earlier ones."""
        leaked = tuple(dict.fromkeys(key for key in (*self.leaked, *leaked) if key != self.current))
        known = {self.current, *leaked}
        return replace(
            self,
            previous=tuple(dict.fromkeys(key for key in (*self.previous, *previous) if key not in known)),
            leaked=leaked,
        )


def load_keyring(folder: Path) -> Keyring:
    """The keys kept in `folder`, the current one made on first use."""
    current = load_secret(folder)
    return _with_earlier(Keyring(current, is_lasting=kept_secret(folder) == current), folder)


def kept_keyring(folder: Path) -> Keyring | None:
    """The same; None where there is none. Nothing is made."""
    current = kept_secret(folder)
    return None if current is None else _with_earlier(Keyring(current), folder)


def replace_key(folder: Path, *, is_leaked: bool) -> Keyring:
    """Make a new key in `folder`, and keep the one of now among those before it. Raises OSError, ValueError.

    Broken off at any point, no key is lost.
    """
    current = kept_secret(folder)
    if current is None:
        raise ValueError(f"there is no key in {folder / KEY_FILE}")
    earlier = folder / EARLIER_FILE
    line = f"{_LEAKED if is_leaked else _PREVIOUS} {_written(current)}\n"
    _put(earlier, line + (earlier.read_text("ascii") if earlier.exists() else ""))
    _put(folder / KEY_FILE, secrets.token_hex(SECRET_BYTES))
    return load_keyring(folder)


def _with_earlier(keyring: Keyring, folder: Path) -> Keyring:
    """A line that is not one of ours is passed over: what it might mean cannot be guessed."""
    try:
        lines = (folder / EARLIER_FILE).read_text("ascii", "replace").splitlines()
    except OSError:
        return keyring
    found: dict[str, list[bytes]] = {_PREVIOUS: [], _LEAKED: []}
    for line in lines:
        kind, _, written = line.strip().partition(" ")
        key = _read(written.strip())
        if kind in found and len(key) >= SECRET_BYTES:
            found[kind].append(key)
    return keyring.among(tuple(found[_PREVIOUS]), tuple(found[_LEAKED]))


def _written(key: bytes) -> str:
    """A key in a file may be any bytes."""
    return key.decode("ascii") if _PLAIN.fullmatch(key) else _HEX + key.hex()


def _read(written: str) -> bytes:
    if not written.startswith(_HEX):
        return written.encode()
    try:
        return bytes.fromhex(written.removeprefix(_HEX))
    except ValueError:
        return b""


def _put(path: Path, content: str) -> None:
    """Whole or not at all, and on the disk; for its owner only."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
