"""A reply as Zalo Bot shows it: plain text, because there are no buttons, and a wrong mark would spoil a message."""

from __future__ import annotations

from bot.channels.numbered import numbered
from bot.dialogue.messages import Reply

LIMIT = 2000
"""Characters that Zalo takes in one message."""


def render(reply: Reply) -> tuple[str, ...]:
    """The texts to send, in this order."""
    return numbered(reply, LIMIT)
