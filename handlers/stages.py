"""How far a procedure goes online, as one word for it: what cards, forwarded texts and posters say is chosen by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from bot.catalog.model import Catalogue, OnlineLevel, Procedure
from bot.catalog.online_list import Standing, standing_of
from handlers.bodies import Offer, leaves_places_out


class Stage(StrEnum):
    """A standing that is known, that it differs, or what the national data say where ours do not."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"
    BY_CASE = "by_case"
    DIFFERS = "differs"
    LISTED = "unknown_listed"
    NOT_LISTED = "unknown_not_listed"
    UNKNOWN = "unknown"


def stage_of(procedure: Procedure, levels: Collection[OnlineLevel]) -> Stage:
    """At one body, or at several that offer the same; `levels` is empty where none is published."""
    standing = standing_of(levels)
    if standing is not Standing.UNKNOWN:
        return Stage(standing.value)
    if procedure.online_listed:
        return Stage.LISTED
    return Stage.UNKNOWN if procedure.online_listed is None else Stage.NOT_LISTED


def stage_everywhere(catalogue: Catalogue, procedure: Procedure, found: Sequence[Offer]) -> Stage:
    """`found`: all that is offered. What some communes or branches offer is told of no other."""
    if len({offer.levels for offer in found}) > 1 or leaves_places_out(catalogue, found):
        return Stage.DIFFERS
    return stage_of(procedure, found[0].levels if found else ())
