"""The code of one message: under it stands in the log all that becomes of the message, and a person can pass it on."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from structlog.contextvars import bound_contextvars, get_contextvars

from bot.texts import Texts

NAME = "message"
"""In the lines of the log."""
_LETTERS = "bcdfghjkmnpqrstvwxz"
"""No vowel, so that it is no word; no digit, so that it is taken for nobody's number; no l, which looks like 1."""
_LENGTH = 8
_BITS = 64


def new_code() -> str:
    """For what comes once, such as a request of a browser."""
    return _written(secrets.randbits(_BITS))


def code_of(channel: str, key: str) -> str:
    """For an update, by its key in the inbox: the same in every process, and each time that it comes."""
    return _written(
        int.from_bytes(blake2b(f"{channel}:{key}".encode("utf-8", "surrogatepass"), digest_size=_BITS // 8).digest())
    )


def current_code() -> str:
    """Of the message that is being worked on; empty where there is none."""
    return str(get_contextvars().get(NAME, ""))


@contextmanager
def following(code: str) -> Iterator[None]:
    """Within the block every line of the log has the code."""
    with bound_contextvars(**{NAME: code}):
        yield


def apology(texts: Texts, code: str) -> str:
    """For a person for whom something broke, with the code of their message where it has one."""
    return texts.get("failed_coded", code=code) if code else texts.get("failed")


def _written(number: int) -> str:
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)
