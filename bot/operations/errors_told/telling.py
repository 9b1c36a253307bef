"""Errors that were noticed are told: as one line of the log each, and in a chat of operators where one is set.

The chat is written to directly and not through the inbox, so that it hears of a store that is away too.
"""

from __future__ import annotations

import asyncio
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.dialogue.messages import Reply, Status
from bot.operations.errors_told.model import Round
from bot.operations.errors_told.noticing import ErrorsNoticed
from bot.operations.errors_told.wording import trial, worded
from bot.operations.messages.sending import Delivery, NotSentError, Sender, SendError, WaitError
from bot.texts import Texts

LOOK_SECONDS = 1.0
SEND_SECONDS = 20.0
"""How long sending may take; whether it arrived is not known then, and it is not sent again."""
RETRY_SECONDS = 60.0
_log = structlog.get_logger(__name__)


def process_name(port: int) -> str:
    """`host:8080, process 4242`: tells several processes apart."""
    return f"{platform.node() or 'localhost'}:{port}/{os.getpid()}"


@dataclass(frozen=True, slots=True)
class AlertChat:
    """Where operators are written to: `address` is the channel's own, `process` says who writes."""

    sender: Sender
    address: str
    texts: Texts
    process: str

    async def tell(self, told: Round) -> None:
        """Raises SendError, and TimeoutError."""
        await self._send(worded(told, self.texts, self.process))

    async def try_out(self) -> None:
        """A line that says that it is a trial. Raises SendError, and TimeoutError."""
        await self._send(trial(self.texts, self.process))

    async def _send(self, text: str) -> None:
        delivery = Delivery(self.address, Reply(Status.STAFF, text), {})
        async with asyncio.timeout(SEND_SECONDS):
            for part in range(self.sender.count_parts(delivery)):
                await self.sender.send(delivery, part)


class Teller:
    """`chat`: None where only the log is told. `ticks`: seconds that only grow."""

    def __init__(
        self, noticed: ErrorsNoticed, process: str, chat: AlertChat | None, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._noticed = noticed
        self._process = process
        self._chat = chat
        self._ticks = ticks
        self._owed: Round | None = None
        """What the chat has not been told yet."""
        self._next_try = float("-inf")

    async def keep_telling(self) -> None:
        """Until cancelled; what has not been told then is told to the log."""
        try:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                await self.look()
        finally:
            self._tell_log(self._noticed.rest())

    async def look(self) -> None:
        """Tell what is due. Never raises: nobody would tell of it."""
        due = self._noticed.due()
        self._tell_log(due)
        if self._chat is None:
            return
        if due is not None:
            self._owed = due if self._owed is None else self._owed.joined(due)
        if self._owed is not None and self._ticks() >= self._next_try:
            owed, self._owed = self._owed, None
            await self._tell_chat(self._chat, owed)

    async def _tell_chat(self, chat: AlertChat, owed: Round) -> None:
        try:
            await chat.tell(owed)
        except NotSentError as error:
            seconds = max(RETRY_SECONDS, error.seconds) if isinstance(error, WaitError) else RETRY_SECONDS
            self._owed, self._next_try = owed, self._ticks() + seconds
            _log.warning("alert_not_sent", channel=chat.sender.channel, error=str(error), retry_seconds=seconds)
        except SendError as error:
            _log.warning("alert_not_sent", channel=chat.sender.channel, error=str(error))
        except Exception as error:  # noqa: BLE001 - whatever breaks, the next telling comes
            _log.warning("alert_not_sent", channel=chat.sender.channel, error=type(error).__name__)

    def _tell_log(self, told: Round | None) -> None:
        if told is None:
            return
        for one in told.named:
            _log.error(
                "errors_grouped",
                what=one.kind.event,
                error=one.kind.error,
                place=one.kind.place,
                count=one.count,
                since=one.since.isoformat(timespec="seconds"),
                new=one.is_new,
                message=one.message,
                process=self._process,
                sample=one.sample,
            )
        if told.other_kinds:
            _log.error("errors_grouped_others", kinds=told.other_kinds, count=told.other_errors, process=self._process)
