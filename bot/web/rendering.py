"""Pages from templates. Everything that is filled in is escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.web_chat import host_of, render
from bot.dialogue.messages import Reply, Status
from bot.texts import Texts
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.errors import Fault, sentence
from bot.web.languages import DEFAULT
from bot.web.pages.page_picture import PagePicture


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a person sent without the script, and the answer. `said` is None where there are no words to repeat."""

    said: str | None
    reply: Reply

    @property
    def is_private(self) -> bool:
        """What was said holds private numbers: it is not shown again."""
        return self.reply.status is Status.PERSONAL_DATA_REFUSED

    def as_item(self) -> str:
        """For the script, which shows it in its own way and keeps it."""
        return json.dumps({"said": self.said, "private": self.is_private, "reply": render(self.reply)})


@dataclass(frozen=True, slots=True)
class Preview:
    """What others show of a link to the chat. `address`: its own. `base`: what the picture's address begins with."""

    address: str
    base: str
    picture: PagePicture


@dataclass(frozen=True, slots=True)
class View:
    """How the chat is to be shown: in whose words, what its form passes on, and where else it can be read.

    `action`: the address that the form is sent to. `hidden`: its hidden fields. `languages`: the name and address
    of the page in each other language, by language.
    """

    texts: Texts
    action: str = "/"
    hidden: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    embedded: bool = False
    preview: Preview | None = None

    @property
    def pages(self) -> str:
        """What the addresses of the other pages begin with in this language."""
        return "" if self.texts.language == DEFAULT else f"/{self.texts.language}"


class Pages:
    """The pages of the chat."""

    def __init__(self, assistant: Answers, assets: Assets, texts: Texts, site_verification: str | None = None) -> None:
        """`site_verification`: what Zalo reads on the page to know whose it is."""
        self._assistant = assistant
        self._texts = texts
        self._environment = make_environment(assets)
        self._environment.globals.update(site_verification=site_verification)

    def chat(self, greeting: Reply, exchange: Exchange | None = None, view: View | None = None) -> str:
        """The chat: the greeting, and one exchange where the script is not there to show it."""
        view = view or View(self._texts)
        return self._render("chat.html", view.texts, greeting=greeting, exchange=exchange, view=view)

    def error(self, fault: Fault, texts: Texts | None = None) -> str:
        texts = texts or self._texts
        return self._render("error.html", texts, message=sentence(fault, texts))

    def _render(self, template: str, texts: Texts, **values: object) -> str:
        assistant = self._assistant.catalogue.province.assistant_name
        page = self._environment.get_template(template)
        return page.render(t=texts.get, language=texts.language, assistant=assistant, **values)


def make_environment(assets: Assets) -> Environment:
    """What every template is filled in by: everything escaped, nothing silently missing."""
    environment = Environment(
        loader=PackageLoader("bot.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=assets.url)
    environment.filters["host"] = host_of
    return environment
