"""The way in without a public address: Zalo is asked for the next update, again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog

from bot.channels.zalo_bot.client import Answer, ZaloBotClient
from bot.channels.zalo_bot.updates import UNREADABLE, read_update
from bot.errors import MotCuaError
from bot.operations.messages.receiving import Arrival, Clock

Sleep = Callable[[float], Awaitable[None]]
ASK_SECONDS = 30
"""How long Zalo holds a question for which there is no update yet."""
_PATIENCE_SECONDS = 15.0
"""How much longer than that an answer may take."""
_IDLE_PAUSE = 0.2
"""After each answer without an update, so that one that comes at once makes no storm of questions."""
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_PAUSE_WITHOUT_TOKEN = 300.0
"""Until somebody has set another token, each try is refused like the last."""
_WRONG_TOKEN = "Zalo does not accept ZALO_BOT_TOKEN"  # noqa: S105 - a line of the log

_log = structlog.get_logger(__name__)


async def poll(
    client: ZaloBotClient, accept: Callable[[Arrival], Awaitable[object]], clock: Clock, sleep: Sleep = asyncio.sleep
) -> None:
    """Hand in one update after the other until cancelled; an error costs a pause, a refused token a long one.

    Zalo gives an update once, without a way to ask for it again: it is handed in until `accept` takes it.
    """
    pauses = _Pauses(sleep)
    while True:
        try:
            answer = await client.call("getUpdates", {"timeout": ASK_SECONDS}, total=ASK_SECONDS + _PATIENCE_SECONDS)
        except MotCuaError as error:
            await pauses.after("zalo_bot_not_asked", error)
            continue
        except Exception as error:  # noqa: BLE001 - whatever breaks, the channel goes on
            await pauses.after("zalo_bot_not_asked", type(error).__name__)
            continue
        if answer.is_told and answer.code == HTTPStatus.UNAUTHORIZED:
            pauses.end()
            why = f"{_WRONG_TOKEN} ({answer.code} {answer.words})"
            _log.error("zalo_bot_not_asked", error=why, again_in_s=_PAUSE_WITHOUT_TOKEN)
            await sleep(_PAUSE_WITHOUT_TOKEN)
            continue
        if not answer.is_ok and not _is_idle(answer):
            await pauses.after("zalo_bot_not_asked", answer)
            continue
        pauses.end()
        counted, arrival = read_update(answer.result, clock())
        _log.debug("zalo_bot_update", counted=counted)
        if arrival is not None:
            await _hand_in(arrival, accept, sleep)
        elif counted == UNREADABLE:
            await sleep(_IDLE_PAUSE)


def _is_idle(answer: Answer) -> bool:
    """Nobody wrote while it was asked: that is said as an error."""
    return answer.is_told and answer.code == HTTPStatus.REQUEST_TIMEOUT


async def _hand_in(arrival: Arrival, accept: Callable[[Arrival], Awaitable[object]], sleep: Sleep) -> None:
    pauses = _Pauses(sleep)
    while True:
        try:
            await accept(arrival)
        except MotCuaError as error:
            await pauses.after("zalo_bot_not_kept", error)
        except Exception as error:  # noqa: BLE001 - a fault with one update must not end the channel
            _log.error("zalo_bot_update_failed", error=type(error).__name__)
            return
        else:
            return


class _Pauses:
    """Longer and longer ones, until something works again."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._next = _FIRST_PAUSE

    def end(self) -> None:
        self._next = _FIRST_PAUSE

    async def after(self, what: str, why: object) -> None:
        _log.warning(what, error=str(why), again_in_s=self._next)
        pause, self._next = self._next, min(self._next * 2, _LONGEST_PAUSE)
        await self._sleep(pause)
