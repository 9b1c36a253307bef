"""What a person can do at home, in one honest sentence: nothing is promised that the published list does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.catalog.editorial import hidings_at
from bot.catalog.model import Catalogue, Commune, Procedure
from bot.catalog.online_list import SERVICES_FILE
from bot.catalog.province import source_of
from bot.texts import Texts
from handlers.bodies import GroupKind, offers
from handlers.filing import kind_of_place
from handlers.stages import Stage, stage_everywhere, stage_of


@dataclass(frozen=True, slots=True)
class AtHome:
    """`is_trial`: whoever offers it so is trying it out. `as_of`: the day that the data describes."""

    stage: Stage
    is_trial: bool
    as_of: date


def at_home(catalogue: Catalogue, procedure: Procedure, commune: Commune | None = None) -> AtHome:
    """Of a procedure in force, where it hangs in `commune`, else everywhere in the province.

    Like the assistant's card: a commune's own level is told only where communes alone decide, and by where one lives.
    What some communes or branches offer is told of no other, for it may hang there.
    """
    found, is_own = offers(catalogue, procedure.code), False
    if commune is not None and kind_of_place(catalogue, procedure) is None:
        own = tuple(offer for offer in found if commune.agency_code in offer.group.agencies)
        if own and all(offer.group.kind is GroupKind.COMMUNES for offer in found):
            found, is_own = own, True
    if is_own:
        stage = stage_of(procedure, found[0].levels)
    elif hidings_at(catalogue.editorial, procedure.code):
        # Where one body is hidden, what the others offer is not told as if it were everywhere.
        stage = Stage.DIFFERS
    else:
        stage = stage_everywhere(catalogue, procedure, found)
    is_trial = bool(found) and all(offer.trial for offer in found)
    return AtHome(stage, is_trial, _day_of_services(catalogue) if found else procedure.as_of)


def sentence(texts: Texts, catalogue: Catalogue, stage: Stage) -> str:
    """One sentence; never more than the data says."""
    return texts.find(f"poster.can.{stage}", province=catalogue.province.name) or ""


def few_words(texts: Texts, stage: Stage) -> str:
    """The same where there is room for a line."""
    return texts.find(f"poster.few.{stage}") or ""


def _day_of_services(catalogue: Catalogue) -> date:
    source = source_of(catalogue.sources, SERVICES_FILE)
    return catalogue.as_of if source is None else source.as_of
