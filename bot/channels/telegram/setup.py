"""What the bot shows before anything is said: its commands, what it says of itself, and the menu button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import BotCommand, MenuButtonCommands
from telegram.constants import BotCommandLimit, BotDescriptionLimit
from telegram.error import TelegramError

from bot.catalog.model import Province
from bot.channels.menu import MENU
from bot.channels.telegram.client import Client
from bot.channels.telegram.errors import send_error
from bot.texts import Texts
from handlers.naming import province_name, shorten


@dataclass(frozen=True, slots=True)
class Command:
    """`name` without its slash."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is shown to those whose Telegram speaks `language`; None: to everyone else."""

    language: str | None
    commands: tuple[Command, ...]
    description: str
    short_description: str


def profiles(languages: Mapping[str, Texts], province: Province, default: str = "vi") -> tuple[Profile, ...]:
    """One for everyone in the `default` language, and one for each language."""
    return (
        _profile(None, languages[default], province),
        *(_profile(language, texts, province) for language, texts in languages.items()),
    )


def _profile(language: str | None, texts: Texts, province: Province) -> Profile:
    name = province_name(province, texts.language)
    commands = (Command(entry.slug, texts.get(entry.description_id)) for entry in MENU)
    return Profile(
        language,
        tuple(Command(c.name, shorten(c.description, BotCommandLimit.MAX_DESCRIPTION)) for c in commands),
        shorten(texts.get("telegram.about.description", province=name), BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
        shorten(texts.get("telegram.about.short", province=name), BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
    )


async def set_up(bot: Client, shown: tuple[Profile, ...]) -> None:
    """Set all of it; what was set before is replaced. Raises SendError."""
    try:
        for profile in shown:
            commands = [BotCommand(command.name, command.description) for command in profile.commands]
            await bot.set_my_commands(commands, language_code=profile.language)
            await bot.set_my_description(profile.description, language_code=profile.language)
            await bot.set_my_short_description(profile.short_description, language_code=profile.language)
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:
        raise send_error(error) from None
