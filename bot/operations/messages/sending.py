"""The way out of a channel, and what can go wrong on it.

SendError
├── NotSentError         certainly not sent; it may be tried again
│   ├── UnreachableError     the platform cannot be reached
│   ├── WaitError            the platform asks to wait (`seconds`)
│   └── OperatorError        only an administrator can mend it
├── UncertainError       it may have been sent: not sent again blindly
├── GoneError            this person cannot be reached any more
└── RefusedError         the platform will never take this message: a fault of ours
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.dialogue.messages import Reply
from bot.errors import MotCuaError


class SendError(MotCuaError):
    """The words say what the platform said (its code and text), never what was to be sent, nor a token."""


class NotSentError(SendError):
    pass


class UnreachableError(NotSentError):
    pass


class WaitError(NotSentError):
    """`is_for_all`: the platform asks it of the whole channel, and not of the one conversation."""

    def __init__(self, what: str, seconds: float, *, is_for_all: bool = True) -> None:
        self.seconds = seconds
        self.is_for_all = is_for_all
        super().__init__(what)


class OperatorError(NotSentError):
    pass


class UncertainError(SendError):
    pass


class GoneError(SendError):
    pass


class RefusedError(SendError):
    pass


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reply and where it goes. `extra`: what the channel said of the update when it arrived.

    `is_tap`: the person tapped a choice, so that a reply that turns the page may take the place of the message.
    """

    address: str
    reply: Reply
    extra: Mapping[str, str]
    is_tap: bool = False


class Sender(Protocol):
    """The way out of a channel. Rendering is deterministic: the same delivery has the same parts."""

    @property
    def channel(self) -> str: ...

    @property
    def window(self) -> timedelta | None:
        """How long after the person's last word something may be sent to them; None: always."""
        ...

    def lane(self, address: str) -> str:
        """What the platform counts as one conversation, for the pace in it: the address, or a part of it."""
        ...

    def count_parts(self, delivery: Delivery) -> int:
        """How many messages it takes; at least one."""
        ...

    async def acknowledge(self, extra: Mapping[str, str]) -> None:
        """Tell the platform that a tap has arrived, before anything else is done. Never raises."""
        ...

    async def send(self, delivery: Delivery, part: int) -> None:
        """Send one part, counted from 0. Raises SendError."""
        ...

    async def close(self) -> None: ...
