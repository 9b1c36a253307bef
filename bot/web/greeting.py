"""The first screen: what the assistant says when someone begins, asked once for each catalogue and language.

Showing the page must not count as a conversation (health probes and search engines show it too), so the greeting is
not asked for in the visitor's name. The conversation begins with the first message; see `web.conversation`.
"""

from __future__ import annotations

import asyncio
import secrets

from bot.catalog.editorial import Notice, notices_for
from bot.channels.web_chat import CHANNEL
from bot.dialogue.messages import Incoming, Reply, Status
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.web.answers import Answers

BEGIN = "start"
"""The choice that begins a conversation."""
_PAGE_ITSELF = "first-screen"


class Greeting:
    """The greetings of `assistant`, kept until the catalogue changes, or a notice for all begins or ends."""

    def __init__(self, assistant: Answers) -> None:
        self._assistant = assistant
        self._lock = asyncio.Lock()
        self._shown: tuple[str, tuple[Notice, ...]] | None = None
        self._replies: dict[str | None, Reply] = {}

    async def reply(self, language: str | None = None) -> Reply:
        """The greeting in one of the languages that the page is offered in; None is the default one."""
        async with self._lock:
            catalogue = self._assistant.catalogue
            shown = catalogue.version, notices_for(catalogue.editorial, day_of(now()))
            if self._shown != shown:
                self._shown, self._replies = shown, {}
            if language in self._replies:
                return self._replies[language]
            # Somebody new: who comes back is not greeted again.
            user = f"{_PAGE_ITSELF}-{secrets.token_hex(8)}"
            reply = await self._assistant.answer(Incoming(CHANNEL, user, choice=BEGIN, language=language))
            if reply.status is not Status.FAILED:
                self._replies[language] = reply
            return reply
