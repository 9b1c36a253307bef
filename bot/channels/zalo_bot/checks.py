"""Looking whether Zalo Bot works: the token and the webhook. Nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from bot.channels.zalo_bot import CHANNEL
from bot.channels.zalo_bot.client import Answer, client_of
from bot.channels.zalo_bot.webhook import ZaloBotWebhook, address_of
from bot.errors import MotCuaError, SettingsError
from bot.operations.findings import Finding, State
from bot.settings import Settings

_REACH = "Look at the network, ZALO_BOT_BASE and ZALO_PROXY."
_COPY = "Copy the token that Zalo Bot Creator gave into ZALO_BOT_TOKEN."
_SET = "python -m bot webhook set --channel zalo-bot"
_DELETE = "python -m bot webhook delete --channel zalo-bot"


async def examine(settings: Settings) -> list[Finding]:
    """What is so with the bot of the settings. Never raises."""
    client = client_of(settings)
    if client is None:
        return []
    hook = ZaloBotWebhook(client, settings)
    found: list[Finding] = []
    try:
        me = await client.call("getMe")
        found = [_identity(me)]
        return [*found, await _way_in(settings, hook)] if me.is_ok else found
    except MotCuaError as error:
        return [*found, _found(State.BROKEN, str(error), _REACH)]
    finally:
        await client.close()


def _identity(me: Answer) -> Finding:
    if me.is_ok:
        name = me.result.get("account_name", "") if isinstance(me.result, Mapping) else ""
        return _found(State.OK, f"the token works; the bot is {name}")
    is_token = me.is_told and me.code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}
    return _found(State.BROKEN, str(me), _COPY if is_token else _REACH)


async def _way_in(settings: Settings, hook: ZaloBotWebhook) -> Finding:
    url = str((await hook.show()).get("url") or "")
    if settings.zalo_bot_mode == "polling":
        if url:
            what = f"a webhook is set ({url}), so nothing can be asked for"
            return _found(State.BROKEN, what, _DELETE)
        return _found(State.OK, "updates are asked for (polling)")
    try:
        expected = address_of(settings)
    except SettingsError as error:
        return _found(State.BROKEN, str(error), "Set PUBLIC_URL, or ZALO_BOT_MODE=polling on a laptop.")
    if settings.zalo_bot_webhook_secret is None:
        mend = f"Put a line printed by `openssl rand -hex 32` into it, then: {_SET}"
        return _found(State.BROKEN, "ZALO_BOT_WEBHOOK_SECRET is not set: every update is refused", mend)
    if url != expected:
        what = f"Zalo brings updates to {url}" if url else "Zalo does not know where to bring updates"
        return _found(State.BROKEN, what, _SET)
    return _found(State.OK, f"updates come to {url}")


def _found(state: State, what: str, mend: str = "") -> Finding:
    return Finding(CHANNEL, state, what, mend)
