"""The account's pair of tokens: who may renew it, when, and what is certain before anything is overwritten.

A refresh token works once, and a new access token ends the one before. So only one renews, under a lock in the store;
the new pair is committed before it is used; and what is no pair never takes the place of one.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.channels.zalo_oa.alarm import Alarm
from bot.channels.zalo_oa.errors import LOG_IN
from bot.channels.zalo_oa.oauth import LIFE, as_token, is_due
from bot.errors import StoreError
from bot.operations.messages.receiving import Clock
from bot.operations.messages.sending import NotSentError, OperatorError, UncertainError, UnreachableError
from bot.settings.channels import ChannelSettings
from bot.store.registry import Registry, Tokens

_log = structlog.get_logger(__name__)
_FRESH = timedelta(minutes=10)
_SECONDS_TO_CLOSE = 8.0
LOCK_LIFE = timedelta(seconds=60)
"""Longer than the longest request, so that nobody takes the lock over while a renewal is on its way."""
_PATIENCE = 65
"""How often, a second apart, the store is asked while someone else renews: until their lock has ended."""
_TRIES_TO_KEEP = 3
_CHECK_SECONDS = 600.0
_REST = timedelta(minutes=1)
_REST_AFTER_REFUSAL = timedelta(minutes=10)
_ALMOST = timedelta(minutes=2)
"""A token that ends so soon may end on its way."""

Pause = Callable[[float], Awaitable[None]]


class Renewing(Protocol):
    async def renew(self, refresh: str) -> Tokens: ...


def account_of(settings: ChannelSettings) -> str:
    """The name under which the pair is kept. One application speaks for one account."""
    return f"zalo_oa:{settings.zalo_oa_app_id}"


class TokenKeeper:
    """Gives out the access token. Raises NotSentError and nothing else: without a token nothing is sent.

    `first`: the pair of the settings, for as long as the store has none. `holder`: who this process is to the lock.
    """

    def __init__(
        self,
        registry: Registry,
        account: str,
        first: Tokens | None,
        address: Renewing,
        clock: Clock,
        pause: Pause = asyncio.sleep,
        holder: str | None = None,
    ) -> None:
        self._registry = registry
        self._account = account
        self._first = first
        self._address = address
        self._clock = clock
        self._pause = pause
        self._holder = holder or secrets.token_hex(8)
        self._alarm = Alarm(clock)
        self._renewal: asyncio.Task[Tokens] | None = None
        self._is_exchanging = False
        self._refused_at: datetime | None = None
        self._unkept: tuple[str, Tokens] | None = None
        self._failed: tuple[str, datetime, NotSentError] | None = None
        self._read: Tokens | None = None

    async def access(self) -> str:
        """The access token, renewed first where it has ended; while the store is away, the one read last from it, or
        that of the settings where none was."""
        try:
            tokens = await self._current()
        except UnreachableError:
            known = self._read or self._first
            if known is None or not self._works(known):
                raise
            return known.access
        return tokens.access if self._works(tokens) else (await self._renewed(tokens)).access

    def _works(self, tokens: Tokens) -> bool:
        return self._clock() < tokens.expires_at - _ALMOST

    async def access_instead(self, refused: str) -> str:
        """Another access token than the one that the platform has just refused."""
        tokens = await self._current()
        if tokens.access != refused:
            return tokens.access
        now = self._clock()
        if self._refused_at is not None and now - self._refused_at < _FRESH:
            # Another one would be refused as well, and each renewal puts the single-use token at risk.
            error = OperatorError(f"Zalo refuses an access token that it has just made: {LOG_IN}")
            self._alarm.raise_for(str(error))
            raise error
        fresh = await self._renewed(tokens)
        self._refused_at = now
        return fresh.access

    async def renew_in_time(self) -> None:
        """Renews whenever it is due, until cancelled. What goes wrong is logged and tried again."""
        while True:
            try:
                tokens = await self._current()
                if is_due(tokens, self._clock()):
                    await self._renewed(tokens)
            except NotSentError as error:
                _log.warning("zalo_tokens_not_renewed", error=str(error))
            await self._pause(_CHECK_SECONDS)

    async def close(self) -> None:
        """Waits for a renewal that is under way: a pair that nobody keeps would be lost. Not for someone else's."""
        if self._renewal is None:
            return
        if not self._is_exchanging:
            self._renewal.cancel()
        await asyncio.wait({self._renewal}, timeout=_SECONDS_TO_CLOSE)

    async def _current(self) -> Tokens:
        try:
            kept = await self._registry.tokens(self._account)
        except StoreError:
            raise UnreachableError("the store with Zalo's tokens cannot be read") from None
        tokens = kept or self._first
        if tokens is None:
            error = OperatorError(f"there are no tokens: {LOG_IN}")
            self._alarm.raise_for(str(error))
            raise error
        self._read = tokens
        return tokens

    async def _renewed(self, old: Tokens) -> Tokens:
        """A newer pair than `old`. Whoever asks meanwhile gets the same; whoever leaves does not end it."""
        if self._failed is not None and self._failed[0] == old.refresh and self._clock() < self._failed[1]:
            raise self._failed[2].with_traceback(None)
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._renew(old))
            self._renewal.add_done_callback(_look)
        return await asyncio.shield(self._renewal)

    async def _renew(self, old: Tokens) -> Tokens:
        try:
            return await self._renew_locked(old)
        except StoreError:
            raise UnreachableError("the store with Zalo's tokens cannot be written") from None
        except NotSentError as error:
            rest = _REST_AFTER_REFUSAL if isinstance(error, OperatorError) else _REST
            self._failed = old.refresh, self._clock() + rest, error
            if isinstance(error, OperatorError):
                self._alarm.raise_for(str(error))
            raise

    async def _renew_locked(self, old: Tokens) -> Tokens:
        for _ in range(_PATIENCE):
            now = self._clock()
            if await self._registry.lock_tokens(self._account, self._holder, now, now + LOCK_LIFE):
                break
            await self._pause(1.0)
            if (tokens := await self._current()).access != old.access:
                return tokens
        else:
            raise UnreachableError("someone else is renewing Zalo's tokens and does not come to an end")
        try:
            # Someone may have renewed it between our look and the lock.
            tokens = await self._current()
            return tokens if tokens.access != old.access else await self._exchanged(tokens)
        finally:
            await self._unlock()

    async def _exchanged(self, old: Tokens) -> Tokens:
        """The pair that follows `old`, committed. Only for who has the lock."""
        if not old.refresh:
            raise OperatorError(f"the access token has ended and there is no refresh token: {LOG_IN}")
        self._is_exchanging = True
        try:
            return await self._exchange_and_keep(old)
        finally:
            self._is_exchanging = False

    async def _exchange_and_keep(self, old: Tokens) -> Tokens:
        fresh = await self._fresh(old)
        # Until it is committed it must not be lost: the old refresh token has been used up for it.
        self._unkept = old.refresh, fresh
        is_kept = await self._keep(fresh)
        self._unkept = None
        if is_kept:
            _log.info("zalo_tokens_renewed", works_until=fresh.expires_at.isoformat(" ", "minutes"))
            return fresh
        tokens = await self._current()
        if tokens.access == old.access:
            raise UnreachableError("the lock over Zalo's tokens was lost while they were renewed")
        return tokens

    async def _fresh(self, old: Tokens) -> Tokens:
        if self._unkept is not None and self._unkept[0] == old.refresh:
            return self._unkept[1]
        try:
            return await self._address.renew(old.refresh)
        except UncertainError as error:
            # The refresh token may be used up, or may not: the old pair stays, and is tried again.
            self._alarm.raise_for(f"renewing the tokens was not answered ({error}); if it goes on, {LOG_IN}")
            raise UnreachableError(f"renewing Zalo's tokens was not answered: {error}") from None

    async def _keep(self, fresh: Tokens) -> bool:
        for _ in range(_TRIES_TO_KEEP - 1):
            try:
                return await self._registry.keep_tokens(self._account, fresh, self._holder)
            except StoreError:
                await self._pause(1.0)
        return await self._registry.keep_tokens(self._account, fresh, self._holder)

    async def _unlock(self) -> None:
        try:
            await self._registry.unlock_tokens(self._account, self._holder)
        except StoreError:
            _log.warning("zalo_tokens_not_unlocked", hint="others have to wait until the lock ends by itself")


def _look(renewal: asyncio.Task[Tokens]) -> None:
    """Everybody who asked may have left: a failure that nobody takes is no fault of the program's."""
    if not renewal.cancelled():
        renewal.exception()


def first_tokens(settings: ChannelSettings, now: datetime) -> Tokens | None:
    """The pair of the settings. How old it is they do not say: without an access token it has ended already.

    Raises OperatorError where it cannot be a token.
    """
    given = [settings.zalo_oa_access_token, settings.zalo_oa_refresh_token]
    values = ["" if secret is None else secret.get_secret_value().strip() for secret in given]
    if not any(values):
        return None
    if any(value and as_token(value) is None for value in values):
        raise OperatorError("ZALO_OA_ACCESS_TOKEN or ZALO_OA_REFRESH_TOKEN is no token: copy it once more")
    return Tokens(values[0], values[1], made_at=now, expires_at=now + LIFE if values[0] else now)
