"""`python -m bot alert`: the chat in which operators are told of errors."""

from __future__ import annotations

import asyncio

import click

from bot.app.alerts import opened_chat
from bot.cli.support import open_registry, settings_of_process, told
from bot.errors import MotCuaError, StoreError
from bot.operations.messages.sending import GoneError, OperatorError, RefusedError, UncertainError, WaitError
from bot.settings import Settings
from bot.store.memory_inbox import NoRegistry
from bot.store.registry import Registry

_MEANS: tuple[tuple[type[MotCuaError], str], ...] = (
    (GoneError, "ALERT_ADDRESS cannot be written to: add the bot to the group, or let the person write to it first"),
    (RefusedError, "the messenger does not take it: is ALERT_ADDRESS the number of a chat?"),
    (OperatorError, "the keys of this channel are wrong or have ended; `python -m bot doctor` says more"),
    (WaitError, "the messenger asks to wait; try again later"),
    (UncertainError, "it may have arrived: look into the chat"),
)


@click.group()
def alert() -> None:
    """The chat in which operators are told of errors (ALERT_CHANNEL, ALERT_ADDRESS)."""


@alert.command("test")
def test_() -> None:
    """Send a trial line there, and say what the messenger answered. It does not need the store, but for tokens of Zalo
    that were renewed.

    Leaves with 1 where it was not sent, with 2 where the chat is not set.
    """
    with told():
        click.echo(asyncio.run(_try_out(settings_of_process())))


async def _try_out(settings: Settings) -> str:
    if settings.alert_channel != "zalo_oa":
        return await _sent(settings, NoRegistry())
    try:
        async with open_registry(settings) as registry:
            return await _sent(settings, registry)
    except StoreError as error:
        raise MotCuaError(f"the tokens of Zalo cannot be read: {error}") from error


async def _sent(settings: Settings, registry: Registry) -> str:
    async with opened_chat(settings, registry) as chat:
        name = chat.sender.channel
        try:
            await chat.try_out()
        except TimeoutError:
            raise MotCuaError(f"{name} did not answer in time; the line may have arrived: look into the chat") from None
        except MotCuaError as error:
            meaning = next((words for kind, words in _MEANS if isinstance(error, kind)), "try again later")
            raise MotCuaError(f"not sent: {error}; {meaning}") from None
    return f"sent: {name} has taken the line for ALERT_ADDRESS; look whether it is in the chat"
