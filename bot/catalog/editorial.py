"""What editors say beside a published catalogue, at once and until they take it back: frozen, free of I/O.

Texts are in Vietnamese, as an editor wrote them. Days are in Vietnam; the first and the last are included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

MAX_TEXT_CHARS = 300
MOST_NOTICES = 2
"""Under one answer; more than that nobody reads."""


class ItemKind(StrEnum):
    PIN = "pin"
    HIDING = "hiding"
    NOTICE = "notice"
    BENEFIT = "benefit"
    PARTIAL_REASON = "partial_reason"


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
    """Nothing is said of the procedure but that it is being looked into, since when and why, and where to ask.

    `agency`: only what is said of this one; empty: all.
    """

    code: str
    reason: str
    since: date
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


_KINDS = {
    Pin: ItemKind.PIN,
    Hiding: ItemKind.HIDING,
    Notice: ItemKind.NOTICE,
    Benefit: ItemKind.BENEFIT,
    PartialReason: ItemKind.PARTIAL_REASON,
}


def kind_of(item: Item) -> ItemKind:
    return _KINDS[type(item)]


def with_item(said: Editorial, item: Item) -> Editorial:
    """The same with one more, added last."""
    match item:
        case Pin():
            return replace(said, pins=(*said.pins, item))
        case Hiding():
            return replace(said, hidings=(*said.hidings, item))
        case Notice():
            return replace(said, notices=(*said.notices, item))
        case Benefit():
            return replace(said, benefits=(*said.benefits, item))
        case PartialReason():
            return replace(said, partial_reasons=(*said.partial_reasons, item))


def notices_for(said: Editorial, day: date, code: str = "", field_id: str = "") -> tuple[Notice, ...]:
    """What is to be shown on a day with a procedure of a field; without them, what is for all. The newest first."""
    targets = {Scope.PROCEDURE: code, Scope.FIELD: field_id, Scope.ALL: ""}
    holding = [
        notice
        for notice in said.notices
        # Nobody's code is no procedure, though it equals an empty target.
        if notice.first <= day <= notice.last
        and notice.target == targets[notice.scope]
        and (notice.target or notice.scope is Scope.ALL)
    ]
    # Turned round as a whole, so that of those of one day the one that was added last stands first.
    return tuple(sorted(holding, key=lambda notice: notice.first)[::-1][:MOST_NOTICES])


def hidings_of(said: Editorial, code: str) -> dict[str, Hiding]:
    """All that hides a procedure, by agency; "" is everywhere."""
    return {hiding.agency: hiding for hiding in said.hidings if hiding.code == code}


def hiding_of(said: Editorial, code: str, agency: str = "") -> Hiding | None:
    """Why nothing may be said of a procedure, or of it at one agency. What hides it everywhere comes first."""
    found = hidings_of(said, code)
    return found.get("") or found.get(agency)


def hidings_at(said: Editorial, code: str) -> tuple[Hiding, ...]:
    """What hides a procedure at single agencies, each once; none where it is hidden everywhere."""
    found = hidings_of(said, code)
    return () if "" in found else tuple(found.values())


def benefit_of(said: Editorial, code: str, day: date) -> Benefit | None:
    """The one that holds on a day and begins last; of several that begin alike, the one added last."""
    holding = [b for b in said.benefits if b.code == code and b.first <= day <= b.last]
    return max(reversed(holding), key=lambda benefit: benefit.first, default=None)


def partial_reason(said: Editorial, code: str, agencies: Sequence[str]) -> PartialReason | None:
    """Why it is only partial at all of these agencies: as the only one has published it, else what holds for all."""
    found = {reason.agency: reason for reason in said.partial_reasons if reason.code == code}
    own = found.get(agencies[0]) if len(agencies) == 1 else None
    return own or found.get("")


def is_over(item: Item, day: date) -> bool:
    """Whether its last day is gone."""
    return isinstance(item, Notice | Benefit) and item.last < day


def is_ahead(item: Item, day: date) -> bool:
    """Whether its first day is still to come."""
    return isinstance(item, Notice | Benefit) and item.first > day
