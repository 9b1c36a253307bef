"""What lists say, in the catalogue's own terms: frozen, free of I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog.imports.model import Answer, Finding
from bot.catalog.model import OnlineLevel, Tier

Answers = Mapping[str, Answer]
"""What people have decided, by the finding's id."""
Offers = Mapping[str, Mapping[str, "Offer"]]
"""By service code, and there by agency code."""


@dataclass(frozen=True, slots=True)
class Offer:
    level: OnlineLevel
    trial: bool


@dataclass(frozen=True, slots=True)
class ListedProcedure:
    """`name`, `field`: empty: as the catalogue has them. `field`: an id, or the name of a new one (`is_new_field`).

    `offers`: everything that the procedure is offered as from now on. `service_names`: of services whose name becomes
    other. `tiers`: what the list says of it.
    """

    code: str
    name: str
    service_names: Mapping[str, str]
    field: str
    is_new_field: bool
    tiers: frozenset[Tier]
    offers: Offers
    ministry: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """`agencies`: where it is not offered any more. `successor`: empty: none. `is_all`: it is offered nowhere then."""

    code: str
    agencies: frozenset[str]
    successor: str
    is_all: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """What becomes of the catalogue with these answers, and with the proposals where there is no answer yet."""

    procedures: Mapping[str, ListedProcedure]
    gone: tuple[Gone, ...]
    findings: tuple[Finding, ...]
