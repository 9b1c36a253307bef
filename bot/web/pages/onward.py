"""Where somebody who reads a page can ask on: in the web chat, in Telegram, in Zalo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.channels.telegram.deep_links import link, payload_of
from bot.dialogue.choices import CardChoice, FieldChoice, SharedChoice
from bot.dialogue.messages import Link
from bot.dialogue.sharing import Shareable
from bot.settings import Settings
from bot.texts import Texts
from bot.web.pages import addresses
from bot.web.pages.guests import NOBODY, Guest
from handlers.browse import field_key


@dataclass(frozen=True, slots=True)
class Paste:
    """What opens the page's matter in a chat that no link can begin (Zalo): `shown` can be typed, `copied` pasted.

    `link` opens the chat: behind the code, for whoever leaves the page first has nothing to paste.
    """

    shown: str
    copied: str
    link: Link


@dataclass(frozen=True, slots=True)
class Onward:
    """`paste` None: there is no such chat."""

    links: tuple[Link, ...] = ()
    paste: Paste | None = None

    def with_link(self, more: Link) -> Onward:
        return replace(self, links=(*self.links, more))


def onward(texts: Texts, settings: Settings, page: Shareable, guest: Guest = NOBODY) -> Onward:
    """Here, and in the apps whose accounts are set; told by whose link the person came."""
    agency = page.agency if isinstance(page, CardChoice) else None
    share_id = guest.share_id(page)
    choice = str(SharedChoice(share_id, agency)) if share_id else _choice(page)
    links = [Link(texts.get("web.pages.procedure.ask_here"), addresses.chat_address(texts.language, choice))]
    paste = None
    if settings.zalo_oa_id is not None:
        typed = page.code if isinstance(page, CardChoice) else f"#{_choice(page)}"
        zalo = Link(texts.get("web.pages.procedure.ask_zalo"), f"https://zalo.me/{settings.zalo_oa_id}")
        paste = Paste(typed, f"#{share_id}" if share_id else typed, zalo)
    if settings.telegram_bot_username is not None:
        # An address that opens Telegram names no body.
        plain = CardChoice(page.code) if isinstance(page, CardChoice) else page
        payload = payload_of(str(SharedChoice(share_id))) or payload_of(_choice(plain)) or ""
        address = link(settings.telegram_bot_username, payload)
        links.append(Link(texts.get("web.pages.procedure.ask_telegram"), address))
    return Onward(tuple(links), paste)


def _choice(page: Shareable) -> str:
    """The choice that opens it in a chat. A field's id may be too long for one."""
    return str(FieldChoice(field_key(page.id)) if isinstance(page, FieldChoice) else page)
