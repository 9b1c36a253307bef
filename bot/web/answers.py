"""The assistant as the web sees it."""

from __future__ import annotations

from typing import Protocol

from bot.catalog.model import Catalogue
from bot.dialogue.messages import Incoming, Reply


class Answers(Protocol):
    """Whoever answers messages; `bot.dialogue.router.Assistant` does."""

    @property
    def catalogue(self) -> Catalogue: ...

    async def answer(self, incoming: Incoming) -> Reply: ...
