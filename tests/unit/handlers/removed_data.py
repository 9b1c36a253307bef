"""The example's catalogue, of which a newer list has no longer everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.catalog.model import Catalogue, Removal
from tests.unit.handlers.example import catalogue, procedure

SINCE = date(2026, 11, 2)
REMARRYING = procedure("1.000010", "Đăng ký lại kết hôn")


def without(*codes: str, decision: str = "", services: bool = True) -> Catalogue:
    """These codes left the list, with all that was published for them or without."""
    whole = catalogue()
    procedures = {**whole.procedures, REMARRYING.code: REMARRYING}
    for code in codes:
        procedures[code] = replace(procedures[code], removal=Removal(SINCE, decision))
    kept = {code: of_it for code, of_it in whole.services.items() if services or code not in codes}
    return replace(whole, procedures=procedures, services=kept)
