"""The assistant as the web sees it."""

from __future__ import annotations

from typing import Protocol

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.dialogue.messages import Incoming, Reply
from bot.dialogue.turn import Searches


class Answers(Protocol):
    """Whoever answers messages; `bot.dialogue.router.Assistant` does."""

    @property
    def guide(self) -> Guide: ...

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def engine(self) -> Searches: ...

    async def answer(self, incoming: Incoming) -> Reply: ...
