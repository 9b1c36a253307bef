"""Passwords that nobody may choose because they stand in a list, as those that leaked elsewhere."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.errors import MotCuaError
from bot.operations.staff.passwords import LEAST_CHARS, canonical

_DIGEST_BYTES = 8
"""Of a million passwords one in 10¹³ that is in no list is taken for one that is."""


class RefusedPasswordsError(MotCuaError):
    """The list cannot be read: which file, and why."""


class RefusedPasswords:
    """Known by a hash each, so that a million of them take less than 100 MB of memory."""

    def __init__(self, passwords: frozenset[bytes] = frozenset()) -> None:
        self._passwords = passwords

    def __contains__(self, password: str) -> bool:
        """Without regard to case."""
        return bool(self._passwords) and _digest(password) in self._passwords

    def __len__(self) -> int:
        return len(self._passwords)


def read_refused(file: Path | None) -> RefusedPasswords:
    """One password on each line, UTF-8; those too short to be chosen are passed over. Raises RefusedPasswordsError."""
    if file is None:
        return RefusedPasswords()
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            stripped = (line.rstrip("\r\n") for line in lines)
            return RefusedPasswords(
                frozenset(_digest(line) for line in stripped if len(canonical(line)) >= LEAST_CHARS)
            )
    except OSError as error:
        raise RefusedPasswordsError(
            f"the file of STAFF_REFUSED_PASSWORDS, {file}, cannot be read: {error.strerror}"
        ) from error


def _digest(password: str) -> bytes:
    plain = canonical(password).casefold().encode("utf-8", "surrogatepass")
    return hashlib.blake2b(plain, digest_size=_DIGEST_BYTES).digest()
