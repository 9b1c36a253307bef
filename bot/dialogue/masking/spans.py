"""Places in a text, and the kinds of what is found there."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class PersonalData(StrEnum):
    """`CARD`: bank cards, and every other long number that may be an account or an insurance number."""

    IDENTITY = "identity"
    PHONE = "phone"
    CARD = "card"
    ONE_TIME_CODE = "one_time_code"
    EMAIL = "email"
    ADDRESS = "address"
    DOSSIER = "dossier"


Span = tuple[int, int]
"""From, up to: positions in a text."""
Found = tuple[int, int, PersonalData]


class Covered:
    """Which positions of a text are taken already."""

    __slots__ = ("_taken",)

    def __init__(self, chars: int) -> None:
        self._taken = bytearray(chars)

    def add(self, spans: Iterable[Span]) -> None:
        for start, end in spans:
            self._taken[start:end] = b"\1" * (end - start)

    def touches(self, span: Span) -> bool:
        return self._taken.find(1, *span) >= 0
