"""What `python -m bot zalo` asks of the person at the keyboard, of Zalo, and of the store."""

from __future__ import annotations

import asyncio
import secrets

import click

from bot.channels.zalo_oa.client import ACCOUNT, ZaloOaClient
from bot.channels.zalo_oa.login import LoginError, code_in, consent_link, pair_by_hand, pkce_of, save
from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.status import (
    Account,
    OnlyReading,
    TokenRefusedError,
    TokenState,
    account_from,
    token_state,
)
from bot.channels.zalo_oa.tokens import account_of, first_tokens
from bot.channels.zalo_oa.transport import Transport
from bot.cli.support import open_registry
from bot.errors import SettingsError
from bot.operations.messages.sending import SendError, UncertainError, UnreachableError
from bot.operations.times import now
from bot.settings import Settings
from bot.store.registry import Tokens


def pasted() -> Tokens:
    """A pair of the API Explorer. Raises LoginError."""
    click.echo("At developers.zalo.me, API Explorer: choose the application and the Official Account, get its tokens.")
    access = click.prompt("Access token (not shown)", hide_input=True)
    return pair_by_hand(access, click.prompt("Refresh token (not shown)", hide_input=True), now())


def consented(settings: Settings, callback: str | None) -> Tokens:
    """A pair by an administrator's consent in a browser. Raises SettingsError, LoginError, SendError."""
    address = callback or (f"{settings.public_url}/" if settings.public_url else None)
    if address is None:
        raise SettingsError("PUBLIC_URL: not set; set it, or give the callback address with --callback")
    key = settings.zalo_oa_secret_key
    pkce, state = pkce_of("" if key is None else key.get_secret_value()), secrets.token_urlsafe(12)
    click.echo("1. At developers.zalo.me, in the application's settings of the Official Account, save:")
    click.echo(f"   Callback address: {address}\n   Code challenge:   {pkce.challenge}")
    click.echo("2. As an administrator of the Official Account, open this in a browser and consent:")
    click.echo(f"   {consent_link(settings, address, pkce.challenge, state)}")
    click.echo("3. Within ten minutes, copy the address of the page that you are sent to, whatever it shows.")
    pasted = click.prompt("Address (not shown)", hide_input=True)
    return asyncio.run(_exchange(settings, code_in(pasted, state, settings.zalo_oa_id), pkce.verifier))


async def _exchange(settings: Settings, code: str, verifier: str) -> Tokens:
    transport = Transport(settings.zalo_proxy_address)
    try:
        return await TokenAddress(settings, transport, now).exchange(code, verifier)
    finally:
        await transport.close()


async def keep(settings: Settings, tokens: Tokens) -> tuple[Account | None, str | None]:
    """Puts the pair into the store, then tries it; the account, or what is wrong. Raises LoginError, StoreError.

    For a pair that Zalo has just made: whatever is wrong with it, the pair before works no longer.
    """
    await _save(settings, tokens)
    return await _look(settings, tokens)


async def keep_if_taken(settings: Settings, tokens: Tokens) -> Account:
    """Tries the pair, then puts it into the store. Raises LoginError, StoreError.

    For a pair that was pasted: one that does not work must not take the place of one that may.
    """
    try:
        account = await _account(settings, tokens)
    except TokenRefusedError:
        what = "Zalo does not accept this access token; nothing was changed. Copy both tokens again."
        raise LoginError(what) from None
    except (UnreachableError, UncertainError) as error:
        what = f"{error}, so the tokens could not be tried; nothing was changed."
        raise LoginError(f"{what} Look at the network and ZALO_PROXY, then paste both once more.") from None
    except SendError as error:
        raise LoginError(f"{error}; nothing was changed") from None
    await _save(settings, tokens)
    return account


async def look_up(settings: Settings) -> tuple[TokenState | None, Account | None, str | None]:
    """The tokens, the account, or what is wrong. Raises StoreError."""
    async with open_registry(settings) as registry:
        kept = await registry.tokens(account_of(settings))
    first = first_tokens(settings, now())
    account, problem = await _look(settings, kept or first)
    return token_state(kept, first), account, problem


async def _save(settings: Settings, tokens: Tokens) -> None:
    async with open_registry(settings) as registry:
        await save(registry, account_of(settings), tokens, f"login-{secrets.token_hex(8)}", now)


async def _look(settings: Settings, tokens: Tokens | None) -> tuple[Account | None, str | None]:
    """The account as Zalo sees it, or why it cannot be seen."""
    try:
        return await _account(settings, tokens), None
    except SendError as error:
        return None, str(error)


async def _account(settings: Settings, tokens: Tokens | None) -> Account:
    """Raises SendError."""
    client = ZaloOaClient(settings, OnlyReading(tokens), Transport(settings.zalo_proxy_address), now)
    try:
        return account_from(await client.call(ACCOUNT))
    finally:
        await client.close()
