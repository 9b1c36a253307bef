"""Pages from templates. Everything that is filled in is escaped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.web_chat import render
from bot.dialogue.messages import Reply, Status
from bot.texts import Texts
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.errors import Fault


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


class Pages:
    """The pages of the chat, in one language."""

    def __init__(self, assistant: Answers, assets: Assets, texts: Texts) -> None:
        self._assistant = assistant
        self._texts = texts
        self._environment = Environment(
            loader=PackageLoader("bot.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(asset=assets.url, language=texts.language)
        self._environment.filters["host"] = host_of

    def chat(self, greeting: Reply, exchange: Exchange | None = None) -> str:
        """The chat: the greeting, and one exchange where the script is not there to show it."""
        return self._render("chat.html", greeting=greeting, exchange=exchange)

    def error(self, fault: Fault) -> str:
        return self._render("error.html", message=self._texts.get(fault.text_id))

    def _render(self, template: str, **values: object) -> str:
        assistant = self._assistant.catalogue.province.assistant_name
        return self._environment.get_template(template).render(t=self._texts.get, assistant=assistant, **values)


def host_of(url: str) -> str:
    """Where a link leads, as a person reads it: the host, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
