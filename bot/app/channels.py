"""Which channels the settings connect, and how each is put together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app import House
from bot.operations.receiving import Arrival, Receiver
from bot.operations.sending import Sender
from bot.operations.worker import Inline
from bot.settings import Settings

Accept = Callable[[Arrival], Awaitable[None]]
Job = tuple[str, Callable[[], Awaitable[None]]]


@dataclass(frozen=True, slots=True)
class Connected:
    """A channel with both its ways. `jobs`: what else runs for it, given the way into the inbox."""

    receiver: Receiver
    sender: Sender
    inline: Inline | None
    jobs: Callable[[Accept], tuple[Job, ...]]


def connect(settings: Settings, house: House) -> tuple[Connected, ...]:
    """The channels whose keys are set."""
    return ()
