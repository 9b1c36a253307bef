"""What people may ask of their own data, carried out: between the handler that was asked and the answer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.dialogue.receipts import make_receipt
from bot.dialogue.remembering import Moment
from bot.dialogue.signed_links import Signer
from bot.dialogue.turn import Handlers, Outcome, Turn
from bot.errors import StoreError
from bot.store.interface import Store

_log = structlog.get_logger(__name__)
_MOST_WAITING = 10_000
_SECONDS_BETWEEN_TRIES = 60.0


class Rights:
    """Nobody is told that something is done which is not: what a handler says of a deletion is that it failed, and
    that takes the place of the receipt only."""

    def __init__(self, store: Store, signer: Signer, handlers: Handlers, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._signer = signer
        self._handlers = handlers
        self._clock = clock
        self._waiting: OrderedDict[str, None] = OrderedDict()
        """Whose data could not be deleted; in the memory of this process only, and they are told to ask again."""

    async def carry_out(self, moment: Moment, turn: Turn, outcome: Outcome) -> Outcome:
        """The outcome, with what became of what it asks for."""
        return await self._erased(moment, turn, outcome) if outcome.erase else outcome

    async def _erased(self, moment: Moment, turn: Turn, outcome: Outcome) -> Outcome:
        try:
            deleted = await self._store.erase(moment.person, moment.at)
        except Exception as error:  # noqa: BLE001 - whatever broke, it is not called deleted
            _log.error("data_not_deleted", error=type(error).__name__)
            self._wait(moment.person)
            return replace(outcome, erase=False)
        self._waiting.pop(moment.person, None)
        return self._handlers.erased(turn, make_receipt(self._signer, moment.at, deleted))

    def _wait(self, person: str) -> None:
        self._waiting[person] = None
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)

    async def try_again(self) -> int:
        """Delete what could not be deleted before; how many people it is. What fails waits on."""
        done = 0
        for person in tuple(self._waiting):
            try:
                await self._store.erase(person, self._clock())
            except StoreError as error:
                _log.error("data_not_deleted", error=type(error).__name__, waiting=len(self._waiting))
                break
            self._waiting.pop(person, None)
            done += 1
        if done:
            _log.info("data_deleted_late", people=done)
        return done

    async def keep_trying(self) -> None:
        """Once a minute, until cancelled."""
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_TRIES)
            await self.try_again()
