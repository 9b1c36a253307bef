"""What every page is made with, and how it is put into its frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web
from jinja2 import Environment

from bot.dialogue.signed_links import Signer
from bot.settings import Settings
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.languages import offered
from bot.web.pages import addresses
from bot.web.pages.addresses import Alternate
from bot.web.pages.page_picture import PagePicture
from bot.web.pages.site import Site, Sites
from bot.web.rendering import make_environment
from handlers.beside import notice_lines
from handlers.naming import operator_name, province_name


@dataclass(frozen=True, slots=True)
class Head:
    """What a search engine reads. `path` is the Vietnamese one; `structured` is safe to stand in a script element.

    `indexed` False: to be left out of search results (results of a search, parts of a list).
    """

    title: str
    description: str
    path: str
    indexed: bool = True
    structured: str | None = None
    picture: PagePicture | None = None
    """What is shown beside a link to it."""


@dataclass(frozen=True, slots=True)
class Tools:
    assistant: Answers
    settings: Settings
    texts: Mapping[str, Texts]
    """By language: those in which every sentence is written."""
    environment: Environment
    sites: Sites
    signer: Signer | None = None
    """Makes the links to the portal that are counted; None: they are not."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.texts)

    @property
    def site(self) -> Site:
        return self.sites.of(self.assistant.guide)

    def render(self, request: web.Request, language: str, template: str, head: Head, **values: object) -> str:
        """A page in its frame. `values` are what the template shows."""
        base = addresses.base_of(request, self.settings)
        texts = self.texts[language]
        frame = {
            "t": texts.get,
            "language": language,
            "assistant": self.assistant.catalogue.province.assistant_name,
            "operator": operator_name(self.assistant.catalogue.province, language),
            "head": head,
            "canonical": None if base is None else base + addresses.in_language(language, head.path),
            "alternates": self._alternates(base, head),
            "others": [
                (other, addresses.in_language(other, head.path)) for other in self.languages if other != language
            ],
            "here": request.path,
            "base": base,
            "notices": notice_lines(self.site.catalogue.editorial, texts, self.site.today),
            "source": self.source_line(texts),
            "to": lambda path: addresses.in_language(language, path),
            "chat": addresses.chat_address(language),
        }
        return self.environment.get_template(f"pages/{template}").render(frame, **values)

    def source_line(self, texts: Texts) -> str:
        catalogue = self.assistant.catalogue
        source = texts.get("card.source.province", province=province_name(catalogue.province, texts.language))
        return texts.get("web.pages.source", source=source, date=day_written(texts.language, self.site.list.as_of))

    def _alternates(self, base: str | None, head: Head) -> tuple[Alternate, ...]:
        return () if base is None or not head.indexed else addresses.alternates(base, head.path, self.languages)


TOOLS = web.AppKey("page_tools", Tools)


def make_tools(assistant: Answers, settings: Settings, assets: Assets, signer: Signer | None = None) -> Tools:
    return Tools(assistant, settings, offered(), make_environment(assets), Sites(), signer)
