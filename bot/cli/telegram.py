"""`python -m bot telegram …`: what the bot shows of itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.support import served_catalogue, settings_of_process, told
from bot.settings import Settings
from bot.texts import LANGUAGES, load_texts

if TYPE_CHECKING:
    from bot.channels.telegram.setup import Profile


@click.group()
def telegram() -> None:
    """Set up the bot on Telegram."""


@telegram.command()
@click.option("--dry-run", is_flag=True, help="Only print what would be set; Telegram is not asked.")
def setup(*, dry_run: bool) -> None:
    """Set the bot's commands, descriptions and menu button, in every language."""
    with told():
        settings = settings_of_process()
        # Here and not above: the library is large, and the other commands do without.
        from bot.channels.telegram.setup import profiles

        province = served_catalogue(settings).province
        shown = profiles({language: load_texts(language) for language in LANGUAGES}, province)
        if dry_run:
            _print(shown)
            return
        asyncio.run(_set_up(settings, shown))
        click.echo(f"Telegram: {len(shown[0].commands)} commands, descriptions and the menu button are set")


def _print(shown: tuple[Profile, ...]) -> None:
    for profile in shown:
        click.echo(f"language: {profile.language or 'every other'}")
        for command in profile.commands:
            click.echo(f"  /{command.name} - {command.description}")
        click.echo(f"  short description: {profile.short_description}")
        click.echo(f"  description: {profile.description}")
    click.echo("menu button: the commands")


async def _set_up(settings: Settings, shown: tuple[Profile, ...]) -> None:
    from bot.channels.telegram.client import build_bot, close
    from bot.channels.telegram.setup import set_up

    bot = build_bot(settings)
    try:
        await set_up(bot, shown)
    finally:
        await close(bot)
