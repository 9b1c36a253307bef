"""What is known of a procedure before anyone asks: the named steps that decide between like wordings."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalog.model import Audience, Catalogue, Procedure, Tier
from bot.search.fold import make_tokens
from bot.search.model import Reason
from bot.search.phrases import PhraseTable

CITIZENS = 0.015
BUSINESSES = -0.01
COMMUNE = 0.015
OTHER_BODY = 0.0
MOST_NEEDED = 0.045
OFTEN_ASKED = 0.02
MAYBE_SUPERSEDED = -0.06
NOT_HERE = -0.01


@dataclass(frozen=True, slots=True)
class Traits:
    """Points given beforehand, and the marks that single a procedure out in its family."""

    reasons: tuple[Reason, ...]
    points: float
    marks: frozenset[str]


def _reasons(procedure: Procedure, needed: frozenset[str], offered: bool) -> list[Reason]:
    reasons = []
    if procedure.audience == {Audience.BUSINESSES}:
        reasons.append(Reason("for businesses only", BUSINESSES))
    elif Audience.CITIZENS in procedure.audience:
        reasons.append(Reason("for citizens", CITIZENS))
    if Tier.COMMUNE in procedure.tiers:
        reasons.append(Reason("handled in the commune", COMMUNE))
    if procedure.code in needed:
        reasons.append(Reason("among the most needed", MOST_NEEDED))
    elif procedure.label:
        reasons.append(Reason("often asked for", OFTEN_ASKED))
    if procedure.maybe_superseded:
        reasons.append(Reason("perhaps superseded", MAYBE_SUPERSEDED))
    return reasons


def collect_traits(catalogue: Catalogue, codes: tuple[str, ...]) -> tuple[Traits, ...]:
    """The traits of the searchable procedures, in their order."""
    marks = PhraseTable((phrase, q.id) for q in catalogue.lexicon.qualifiers for phrase in q.in_title)
    needed = frozenset(code for event in catalogue.life_events for code in event.codes)
    traits = []
    for code in codes:
        procedure = catalogue.procedures[code]
        reasons = _reasons(procedure, needed, code in catalogue.services)
        found = frozenset(found.value for found in marks.anywhere(make_tokens(procedure.title)))
        traits.append(Traits(tuple(reasons), sum(reason.points for reason in reasons), found))
    return tuple(traits)
