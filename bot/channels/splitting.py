"""Long texts in several messages: never within a word or a link, counted as the platforms count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ROOM_FOR_MARK = len("\n(100/100)")
"""What `marked` adds at most: nothing that is said to a person takes more messages."""
_BREAKS = (re.compile(r"\n\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?;:]) "), re.compile(r"[ \n]"))
"""Where a text may be broken, the best first."""


def split(text: str, limit: int) -> tuple[str, ...]:
    """`text` in NFC, in as few parts as its breaks allow, each of at most `limit` characters.

    Several are marked "(1/3)". A word longer than a message is the only thing that is cut within itself.
    """
    whole = unicodedata.normalize("NFC", text).strip()
    if len(whole) <= limit:
        return (whole,)
    return marked(pieces(whole, limit - ROOM_FOR_MARK))


def pieces(text: str, limit: int) -> tuple[str, ...]:
    """`text`, which is in NFC, in pieces of at most `limit` characters, without marks; none where it is blank."""
    found: list[str] = []
    rest = text.strip()
    while rest:
        piece = _first(rest, limit)
        found.append(piece.strip())
        rest = rest[len(piece) :].strip()
    return tuple(found)


def marked(parts: Sequence[str]) -> tuple[str, ...]:
    """Each of several parts with its number, so that one can tell when all have come."""
    if len(parts) < 2:
        return tuple(parts)
    return tuple(f"{part}\n({number}/{len(parts)})" for number, part in enumerate(parts, start=1))


def _first(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, 0, limit + 1) if match.start() <= limit]
        # A break near the beginning would leave a message with almost nothing in it.
        if ends and (ends[-1] > limit // 3 or pattern is _BREAKS[-1]):
            return text[: ends[-1]]
    return text[:limit]
