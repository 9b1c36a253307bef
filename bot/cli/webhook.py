"""`python -m bot webhook …`: where the platforms bring what people send."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

import click

from bot.cli.channel import ChannelName
from bot.cli.support import settings_of_process, told
from bot.errors import SettingsError
from bot.operations.messages.receiving import webhook_path
from bot.operations.times import in_vietnam
from bot.settings import Settings

_Result = TypeVar("_Result")


class Webhook(Protocol):
    """The webhook of one channel. Every method may raise MotCuaError, in words for an operator."""

    async def set(self) -> str:
        """Set it; gives the address that was set."""
        ...

    async def show(self) -> Mapping[str, object]:
        """What the platform says of it, by name; `url` is empty where none is set. Times are `datetime`s in UTC."""
        ...

    async def delete(self) -> None: ...

    async def close(self) -> None: ...


def _telegram(settings: Settings) -> Webhook:
    # Here and not above: the library is large, and the other commands do without.
    from bot.channels.telegram.webhook import TelegramWebhook

    return TelegramWebhook.of(settings)


def _zalo_bot(settings: Settings) -> Webhook:
    from bot.channels.zalo_bot.webhook import ZaloBotWebhook

    return ZaloBotWebhook.of(settings)


def _zalo_oa(settings: Settings) -> Webhook:
    address = f"{settings.public_url or '<PUBLIC_URL>'}{webhook_path('zalo_oa')}"
    raise SettingsError(f"the Official Account's webhook is entered by hand at developers.zalo.me: {address}")


WEBHOOKS: Mapping[str, Callable[[Settings], Webhook]] = {
    "telegram": _telegram,
    "zalo-bot": _zalo_bot,
    "zalo-oa": _zalo_oa,
}
"""By the channel's name on the command line."""

_channel = click.option(
    "--channel", type=ChannelName(list(WEBHOOKS)), default="telegram", show_default=True, help="Whose webhook."
)


@click.group()
def webhook() -> None:
    """Set, show or delete the address to which a platform brings what people send."""


@webhook.command("set")
@_channel
def set_(channel: str) -> None:
    """Set the webhook to PUBLIC_URL; what waits at the platform is not dropped."""
    url = _run(channel, lambda hook: hook.set())
    click.echo(f"{channel}: the webhook is set to {url}")


@webhook.command()
@_channel
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def show(channel: str, *, as_json: bool) -> None:
    """Show what the platform says of the webhook."""
    found = _run(channel, lambda hook: hook.show())
    if as_json:
        fields = {name: _for_programs(value) for name, value in found.items()}
        click.echo(json.dumps({"channel": channel, **fields}, ensure_ascii=False))
    elif not found.get("url"):
        click.echo(f"{channel}: no webhook is set")
    else:
        for name, value in found.items():
            if value not in (None, "", []):
                click.echo(f"{name}: {_for_people(value)}")


def _for_programs(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _for_people(value: object) -> str:
    if isinstance(value, datetime):
        return in_vietnam(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@webhook.command()
@_channel
def delete(channel: str) -> None:
    """Delete the webhook; what waits at the platform is kept."""
    _run(channel, lambda hook: hook.delete())
    click.echo(f"{channel}: no webhook is set any more")


def _run(channel: str, act: Callable[[Webhook], Awaitable[_Result]]) -> _Result:
    with told():
        return asyncio.run(_act(WEBHOOKS[channel], settings_of_process(), act))
    raise AssertionError("told() leaves the process")


async def _act(
    make: Callable[[Settings], Webhook], settings: Settings, act: Callable[[Webhook], Awaitable[_Result]]
) -> _Result:
    hook = make(settings)
    try:
        return await act(hook)
    finally:
        await hook.close()
