"""What is known of a procedure before anyone asks: the named steps that decide between like wordings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.catalog.model import AgencyKind, Audience, Catalogue, Procedure, Tier
from bot.search.fold import fold, make_tokens
from bot.search.model import Reason
from bot.search.phrases import PhraseTable

CITIZENS = 0.015
BUSINESSES = -0.01
COMMUNE = 0.02
BRANCH = 0.03
MOST_NEEDED = 0.045
OFTEN_ASKED = 0.02
MAYBE_SUPERSEDED = -0.06
REMOVED = -0.3
"""More than all that may speak for one title against the same title of another."""

_LIST = re.compile(r"(?:thủ tục )?\w+(?: \w+)?, ", re.IGNORECASE)
_LONGEST_LIST = 8


@dataclass(frozen=True, slots=True)
class Traits:
    """Points given beforehand, and the marks that single a procedure out in its family.

    `listed`: marks that the title names as cases among others; called for, they make the whole title called for.
    """

    reasons: tuple[Reason, ...]
    points: float
    marks: frozenset[str]
    listed: frozenset[str]
    name: str
    """The folded title: equal for twins, which differ only in who handles them."""
    is_removed: bool = False
    """It left the list."""


def _at_branch(catalogue: Catalogue, code: str) -> bool:
    """Branches of the land office serve households and individuals; office and department serve organisations."""
    agencies = (agency for service in catalogue.services.get(code, ()) for agency in service.agencies)
    known = (catalogue.agencies.get(agency) for agency in agencies)
    return any(agency is not None and agency.kind is AgencyKind.BRANCH for agency in known)


def _reasons(procedure: Procedure, needed: frozenset[str], at_branch: bool) -> list[Reason]:
    reasons = []
    if procedure.audience == {Audience.BUSINESSES}:
        reasons.append(Reason("for businesses only", BUSINESSES))
    elif Audience.CITIZENS in procedure.audience:
        reasons.append(Reason("for citizens", CITIZENS))
    if Tier.COMMUNE in procedure.tiers:
        reasons.append(Reason("handled in the commune", COMMUNE))
    if at_branch:
        reasons.append(Reason("handled at a branch, for households", BRANCH))
    if procedure.code in needed:
        reasons.append(Reason("among the most needed", MOST_NEEDED))
    elif procedure.label:
        reasons.append(Reason("often asked for", OFTEN_ASKED))
    if procedure.maybe_superseded:
        reasons.append(Reason("perhaps superseded", MAYBE_SUPERSEDED))
    if procedure.removal is not None:
        reasons.append(Reason("no longer in the list", REMOVED))
    return reasons


def _marks(table: PhraseTable[str], title: str) -> tuple[frozenset[str], frozenset[str]]:
    """The marks that make a title special, and those it merely lists.

    In "Cấp, cấp đổi, cấp lại thẻ …" re-issue is one case among others, not a special one.
    """
    found = table.anywhere(make_tokens(title))
    if _LIST.match(title) is None:
        return frozenset(mark.value for mark in found), frozenset()
    listed = frozenset(mark.value for mark in found if 0 < mark.start <= _LONGEST_LIST)
    return frozenset(mark.value for mark in found) - listed, listed


def collect_traits(catalogue: Catalogue, codes: tuple[str, ...]) -> tuple[Traits, ...]:
    """The traits of the searchable procedures, in their order."""
    marks = PhraseTable((phrase, q.id) for q in catalogue.lexicon.qualifiers for phrase in q.in_title)
    needed = frozenset(code for event in catalogue.life_events for code in event.codes)
    traits = []
    for code in codes:
        procedure = catalogue.procedures[code]
        reasons = _reasons(procedure, needed, _at_branch(catalogue, code))
        special, listed = _marks(marks, procedure.title)
        points = sum(reason.points for reason in reasons)
        name = fold(procedure.title).removeprefix("thu tuc ")
        traits.append(Traits(tuple(reasons), points, special, listed, name, procedure.removal is not None))
    return tuple(traits)
