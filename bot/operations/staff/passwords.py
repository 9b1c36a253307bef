"""Passwords: hashed with argon2id outside the event loop, compared in the same time for people who do not exist."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_CHARS = 12
MOST_CHARS = 200
_GIVEN_GROUPS = 6
_GIVEN_GROUP_CHARS = 5
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""
_AT_ONCE = 2
"""Each hash takes 64 MiB for a moment: more than that wait."""
_LEAST_DIFFERENT = 5
_LEAST_BESIDE_LOGIN = 8
_WORST = (
    *(
        "password",
        "passw0rd",
        "matkhau",
        "mật khẩu",
        "123456789",
        "987654321",
        "abcdef",
        "qwerty",
        "asdfgh",
        "iloveyou",
    ),
    *("admin", "welcome", "motcua", "một cửa", "vietnam", "việt nam", "anhyeuem", "letmein"),
)
"""What the passwords that are tried first are made of; digits and signs around them do not help."""
_KEYS = {
    key: (row, column)
    for row, keys in enumerate(("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"))
    for column, key in enumerate(keys)
}
_WALKED = Fraction(2, 3)
_Result = TypeVar("_Result")


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    LOGIN = "login"
    """It is little more than the login name."""
    COMMON = "common"
    SAME = "same"
    """It is the one before."""


def weakness(password: str, login: str, guessed: tuple[str, ...] = ()) -> Weakness | None:
    """Why it should not be used; None: it may. `guessed`: what else everybody here would try, as names of the house."""
    plain = canonical(password)
    if len(plain) < LEAST_CHARS:
        return Weakness.SHORT
    if len(plain) > MOST_CHARS:
        return Weakness.LONG
    bare = _bare(plain)
    if len(bare.replace(_bare(login), "")) < _LEAST_BESIDE_LOGIN:
        return Weakness.LOGIN
    left = bare
    for worst in sorted(map(_bare, (*_WORST, *guessed)), key=len, reverse=True):
        left = left.replace(worst, "")
    letters = {character for character in left if not character.isdigit()}
    is_guessed = left != bare and len(letters) < _LEAST_DIFFERENT
    is_simple = is_guessed or len(set(bare)) < _LEAST_DIFFERENT or bare.isdigit()
    return Weakness.COMMON if is_simple or _is_repeated(bare) or _is_walk(bare) else None


def _is_repeated(bare: str) -> bool:
    """Whether it is one piece again and again."""
    return bare in (bare + bare)[1:-1]


def _is_walk(bare: str) -> bool:
    """Whether most of it goes from a key to one beside it."""
    pairs = list(pairwise(bare))
    beside = sum(left == right or _are_beside(left, right) for left, right in pairs)
    return Fraction(beside, max(len(pairs), 1)) >= _WALKED


def _are_beside(one: str, other: str) -> bool:
    here, there = _KEYS.get(one), _KEYS.get(other)
    return here is not None and there is not None and abs(here[0] - there[0]) <= 1 and abs(here[1] - there[1]) <= 1


def one_time_password() -> str:
    """Thirty letters and digits in groups (148 bits), to be handed on once."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GIVEN_GROUP_CHARS)) for _ in range(_GIVEN_GROUPS))
    return "-".join(groups)


class Passwords:
    """Hashes and compares; a few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="passwords")
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        return await self._in_thread(self._hasher.hash, canonical(password))

    async def verify(self, known: str | None, password: str) -> bool:
        """Whether the password is the one of the hash. Without a hash the same work is done, and the answer is no."""
        # Asked for in either case, so that even the first to come learns nothing from how long it took.
        nobodys = await self._nobodys_hash()
        is_right = await self._in_thread(self._compare, nobodys if known is None else known, canonical(password))
        return is_right and known is not None

    def is_old(self, known: str) -> bool:
        """Whether one hashes otherwise today."""
        return self._hasher.check_needs_rehash(known)

    async def _nobodys_hash(self) -> str:
        if self._nobodys is None:
            self._nobodys = await self.hash(secrets.token_urlsafe())
        return self._nobodys

    def _compare(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _in_thread(self, work: Callable[..., _Result], *values: str) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *values)


def canonical(password: str) -> str:
    """The same for every keyboard: accents typed as one character or as two."""
    return unicodedata.normalize("NFKC", password)[: MOST_CHARS + 1]


def _bare(text: str) -> str:
    """Lower case letters and digits without marks."""
    spread = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(character for character in spread if character.isalnum())
