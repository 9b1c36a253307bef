"""A member of staff's own account in a messenger: linked by a code that the staff page shows and the chat is told."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import structlog

from bot.operations.staff.entering import FREE_TRIES, hashed
from bot.store.staff import Account, Act, ChatCode, Limit, StaffBook

_log = structlog.get_logger(__name__)
LASTS = timedelta(minutes=10)
_LETTERS = "BCFGHKNPRTVXZ"
"""No vowels, no D and no W: a Vietnamese keyboard would make other letters of them. No M: behind "mk" a password
stands, which is taken out of what people write."""
_SIGNS = _LETTERS + "2345679"
_GROUPS = 3
_GROUP_CHARS = 4
_CHARS = _GROUPS * _GROUP_CHARS
_SIGNS_BETWEEN = 3
"""More than a dash or a blank between the groups nobody writes."""


def new_code() -> str:
    """Twelve signs in three groups (50 bits), each beginning with a letter, so that nobody takes one for a number."""
    return "-".join(_new_group() for _ in range(_GROUPS))


def _new_group() -> str:
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(_GROUP_CHARS - 1))


def plain(code: str) -> str:
    """As it is compared: however it was typed."""
    return "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())


def is_code(text: str) -> bool:
    """Whether the text is written as codes are, and nothing else; not whether there is such a code."""
    signs = plain(text)
    return (
        len(signs) == _CHARS
        and set(signs[::_GROUP_CHARS]) <= set(_LETTERS)
        and set(signs) <= set(_SIGNS)
        and len(text) <= _CHARS + _SIGNS_BETWEEN
    )


async def make_chat_code(book: StaffBook, login: str, now: datetime) -> str:
    """A code for this account, good once and for ten minutes; an earlier one is good no longer."""
    code = new_code()
    await book.keep_chat_code(ChatCode(hashed(plain(code)), login, now + LASTS))
    return code


async def link_chat(book: StaffBook, person: str, code: str, now: datetime) -> Account | datetime | None:
    """Whose chat this person's is from now on. None: not a code that is good; a time: no more tries until then."""
    key = hashed(f"chat:{person}")
    wait = await book.attempt((Limit(key, FREE_TRIES),), now)
    if wait is not None:
        _log.warning("chat_code_tries_used_up")
        return wait
    account = await book.link_chat(person, hashed(plain(code)), Act(now, "", "link"))
    if account is None:
        _log.warning("chat_code_refused")
    else:
        await book.absolve((key,))
    return account


async def unlink_chat(book: StaffBook, person: str, now: datetime) -> bool:
    """Whether the person's chat was anybody's."""
    return await book.unlink_chat(person, Act(now, "", "unlink"))
