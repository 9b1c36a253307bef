"""Which channels the settings connect, and how each is put together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from bot.app import House
from bot.channels.zalo_bot.client import client_of
from bot.channels.zalo_bot.polling import poll as poll_zalo_bot
from bot.channels.zalo_bot.receive import ZaloBotReceiver
from bot.channels.zalo_bot.sender import ZaloBotSender
from bot.channels.zalo_oa.oauth import REFRESH_LIFE
from bot.channels.zalo_oa.receive import ZaloOaReceiver
from bot.channels.zalo_oa.tokens import account_of
from bot.channels.zalo_oa.wiring import open_zalo_oa
from bot.dialogue.router import DEFAULT_LANGUAGE
from bot.operations.gauges import Account
from bot.operations.members import Members
from bot.operations.messages.handling import Inline
from bot.operations.messages.receiving import Door, Receiver
from bot.operations.messages.sending import Sender
from bot.operations.times import now
from bot.settings import Settings
from bot.settings.channels import revealed

Job = tuple[str, Callable[[], Awaitable[None]]]
"""What it is called in the log, and what runs until it is cancelled."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A channel with both its ways. `key`: the setting that proves that updates are the platform's.

    `jobs`: what else runs for it, given the way into the inbox and the processes that there are. `account`: where its
    tokens are kept, if they end.
    """

    receiver: Receiver
    sender: Sender
    key: str
    jobs: Callable[[Door, Members], tuple[Job, ...]]
    inline: Inline | None = None
    account: Account | None = None


def connect(settings: Settings, house: House) -> tuple[Connected, ...]:
    """The channels whose keys are set. Raises SettingsError where a key cannot be one."""
    made = (_zalo_oa(settings, house), _telegram(settings, house), _zalo_bot(settings))
    return tuple(channel for channel in made if channel is not None)


def _zalo_oa(settings: Settings, house: House) -> Connected | None:
    if not settings.zalo_oa_is_set:
        return None
    opened = open_zalo_oa(settings, house.store.registry, now)

    def jobs(door: Door, members: Members) -> tuple[Job, ...]:  # noqa: ARG001 - as the others are asked
        return (("renewing Zalo's tokens", opened.keeper.renew_in_time),)

    account = Account(opened.sender.channel, account_of(settings), REFRESH_LIFE.total_seconds())
    return Connected(ZaloOaReceiver(settings), opened.sender, "ZALO_OA_WEBHOOK_KEY", jobs, account=account)


def _telegram(settings: Settings, house: House) -> Connected | None:
    if not settings.telegram_is_set:
        return None
    # Here and not above: the library is large, and who does not use Telegram does without.
    from bot.channels.telegram.client import build_bot
    from bot.channels.telegram.inline import InlineAnswers, InlineSender
    from bot.channels.telegram.polling import poll
    from bot.channels.telegram.receive import TelegramReceiver
    from bot.channels.telegram.sender import TelegramSender

    bot, receiver = build_bot(settings), TelegramReceiver.of(settings)
    texts = house.languages[DEFAULT_LANGUAGE]
    inline = InlineAnswers(
        house.assistant, texts, settings.address, settings.telegram_bot_username, settings.data_old_days
    )

    def jobs(door: Door, members: Members) -> tuple[Job, ...]:
        if settings.telegram_mode == "webhook":
            return ()
        asking = partial(poll, bot, receiver, door.accept, asyncio.Event(), count=door.count, clock=now)
        return (("polling Telegram", partial(members.while_no_other_leads, asking)),)

    return Connected(receiver, TelegramSender(bot), "TELEGRAM_WEBHOOK_SECRET", jobs, InlineSender(bot, inline).answer)


def _zalo_bot(settings: Settings) -> Connected | None:
    client = client_of(settings)
    if client is None:
        return None
    receiver = ZaloBotReceiver(revealed(settings.zalo_bot_webhook_secret), settings.zalo_bot_unsigned)

    def jobs(door: Door, members: Members) -> tuple[Job, ...]:
        if settings.zalo_bot_mode == "webhook":
            return ()
        asking = partial(poll_zalo_bot, client, door.accept, now)
        return (("polling Zalo Bot", partial(members.while_no_other_leads, asking)),)

    return Connected(receiver, ZaloBotSender(client), "ZALO_BOT_WEBHOOK_SECRET", jobs)
