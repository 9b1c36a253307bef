"""Links of the pages to the portal, counted. The pages are everybody's and may be kept, so nobody is named in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.catalog.lookup import portal_link
from bot.catalog.model import Catalogue
from bot.dialogue.messages import Link
from bot.dialogue.signed_links import PortalLink, Signer
from bot.store.sharing import Via


def counted(
    links: Iterable[Link],
    catalogue: Catalogue,
    signer: Signer,
    code: str,
    agency: str | None = None,
    via: Via | None = None,
) -> tuple[Link, ...]:
    """The same links; the one to this procedure's page leads through our own address. `code` is in the catalogue.

    `via`: by whose shared link the page is read.
    """
    page = portal_link(catalogue, catalogue.procedures[code])
    way = signer.portal_path(PortalLink(code, agency or "", via=via))
    return tuple(replace(link, through=way) if link.url == page else link for link in links)
