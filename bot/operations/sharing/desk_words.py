"""What stands on the sheet for a desk with a code for rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.catalog.model import Catalogue
from bot.catalog.titles import begin_upper
from bot.dialogue.signed_links import RatingLink
from bot.texts import load_texts
from handlers.commune_names import commune_name


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """`names`: of the service, the whole one first. `place`: empty where not told. `until`: the last day."""

    names: tuple[str, ...]
    place: str
    link: str
    until: date
    language: str = "vi"


def words_of_sheet(catalogue: Catalogue, link: RatingLink, address: str) -> DeskSheet:
    """`link`: of a service of the catalogue. The place is that of the counter, else who decides."""
    procedure, place = catalogue.procedures[link.code], link.commune or link.agency
    names = dict.fromkeys(name for name in (procedure.title, procedure.short_name, procedure.label) if name)
    return DeskSheet(tuple(names), _place(catalogue, place), address, link.until)


def _place(catalogue: Catalogue, code: str) -> str:
    commune, agency = catalogue.communes.get(code), catalogue.agencies.get(code)
    if commune is not None:
        return begin_upper(commune_name(load_texts(), commune))
    return "" if agency is None else agency.name
