"""Asking which body handles the case, where bodies differ in how far they go online."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.model import Catalogue
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice
from bot.texts import Texts
from handlers.bodies import Group, GroupKind, Offer, branch_names, commune_names, name_group
from handlers.level_text import level_words

_MOST = 6
_NAMED_IN_LABEL = 3
_OTHERS = {GroupKind.COMMUNES: "card.choice.communes_other", GroupKind.SIBLINGS: "card.choice.branches_other"}


@dataclass(frozen=True, slots=True)
class Question:
    lines: tuple[str, ...]
    choices: tuple[Choice, ...]


def ask_which(catalogue: Catalogue, texts: Texts, code: str, offers: Sequence[Offer]) -> Question:
    """The question, what each group of bodies offers, and a choice for each group."""
    shown = offers[:_MOST]
    asked = [offer.group for offer in shown]
    lines = [
        texts.get("card.level.differs_group", agencies=_listed(catalogue, texts, offer.group, asked), level=level)
        for offer in shown
        for level in [level_words(texts, offer.levels)]
    ]
    choices = tuple(
        Choice(str(CardChoice(code, group.first)), _label(catalogue, texts, group, asked)) for group in asked
    )
    return Question((texts.get("card.level.differs"), *lines), choices)


def _listed(catalogue: Catalogue, texts: Texts, group: Group, asked: Sequence[Group]) -> str:
    if _is_the_rest(group, asked):
        return texts.get(_OTHERS[group.kind])
    name = name_group(catalogue, texts, group)
    return name[:1].upper() + name[1:]


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
