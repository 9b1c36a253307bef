"""What members of staff may ask in a chat, as the dialogue sees it."""

from __future__ import annotations

from typing import Protocol

from bot.dialogue.messages import Reply


class StaffDesk(Protocol):
    """Asked before a message is routed, and only for messages of messengers."""

    def is_asked(self, text: str) -> bool:
        """Whether the message begins with a command for staff; nothing is looked up for it."""
        ...

    async def answer(self, person: str, text: str) -> Reply | None:
        """`person`: a keyed hash. None where it is nobody of staff: then it is a message like any other. May raise."""
        ...
