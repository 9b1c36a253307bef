"""Deletions in a file, for a restore on another machine: keyed hashes and times, and the key's fingerprint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from bot.errors import MotCuaError
from bot.store.erasing import Erasure

_FORMAT = 1


def as_file(erasures: Sequence[Erasure], key: str) -> bytes:
    """`key`: the fingerprint of the secret key under which the hashes were made."""
    rows = [[one.person, one.at.isoformat()] for one in erasures]
    return (json.dumps({"format": _FORMAT, "key": key, "erasures": rows}, indent=0) + "\n").encode()


def from_file(content: bytes, key: str) -> tuple[Erasure, ...]:
    """What `as_file` wrote. Raises MotCuaError for anything else, and where the key is another."""
    try:
        told = json.loads(content)
        is_ours = told["format"] == _FORMAT
        found = tuple(Erasure(_hash(person), _utc(at)) for person, at in told["erasures"])
        made_under = str(told["key"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise MotCuaError("it is no list of deletions, or is damaged; nothing was changed") from error
    if not is_ours:
        raise MotCuaError("it was made by a later release of this program; nothing was changed")
    if made_under != key:
        raise MotCuaError(
            "it was made under another secret key: nobody in it would be found; set SECRET_KEY, or put person.key "
            "beside the database, as it was then. Nothing was changed"
        )
    return found


def _hash(person: object) -> str:
    if not isinstance(person, str) or len(person) != 64 or not set(person) <= set("0123456789abcdef"):
        raise ValueError("no keyed hash")
    return person


def _utc(at: object) -> datetime:
    moment = datetime.fromisoformat(str(at))
    if moment.utcoffset() is None:
        raise ValueError("no moment")
    return moment
