"""Who decides on a procedure, and where a dossier may be handed in by someone who goes there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.lookup import FilingPlace, place_of_filing
from bot.catalog.model import Catalogue, Procedure, Tier
from bot.search.fold import fold
from bot.texts import Texts
from handlers.bodies import name_all

_PLACES = {
    FilingPlace.POLICE: "card.filing.police",
    FilingPlace.TAX: "card.filing.tax",
    FilingPlace.CUSTOMS: "card.filing.customs",
    FilingPlace.INSURANCE: "card.filing.insurance",
    FilingPlace.BANK: "card.filing.bank",
    FilingPlace.COURT: "card.filing.court",
    FilingPlace.MILITARY: "card.filing.military",
    FilingPlace.OTHER: "card.filing.other",
}
_TIERS = {
    frozenset({Tier.PROVINCE}): "card.decides.tier_province",
    frozenset({Tier.COMMUNE}): "card.decides.tier_commune",
    frozenset({Tier.PROVINCE, Tier.COMMUNE}): "card.decides.tier_both",
}
# By words of a field's name. National names, data in Vietnamese whatever the language of the texts.
_FIELDS = (
    (("đất đai", "địa chất", "khoáng sản"), "card.place.land"),
    (("xây dựng", "nhà ở", "quy hoạch"), "card.place.building"),
    (("kinh doanh", "doanh nghiệp", "hợp tác xã"), "card.place.business"),
)


def who_decides(catalogue: Catalogue, texts: Texts, procedure: Procedure, agencies: Sequence[str]) -> str | None:
    """A sentence that names the bodies, or their tier where no body is published; None where neither is known."""
    if agencies:
        return texts.get("card.decides.agencies", agencies=name_all(catalogue, texts, agencies))
    if place_of_filing(catalogue, procedure) is not FilingPlace.SERVICE_CENTRE:
        return None
    tier = _TIERS.get(procedure.tiers)
    return None if tier is None else texts.get(tier)


def which_place_counts(catalogue: Catalogue, texts: Texts, procedure: Procedure, agencies: Sequence[str]) -> str | None:
    """For land, buildings and businesses handled by communes or branches: the place of these counts."""
    local = [a for a in agencies if a in catalogue.communes or catalogue.agencies[a].parent is not None]
    field = catalogue.fields.get(procedure.field_id)
    if len(local) < 2 or field is None:
        return None
    name = fold(field.name)
    for words, text_id in _FIELDS:
        if any(fold(word) in name for word in words):
            return texts.get(text_id)
    return None


def where_to_file(catalogue: Catalogue, texts: Texts, procedure: Procedure) -> str:
    """A sentence that says where the dossier may be handed in."""
    place = place_of_filing(catalogue, procedure)
    if place is FilingPlace.SERVICE_CENTRE:
        province = catalogue.province
        return texts.get("card.filing.service_centre", centre=province.service_centre, province=province.full_name)
    if place is FilingPlace.POLICE and procedure.tiers == {Tier.COMMUNE}:
        return texts.get("card.filing.police_commune")
    return texts.get(_PLACES[place])
