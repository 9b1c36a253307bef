"""Several codes may bear one name, each at another body: say so, and name the other."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue, Procedure
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice
from bot.texts import Texts
from handlers.bodies import levels_by_agency, name_all


@dataclass(frozen=True, slots=True)
class Twin:
    sentence: str
    choice: Choice


def same_name(guide: Guide, texts: Texts, procedure: Procedure) -> Twin | None:
    """Another procedure in force with this very name, or None."""
    catalogue = guide.catalogue
    twins = guide.same_title[procedure.code]
    if not twins:
        return None
    # The one with a published level comes first: more is known about it.
    twin = max(twins, key=lambda other: (other in catalogue.services, other))
    return _twin(catalogue, texts, procedure, catalogue.procedures[twin])


def _twin(catalogue: Catalogue, texts: Texts, procedure: Procedure, twin: Procedure) -> Twin:
    own = name_all(catalogue, texts, levels_by_agency(catalogue, procedure.code))
    others = name_all(catalogue, texts, levels_by_agency(catalogue, twin.code))
    choice_id = str(CardChoice(twin.code))
    if not others or others == own:
        sentence = texts.get("card.same_name_unknown", code=twin.code)
        return Twin(sentence, Choice(choice_id, texts.get("card.same_name_choice_code", code=twin.code)))
    sentence = texts.get("card.same_name", code=twin.code, agencies=others)
    return Twin(sentence, Choice(choice_id, texts.get("card.same_name_choice")))
