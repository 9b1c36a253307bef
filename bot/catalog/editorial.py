"""What editors say beside a published catalogue, at once and until they take it back: frozen, free of I/O.

Texts are in Vietnamese, as an editor wrote them. Days are in Vietnam; the first and the last are included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_TEXT_CHARS = 300


class Scope(StrEnum):
    """What a notice is about."""

    PROCEDURE = "procedure"
    FIELD = "field"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Pin:
    """A message that is this phrase, however marks and case are written, is answered with this procedure."""

    phrase: str
    code: str


@dataclass(frozen=True, slots=True)
class Hiding:
    """Nothing is said of the procedure but that it is being looked into, why, and where to ask.

    `agency`: only what is said of this one; empty: all.
    """

    code: str
    reason: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence shown from `first` to `last`. `target`: a code, or the id of a field; empty for all."""

    scope: Scope
    target: str
    text: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Benefit:
    """What filing online brings (a lower fee, a shorter time), where it is written, and for how long it holds."""

    code: str
    text: str
    source: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PartialReason:
    """Why a service is only partial, as its agency has published it. `agency`: empty: at all of them."""

    code: str
    text: str
    source: str
    agency: str = ""


Item = Pin | Hiding | Notice | Benefit | PartialReason


@dataclass(frozen=True, slots=True)
class Editorial:
    """Everything that holds, in the order in which it was added."""

    pins: tuple[Pin, ...] = ()
    hidings: tuple[Hiding, ...] = ()
    notices: tuple[Notice, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    partial_reasons: tuple[PartialReason, ...] = ()


NO_EDITORIAL = Editorial()
