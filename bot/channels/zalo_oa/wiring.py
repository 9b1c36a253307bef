"""The parts of the way out put together, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.zalo_oa.client import ZaloOaClient
from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.sender import ZaloOaSender
from bot.channels.zalo_oa.tokens import TokenKeeper, account_of, first_tokens
from bot.channels.zalo_oa.transport import Transport
from bot.operations.messages.receiving import Clock
from bot.settings.channels import ChannelSettings
from bot.store.registry import Registry


@dataclass(frozen=True, slots=True)
class ZaloOa:
    """`keeper.renew_in_time()` has to run beside the sender. Closing the sender closes everything."""

    sender: ZaloOaSender
    keeper: TokenKeeper
    client: ZaloOaClient


def open_zalo_oa(settings: ChannelSettings, registry: Registry, clock: Clock) -> ZaloOa:
    """Opens no connection yet. Raises OperatorError where the settings' tokens cannot be tokens."""
    transport = Transport(settings.zalo_proxy_address)
    address = TokenAddress(settings, transport, clock)
    keeper = TokenKeeper(registry, account_of(settings), first_tokens(settings, clock()), address, clock)
    client = ZaloOaClient(settings, keeper, transport, clock)
    return ZaloOa(ZaloOaSender(client, clock, buttons=settings.zalo_oa_buttons), keeper, client)
