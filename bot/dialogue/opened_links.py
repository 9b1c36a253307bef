"""Where a counted link leads: to the procedure's page on the portal as of today's catalogue, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalog.hosts import host_of, is_allowed
from bot.catalog.lookup import portal_link, successor
from bot.catalog.model import Catalogue
from bot.dialogue.signed_links import PortalLink
from bot.ratings.model import Subject
from bot.ratings.subjects import subject_at

_ENCRYPTED = "https://"


@dataclass(frozen=True, slots=True)
class Opened:
    """Where a counted link leads today, and what is counted.

    `is_usable`: there is a service, and who opened it may be asked later how it went.
    """

    address: str
    subject: Subject
    is_usable: bool = True


def opened(catalogue: Catalogue, link: PortalLink) -> Opened | None:
    """The page in force today; None where there is none that may be linked. An agency not known counts as none."""
    code = successor(catalogue, link.code)
    if code is None:
        return None
    procedure = catalogue.procedures[code]
    address = portal_link(catalogue, procedure)
    if not address.startswith(_ENCRYPTED) or not is_allowed(host_of(address), catalogue.province.link_hosts):
        return None
    subject = subject_at(catalogue, code, link.agency if link.agency in catalogue.agencies else "")
    return Opened(address, subject, not procedure.is_gone)
