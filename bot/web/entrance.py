"""How someone came to the chat: `/?xa=H99.05&lang=en&embedded=1`, and the same in the hidden fields of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.channels.web_chat import CHANNEL, commune_of, language_of, visit_of
from bot.dialogue.messages import Incoming
from bot.texts import Texts
from bot.web.keys import LANGUAGES, SETTINGS, TEXTS

EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Entrance:
    """`commune` and `language` as asked for; `embedded`: shown in a frame of a commune's page.

    `visit`: names this visit where the browser keeps no cookie for a page in a frame.
    """

    commune: str | None = None
    language: str | None = None
    embedded: bool = False
    visit: str | None = None

    def words(self, person: str, text: str) -> Incoming:
        return Incoming(CHANNEL, person, text=text, commune=self.commune, language=self.language)

    def choice(self, person: str, choice: str) -> Incoming:
        return Incoming(CHANNEL, person, choice=choice, commune=self.commune, language=self.language)

    def address(self, language: str | None = None) -> str:
        """The page entered in the same way, perhaps in another language."""
        fields = {"xa": self.commune, "lang": language or self.language, EMBEDDED: "1" if self.embedded else None}
        query = urlencode({name: value for name, value in fields.items() if value is not None})
        return f"/?{query}" if query else "/"


def entrance_of(request: web.Request, fields: Mapping[str, str] | None = None) -> Entrance:
    """From the address; `fields` of a form come first. What is not written as it should be counts as not given."""
    given = {**request.query, **(fields or {})}
    return Entrance(
        commune_of(given.get("xa")), language_of(given.get("lang")), is_embedded(request), visit_of(given.get("visit"))
    )


def is_embedded(request: web.Request) -> bool:
    """Whether the request comes from the chat in a frame. The address says it, so that every answer can know it."""
    return request.query.get(EMBEDDED) == "1" and bool(request.app[SETTINGS].embed_origins)


def texts_for(request: web.Request, language: str | None = None) -> Texts:
    """The page's own words in the language asked for, if it is offered."""
    wanted = language or request.query.get("lang") or ""
    return request.app[LANGUAGES].get(wanted, request.app[TEXTS])
