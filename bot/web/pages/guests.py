"""By whose shared link a page is read: `?s=…` goes along to the pages that it leads to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aiohttp import web

from bot.dialogue.choices import CardChoice
from bot.dialogue.sharing import Shareable, target_of, via_of
from bot.dialogue.signed_links import ShareLink, Signer
from bot.store.sharing import Via
from bot.web.pace import take_turn
from bot.web.pages import addresses
from bot.web.pages.rows import RowView
from bot.web.pages.tools import Tools


@dataclass(frozen=True, slots=True)
class Guest:
    """`via` None: somebody who came by no link of ours."""

    via: Via | None = None
    _link: ShareLink | None = None
    _signer: Signer | None = None

    def share_id(self, page: Shareable) -> str:
        """The id of a link of the same team and place that leads to this page; empty: nobody's."""
        if self._link is None or self._signer is None:
            return ""
        return self._signer.share_id(replace(self._link, target=target_of(page)))

    def address(self, path: str, page: Shareable) -> str:
        """The address of a page of ours, told by whose link. `path` may have parameters already."""
        share_id = self.share_id(page)
        return f"{path}{'&' if '?' in path else '?'}{addresses.SHARED}={share_id}" if share_id else path

    def rows(self, rows: tuple[RowView, ...]) -> tuple[RowView, ...]:
        """The same, their addresses told by whose link."""
        return tuple(replace(row, href=self.address(row.href, CardChoice(row.code))) for row in rows)


NOBODY = Guest()


def guest_of(request: web.Request, tools: Tools) -> Guest:
    """What is not one of our ids counts as not given, and as a search: signatures are not tried for ever."""
    signer, written = tools.signer, request.query.get(addresses.SHARED)
    if signer is None or not written:
        return NOBODY
    link = signer.share_link(written)
    if link is None:
        take_turn(request)
        return NOBODY
    return Guest(via_of(tools.site.catalogue, link), link, signer)
