"""Where a dossier may be handed in.

The agencies of a service *decide*; they are not where one goes. As a rule a dossier is handed in at a public service
centre, any in the province since 1 December 2025. The police, tax, customs, insurance, banks, courts and military
commands take their own.
"""

from __future__ import annotations

from enum import StrEnum

from bot.catalog.model import AgencyKind, Catalogue, Procedure, Tier


class FilingPlace(StrEnum):
    """The kind of place where a dossier is handed in. OTHER: a body of its own that our data does not name."""

    SERVICE_CENTRE = "service_centre"
    POLICE = "police"
    TAX = "tax"
    CUSTOMS = "customs"
    INSURANCE = "insurance"
    BANK = "bank"
    COURT = "court"
    MILITARY = "military"
    OTHER = "other"


_BY_KIND = {
    AgencyKind.POLICE: FilingPlace.POLICE,
    AgencyKind.TAX: FilingPlace.TAX,
    AgencyKind.INSURANCE: FilingPlace.INSURANCE,
    AgencyKind.BANK: FilingPlace.BANK,
    AgencyKind.MILITARY: FilingPlace.MILITARY,
}

# National names: a ministry and its fields are the same in every province.
_BY_MINISTRY = {
    "Bộ Công an": FilingPlace.POLICE,
    "Bộ Quốc phòng": FilingPlace.MILITARY,
    "Ngân hàng Nhà nước Việt Nam": FilingPlace.BANK,
    "Tòa án nhân dân": FilingPlace.COURT,
}
_BY_FIELD = {
    "hai-quan": FilingPlace.CUSTOMS,
    "thue": FilingPlace.TAX,
    "thuc-hien-chinh-sach-bhxh": FilingPlace.INSURANCE,
    "thuc-hien-chinh-sach-bhyt": FilingPlace.INSURANCE,
    "chi-tra-cac-che-do-bhxh": FilingPlace.INSURANCE,
    "cap-so-bhxh-the-bhyt": FilingPlace.INSURANCE,
    "thu-bhxh-bhyt-bhtn-bh-tai-nan-lao-dong-bnn": FilingPlace.INSURANCE,
    # The State Treasury, the securities commission and the reserves have offices of their own.
    "kho-bac-nha-nuoc": FilingPlace.OTHER,
    "chung-khoan": FilingPlace.OTHER,
    "du-tru": FilingPlace.OTHER,
    "toa-an": FilingPlace.COURT,
}


def place_of_filing(catalogue: Catalogue, procedure: Procedure) -> FilingPlace:
    """Where the dossier of a procedure may be handed in.

    The agencies of its services tell it when they are all of one kind that takes its own dossiers; without a service
    its field or its ministry does. Bodies that are neither of the province nor of a commune are OTHER.
    """
    services = catalogue.services.get(procedure.code, ())
    kinds = {catalogue.agencies[agency].kind for service in services for agency in service.agencies}
    if kinds:
        return _BY_KIND.get(kinds.pop(), FilingPlace.SERVICE_CENTRE) if len(kinds) == 1 else FilingPlace.SERVICE_CENTRE
    # A topic of ours only groups procedures for browsing; it says nothing of who takes the dossier.
    by_field = _BY_FIELD.get(procedure.field_id) if procedure.field_is_official else None
    known = by_field or _BY_MINISTRY.get(procedure.ministry)
    if known is not None:
        return known
    return FilingPlace.OTHER if procedure.tiers == {Tier.OTHER} else FilingPlace.SERVICE_CENTRE
