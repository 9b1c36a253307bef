"""Which service a rating is about, as of today's catalogue. Pure."""

from __future__ import annotations

from bot.catalog.lookup import service_code
from bot.catalog.model import Catalogue
from bot.ratings.model import Subject


def subject_at(catalogue: Catalogue, code: str, agency: str = "", commune: str = "") -> Subject:
    """`code` is in force. `agency`: empty where nobody knows; a commune that decides stands for a person's own one."""
    own = commune or (agency if agency in catalogue.communes else "")
    return Subject(code, service_code(catalogue, code, agency) or "", agency, own)
