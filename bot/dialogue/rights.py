"""What people may ask of their own data, carried out: between the handler that was asked and the answer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.dialogue.guards import RateLimit
from bot.dialogue.messages import Incoming
from bot.dialogue.own_links import OWN_DATA_PATH, own_data_token
from bot.dialogue.receipts import make_receipt
from bot.dialogue.remembering import Moment
from bot.dialogue.signed_links import Signer
from bot.dialogue.turn import Handlers, Outcome, Turn
from bot.errors import StoreError
from bot.store.erasing import Deleted
from bot.store.interface import Store
from bot.store.people import People

_log = structlog.get_logger(__name__)
_MOST_WAITING = 10_000
_SECONDS_BETWEEN_TRIES = 60.0
_LOOKS_A_MINUTE = 3
"""At what is held of oneself: it is read from a dozen tables."""


class Rights:
    """Nobody is told that something is done which is not: what a handler says of a deletion is that it failed, and
    that takes the place of the receipt only."""

    def __init__(
        self, store: Store, people: People, signer: Signer, handlers: Handlers, clock: Callable[[], datetime]
    ) -> None:
        """`people`: their key is that which the signer signs with as well."""
        self._store = store
        self._people = people
        self._signer = signer
        self.looks = RateLimit(_LOOKS_A_MINUTE)
        self._handlers = handlers
        self._clock = clock
        self._waiting: OrderedDict[tuple[str, str], None] = OrderedDict()
        """Whose data could not be deleted, by channel and id; in the memory of this process only, and they are told to
        ask again."""

    async def carry_out(self, incoming: Incoming, moment: Moment, turn: Turn, outcome: Outcome) -> Outcome:
        """The outcome, with what became of what it asks for."""
        if outcome.erase:
            return await self._erased(incoming, moment, turn, outcome)
        return await self._shown(incoming, moment, turn, outcome) if outcome.shows_own else outcome

    async def _shown(self, incoming: Incoming, moment: Moment, turn: Turn, outcome: Outcome) -> Outcome:
        if incoming.is_in_group:
            return self._handlers.own_data_in_group(turn)
        if not self.looks.takes(moment.person, moment.at):
            return self._handlers.own_data_too_often(turn)
        try:
            await self._people.gather(str(incoming.channel), str(incoming.user))
            held = await self._store.office.own_data.of(moment.person)
        except StoreError as error:
            _log.error("own_data_not_read", error=type(error).__name__)
            return outcome
        address = f"{turn.site}{OWN_DATA_PATH}"
        if incoming.task is not None:
            # A messenger's person has no cookie of ours.
            address = f"{address}/{own_data_token(self._people.secret, moment.person, self._clock())}"
        return self._handlers.own_data(turn, held, address)

    async def delete(self, channel: str, user: str, at: datetime) -> Deleted:
        """All of theirs, under whichever key it was kept, and in backups of before. Raises StoreError."""
        person = await self._people.gather(channel, user)
        await self._people.note_erasure(channel, user, at)
        return await self._store.erase(person, at)

    async def _erased(self, incoming: Incoming, moment: Moment, turn: Turn, outcome: Outcome) -> Outcome:
        whose = str(incoming.channel), str(incoming.user)
        try:
            deleted = await self.delete(*whose, moment.at)
        except Exception as error:  # noqa: BLE001 - whatever broke, it is not called deleted
            _log.error("data_not_deleted", error=type(error).__name__)
            self._wait(whose)
            return replace(outcome, erase=False)
        self._waiting.pop(whose, None)
        return self._handlers.erased(turn, make_receipt(self._signer, moment.at, deleted))

    def _wait(self, whose: tuple[str, str]) -> None:
        self._waiting[whose] = None
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)

    async def try_again(self) -> int:
        """Delete what could not be deleted before; how many people it is. What fails waits on."""
        done = 0
        for whose in tuple(self._waiting):
            try:
                await self.delete(*whose, self._clock())
            except StoreError as error:
                _log.error("data_not_deleted", error=type(error).__name__, waiting=len(self._waiting))
                break
            self._waiting.pop(whose, None)
            done += 1
        if done:
            _log.info("data_deleted_late", people=done)
        return done

    async def keep_trying(self) -> None:
        """Once a minute, until cancelled."""
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_TRIES)
            await self.try_again()
