"""The first screen: what the assistant says when someone begins, asked once for each catalogue.

Showing the page must not count as a conversation (health probes and search engines show it too), so the greeting is
not asked for in the visitor's name. The conversation begins with the first message; see `web.conversation`.
"""

from __future__ import annotations

import asyncio

from bot.channels.web_chat import CHANNEL
from bot.dialogue.messages import Incoming, Reply, Status
from bot.web.answers import Answers

BEGIN = "start"
"""The choice that begins a conversation."""
_PAGE_ITSELF = "first-screen"


class Greeting:
    """The greeting of `assistant`, kept until the catalogue changes."""

    def __init__(self, assistant: Answers) -> None:
        self._assistant = assistant
        self._lock = asyncio.Lock()
        self._version: str | None = None
        self._reply: Reply | None = None

    async def reply(self) -> Reply:
        async with self._lock:
            version = self._assistant.catalogue.version
            if self._reply is not None and self._version == version:
                return self._reply
            reply = await self._assistant.answer(Incoming(CHANNEL, _PAGE_ITSELF, choice=BEGIN))
            if reply.status is not Status.FAILED:
                self._version, self._reply = version, reply
            return reply
