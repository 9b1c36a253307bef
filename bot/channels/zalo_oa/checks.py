"""Looking whether the Official Account works: its tokens, the account, the key of the webhook. Nothing is changed."""

from __future__ import annotations

from datetime import datetime

from bot.channels.zalo_oa.client import ACCOUNT, ZaloOaClient
from bot.channels.zalo_oa.receive import CHANNEL
from bot.channels.zalo_oa.status import OnlyReading, account_from, account_line, token_line, token_state
from bot.channels.zalo_oa.tokens import account_of, first_tokens
from bot.channels.zalo_oa.transport import Transport
from bot.operations.findings import Finding, State
from bot.operations.messages.receiving import webhook_path
from bot.operations.messages.sending import SendError, UnreachableError
from bot.settings import Settings
from bot.store.registry import Registry

_LOG_IN = "python -m bot zalo login"
_CAUSES = "docs/runbooks/zalo-khong-tra-loi.md goes through the causes."


async def examine(settings: Settings, registry: Registry, now: datetime) -> list[Finding]:
    """What is so with the account of the settings. Raises StoreError."""
    found = [_webhook(settings), *_webhook_key(settings)]
    kept, first = await registry.tokens(account_of(settings)), first_tokens(settings, now)
    state = token_state(kept, first)
    if state is None:
        return [*found, _found(State.BROKEN, "there are no tokens, so nothing can be sent", _LOG_IN)]
    is_over = state.expires_at is not None and state.expires_at <= now
    mend = f"`python -m bot serve` renews them; if its log says zalo_needs_administrator: {_LOG_IN}" if is_over else ""
    found.append(_found(State.WARNING if is_over else State.OK, token_line(state, now), mend))
    client = ZaloOaClient(settings, OnlyReading(kept or first), Transport(settings.zalo_proxy_address), lambda: now)
    try:
        account = account_from(await client.call(ACCOUNT))
    except SendError as error:
        mend = "Look at the network and ZALO_PROXY." if isinstance(error, UnreachableError) else _CAUSES
        return [*found, _found(State.BROKEN, str(error), mend)]
    finally:
        await client.close()
    state_of_account = State.WARNING if account.is_verified is False else State.OK
    mend = "Have the account verified at oa.zalo.me." if account.is_verified is False else ""
    return [*found, _found(state_of_account, account_line(account), mend)]


def _webhook(settings: Settings) -> Finding:
    """Zalo does not tell to which address it brings events: it can only be said what it has to be."""
    if not settings.is_public_encrypted:
        return _found(State.BROKEN, "Zalo brings events to https:// addresses only", "Set PUBLIC_URL.")
    what = f"the webhook at developers.zalo.me has to be {settings.public_url}{webhook_path(CHANNEL)}"
    return _found(State.OK, what)


def _webhook_key(settings: Settings) -> list[Finding]:
    mend = "Set ZALO_OA_WEBHOOK_KEY to the OA Secret Key of the webhook's page."
    webhook, application = settings.zalo_oa_webhook_key, settings.zalo_oa_secret_key
    if webhook is None:
        what = "ZALO_OA_WEBHOOK_KEY is not set: events are taken for genuine only if ZALO_OA_SECRET_KEY signs them"
        return [_found(State.WARNING, what, mend)]
    if application is not None and webhook.get_secret_value().strip() == application.get_secret_value().strip():
        what = "ZALO_OA_WEBHOOK_KEY is the same as ZALO_OA_SECRET_KEY, but Zalo has two different keys"
        return [_found(State.WARNING, what, mend)]
    return []


def _found(state: State, what: str, mend: str = "") -> Finding:
    return Finding(CHANNEL, state, what, mend)
