"""Who decides on a procedure, and where a dossier may be handed in by someone who goes there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from bot.catalog.lookup import FilingPlace, place_of_filing
from bot.catalog.model import Catalogue, Commune, Procedure, Tier
from bot.dialogue.turn import Turn
from bot.search.fold import fold
from bot.texts import Texts
from handlers.bodies import name_all
from handlers.commune_names import commune_name
from handlers.naming import province_name


class PlaceKind(StrEnum):
    """What lies at the place that decides, where that is not the person's home."""

    LAND = "land"
    BUILDING = "building"
    BUSINESS = "business"


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
_COUNTS = {
    PlaceKind.LAND: "card.place.land",
    PlaceKind.BUILDING: "card.place.building",
    PlaceKind.BUSINESS: "card.place.business",
}
# By words of a field's name. National names, data in Vietnamese whatever the language of the texts.
_FIELDS = (
    (("đất đai", "địa chất", "khoáng sản"), PlaceKind.LAND),
    (("xây dựng", "nhà ở", "quy hoạch"), PlaceKind.BUILDING),
    (("kinh doanh", "doanh nghiệp", "hợp tác xã"), PlaceKind.BUSINESS),
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
    kind = kind_of_place(catalogue, procedure)
    return None if kind is None or len(local) < 2 else texts.get(_COUNTS[kind])


def kind_of_place(catalogue: Catalogue, procedure: Procedure) -> PlaceKind | None:
    """What the place of a procedure is the place of; None where it is the person's home."""
    field = catalogue.fields.get(procedure.field_id)
    if field is None:
        return None
    name = fold(field.name)
    return next((kind for words, kind in _FIELDS if any(fold(word) in name for word in words)), None)


def own_commune(turn: Turn, procedure: Procedure, agencies: Collection[str]) -> str | None:
    """The person's own commune, where of these agencies communes alone decide, by where one lives."""
    commune, catalogue = turn.commune, turn.catalogue
    if commune is None or commune.agency_code not in agencies or kind_of_place(catalogue, procedure) is not None:
        return None
    return commune.agency_code if all(agency in catalogue.communes for agency in agencies) else None


def where_to_file(catalogue: Catalogue, texts: Texts, procedure: Procedure, commune: Commune | None = None) -> str:
    """A sentence that says where the dossier may be handed in; with a commune, where that is near."""
    place = place_of_filing(catalogue, procedure)
    if place is FilingPlace.SERVICE_CENTRE:
        centre, province = catalogue.province.service_centre, province_name(catalogue.province, texts.language)
        if commune is None:
            return texts.get("card.filing.service_centre", centre=centre, province=province)
        name = commune_name(texts, commune)
        return texts.get("card.filing.own_centre", centre=centre, commune=name, province=province)
    if place is FilingPlace.POLICE and procedure.tiers == {Tier.COMMUNE}:
        if commune is None:
            return texts.get("card.filing.police_commune")
        return texts.get("card.filing.own_police", commune=commune_name(texts, commune))
    return texts.get(_PLACES[place])
