"""`python -m bot channel`: switch a channel off and on while the assistant runs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import click

from bot.cli.support import open_registry, settings_of_process, told
from bot.operations.times import in_vietnam, now
from bot.settings import Settings
from bot.store.registry import Switch

CHANNELS = ("zalo_oa", "telegram", "zalo_bot", "web")


class ChannelName(click.Choice[str]):
    """One of the names, written with hyphens or underscores; what comes out is the name as it is listed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        same = (name for name in self.choices if name.replace("_", "-") == str(value).replace("_", "-"))
        return super().convert(next(same, value), param, ctx)


@click.group()
def channel() -> None:
    """Switch a channel off or on; running processes follow within seconds."""


@channel.command()
@click.argument("name", type=ChannelName(CHANNELS))
@click.option("--reason", default="", help="Why; told by `channel show` and `doctor`.")
def off(name: str, reason: str) -> None:
    """Answer everyone on this channel that the assistant is paused."""
    _set(name, is_on=False, reason=reason)


@channel.command()
@click.argument("name", type=ChannelName(CHANNELS))
def on(name: str) -> None:
    """Answer again."""
    _set(name, is_on=True, reason="")


@channel.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(*, as_json: bool) -> None:
    """Which channels are switched off, since when and why."""
    with told():
        switches = {switch.channel: switch for switch in asyncio.run(_switches(settings_of_process()))}
        if as_json:
            rows = [_row(name, switches.get(name)) for name in CHANNELS]
            click.echo(json.dumps({"channels": rows}, ensure_ascii=False))
            return
        for name in CHANNELS:
            click.echo(f"{name:<9} {_state(switches.get(name))}")


def _state(switch: Switch | None) -> str:
    if switch is None or switch.is_on:
        return "on"
    return f"off since {in_vietnam(switch.changed_at)}: {switch.reason or 'no reason given'}"


def _row(name: str, switch: Switch | None) -> dict[str, object]:
    if switch is None or switch.is_on:
        return {"channel": name, "on": True, "since": None, "reason": ""}
    return {
        "channel": name,
        "on": False,
        "since": switch.changed_at.isoformat(timespec="seconds"),
        "reason": switch.reason,
    }


def _set(name: str, *, is_on: bool, reason: str) -> None:
    with told():
        switch = Switch(name, is_on, reason, now())
        asyncio.run(_keep(settings_of_process(), switch))
        click.echo(f"{name} is {'on' if is_on else 'off'}; running processes follow within seconds")


async def _keep(settings: Settings, switch: Switch) -> None:
    async with open_registry(settings) as registry:
        await registry.set_switch(switch)


async def _switches(settings: Settings) -> tuple[Switch, ...]:
    async with open_registry(settings) as registry:
        return await registry.switches()
