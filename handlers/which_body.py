"""Asking which body handles the case, where bodies differ in how far they go online."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.model import Catalogue, Procedure
from bot.catalog.titles import begin_upper
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice
from bot.dialogue.turn import Turn
from bot.texts import Texts
from handlers.bodies import Group, GroupKind, Offer, branch_names, commune_names, name_group
from handlers.commune_names import commune_name
from handlers.filing import PlaceKind, kind_of_place
from handlers.level_text import level_words

_MOST = 6
_NAMED_IN_LABEL = 3
_OTHERS = {GroupKind.COMMUNES: "card.choice.communes_other", GroupKind.SIBLINGS: "card.choice.branches_other"}
_WHERE = {
    PlaceKind.LAND: "card.place.which_land",
    PlaceKind.BUILDING: "card.place.which_building",
    PlaceKind.BUSINESS: "card.place.which_business",
}
_AT_HOME = {
    PlaceKind.LAND: "card.place.land_at",
    PlaceKind.BUILDING: "card.place.building_at",
    PlaceKind.BUSINESS: "card.place.business_at",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What each body offers, the question itself, and a choice for each answer."""

    lines: tuple[str, ...]
    asked: str
    choices: tuple[Choice, ...]


def ask_which(turn: Turn, procedure: Procedure, offers: Sequence[Offer]) -> Question:
    """The question, what each group of bodies offers, and a choice for each group; the remembered commune first."""
    catalogue, texts = turn.catalogue, turn.texts
    shown = offers[:_MOST]
    asked = [offer.group for offer in shown]
    lines = [
        texts.get("card.level.differs_group", agencies=_listed(catalogue, texts, offer.group, asked), level=level)
        for offer in shown
        for level in [level_words(texts, offer.levels)]
    ]
    choices = tuple(
        Choice(
            str(CardChoice(procedure.code, group.first, alike=len(group.agencies) > 1)),
            _label(catalogue, texts, group, asked),
        )
        for group in asked
    )
    kind = kind_of_place(catalogue, procedure)
    by_commune = any(group.kind is GroupKind.COMMUNES for group in asked)
    question = _question(texts, kind if by_commune else None, asked)
    own = _own_commune(turn, procedure.code, asked, kind)
    others = tuple(choice for choice in choices if choice.id not in {mine.id for mine in own})
    return Question((texts.get("card.level.differs"), *lines), question, (*own, *others))


def _question(texts: Texts, kind: PlaceKind | None, asked: Sequence[Group]) -> str:
    if kind is not None:
        return texts.get(_WHERE[kind])
    if any(group.kind is GroupKind.SIBLINGS for group in asked):
        return texts.get("card.level.which_branch")
    return texts.get("card.level.which_body")


def _own_commune(turn: Turn, code: str, asked: Sequence[Group], kind: PlaceKind | None) -> tuple[Choice, ...]:
    """The remembered commune: only the first suggestion, since the land or the business may lie elsewhere."""
    commune = turn.commune
    if commune is None or not any(commune.agency_code in group.agencies for group in asked):
        return ()
    name = commune_name(turn.texts, commune)
    label = begin_upper(name) if kind is None else turn.texts.get(_AT_HOME[kind], commune=name)
    return (Choice(str(CardChoice(code, commune.agency_code)), label),)


def _listed(catalogue: Catalogue, texts: Texts, group: Group, asked: Sequence[Group]) -> str:
    if _is_the_rest(group, asked):
        return texts.get(_OTHERS[group.kind])
    name = name_group(catalogue, texts, group)
    return begin_upper(name)


def _label(catalogue: Catalogue, texts: Texts, group: Group, asked: Sequence[Group]) -> str:
    if _is_the_rest(group, asked):
        return texts.get(_OTHERS[group.kind])
    if group.kind is GroupKind.COMMUNES:
        return _commune_label(catalogue, texts, group)
    if group.kind is GroupKind.SIBLINGS:
        return _branch_label(catalogue, texts, group)
    return name_group(catalogue, texts, group)


def _is_the_rest(group: Group, asked: Sequence[Group]) -> bool:
    """Whether this is what remains when a smaller group of the same sort has been named."""
    if group.kind is GroupKind.SINGLE:
        return False
    alike = [other for other in asked if other.kind is group.kind]
    return len(alike) > 1 and group is alike[-1]


def _commune_label(catalogue: Catalogue, texts: Texts, group: Group) -> str:
    if group.whole:
        return texts.get("card.choice.communes")
    if len(group.agencies) <= _NAMED_IN_LABEL:
        return texts.get("card.choice.communes_named", names=commune_names(catalogue, group))
    return texts.get("card.choice.communes_count", count=len(group.agencies))


def _branch_label(catalogue: Catalogue, texts: Texts, group: Group) -> str:
    if not group.whole and len(group.agencies) <= _NAMED_IN_LABEL:
        return texts.get("card.choice.branches_named", names=branch_names(catalogue, group))
    parent = catalogue.agencies[group.first].parent or ""
    return texts.get("card.choice.branches", parent=catalogue.agencies[parent].name)
