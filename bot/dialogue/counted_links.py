"""Links to the portal that lead through our own address, so that it is known that they were opened."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.lookup import portal_link
from bot.dialogue.messages import Link, Reply
from bot.dialogue.signed_links import PortalLink, Signer
from bot.dialogue.turn import Outcome, Turn
from bot.store.sharing import Via


class CountedLinks:
    """`site`: the public address of our own pages; empty where nobody could open it: then nothing is counted."""

    def __init__(self, signer: Signer, site: str) -> None:
        self._signer = signer
        self._site = site

    def in_reply(self, turn: Turn, outcome: Outcome, person: str, via: Via | None = None) -> Reply:
        """The reply, its links to pages of procedures counted for the person (a keyed hash).

        `via`: by whose shared link the person came.
        """
        reply = outcome.reply
        if not self._site or not reply.links:
            return reply
        codes = dict.fromkeys((*reply.codes, *((outcome.procedure,) if outcome.procedure else ())))
        procedures = [turn.catalogue.procedures[code] for code in codes if code in turn.catalogue.procedures]
        pages = {portal_link(turn.catalogue, procedure): procedure.code for procedure in reversed(procedures)}
        about = PortalLink("", outcome.agency or "", person, via)
        return replace(reply, links=tuple(self._counted(link, pages.get(link.url), about) for link in reply.links))

    def _counted(self, link: Link, code: str | None, about: PortalLink) -> Link:
        if code is None:
            return link
        return replace(link, through=self._site + self._signer.portal_path(replace(about, code=code)))
