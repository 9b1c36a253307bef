"""Long polling, for a machine without a public address: the same updates, asked for instead of brought."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.channels.telegram.client import Client
from bot.channels.telegram.errors import said, seconds_of, send_error
from bot.channels.telegram.receive import ALLOWED_UPDATES, TelegramReceiver
from bot.errors import StoreError
from bot.operations.messages.receiving import Arrival

WAIT_SECONDS = 50
"""How long Telegram may keep a question open while nobody writes."""
_SLACK_SECONDS = 10.0
_LONGEST_PAUSE = 60.0
_PAUSE_WITHOUT_TOKEN = 300.0
"""Until somebody has set another token, each try is refused like the last."""
# The library's own `get_updates` logs a batch, words and all, when it cannot read one of its updates, and asks for the
# same batch for ever. Under another spelling of the method's name the updates come as they are.
_METHOD = "get__updates"
_WEBHOOK_IS_SET = "a webhook is set, so nothing can be asked for; remove it: python -m bot webhook delete"
_ANOTHER_ASKS = "another process asks with the same TELEGRAM_BOT_TOKEN; stop one of the two"
_log = structlog.get_logger(__name__)

Accept = Callable[[Arrival], Awaitable[object]]
Pause = Callable[[float], Awaitable[object]]


async def poll(
    bot: Client,
    receiver: TelegramReceiver,
    accept: Accept,
    stop: asyncio.Event,
    *,
    count: Callable[[str], object] = lambda _: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    pause: Pause | None = None,
) -> None:
    """Ask for updates until `stop` is set, and hand their arrivals over.

    An update is confirmed to Telegram only after `accept` has returned for all of its arrivals: what could not be put
    away comes again. `count` is told under which name each is counted. Raises nothing but CancelledError; a webhook
    that is set is left as it is, and told of in the log. `pause` waits so many seconds, by default or until `stop`.
    """
    asking = _Asking(bot, receiver, accept, count, clock)
    wait = pause or (lambda seconds: _wait(stop, seconds))
    failures = 0
    while not stop.is_set():
        try:
            await _unless(stop, asking.once())
            failures = 0
        except Exception as error:  # noqa: BLE001 - whatever it is, it is asked again
            failures = 0 if isinstance(error, InvalidToken) else failures + 1
            seconds = _pause_after(error, failures)
            _tell(error, seconds)
            await wait(seconds)


class _Asking:
    """`offset`: the lowest number of an update that is still wanted."""

    def __init__(
        self,
        bot: Client,
        receiver: TelegramReceiver,
        accept: Accept,
        count: Callable[[str], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._receiver = receiver
        self._accept = accept
        self._count = count
        self._clock = clock
        self._offset = 0

    async def once(self) -> None:
        """Ask once, and put away what comes."""
        updates: list[dict[str, Any]] = await self._bot.do_api_request(
            _METHOD,
            {"offset": self._offset, "timeout": WAIT_SECONDS, "allowed_updates": list(ALLOWED_UPDATES)},
            read_timeout=WAIT_SECONDS + _SLACK_SECONDS,
        )
        for update in updates:
            parsed = self._receiver.parsed(update, self._clock())
            for arrival in parsed.arrivals:
                await self._accept(arrival)
            self._count(parsed.counted.value)
            self._offset = int(update["update_id"]) + 1


async def _unless(stop: asyncio.Event, asking: Awaitable[None]) -> None:
    """Wait for `asking`, or give it up when `stop` is set: what was not confirmed comes again."""
    stopping, asked = asyncio.ensure_future(stop.wait()), asyncio.ensure_future(asking)
    try:
        await asyncio.wait((stopping, asked), return_when=asyncio.FIRST_COMPLETED)
        if asked.done():
            asked.result()
    finally:
        for task in (stopping, asked):
            task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await asked


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    # Not `wait_for`: on Python 3.11 it can swallow a cancellation.
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


def _pause_after(error: Exception, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    if isinstance(error, InvalidToken):
        return _PAUSE_WITHOUT_TOKEN
    return min(2.0 ** min(failures - 1, 10), _LONGEST_PAUSE)


def _tell(error: Exception, seconds: float) -> None:
    if isinstance(error, Conflict):
        _log.error("telegram_polling", error=_WEBHOOK_IS_SET if "webhook" in str(error).casefold() else _ANOTHER_ASKS)
        return
    if isinstance(error, InvalidToken):
        _log.error("telegram_polling", error=str(send_error(error)), again_in_s=seconds)
        return
    what = str(error) if isinstance(error, StoreError) else f"{send_error(error)} ({said(error)})"
    _log.warning("telegram_polling", error=what, again_in_s=seconds)
