from __future__ import annotations

from typing import Any

import pytest

from bot.channels.menu import MENU
from bot.channels.telegram.client import Client
from bot.channels.telegram.setup import Command, Profile, profiles, set_up
from bot.operations.messages.sending import OperatorError
from bot.texts import LANGUAGES, load_texts
from tests.unit.channels.telegram.payloads import payload
from tests.unit.channels.telegram.platform import Platform
from tests.unit.handlers.example import PROVINCE

TEXTS = {language: load_texts(language) for language in LANGUAGES}
SHOWN = profiles(TEXTS, PROVINCE)


def test_there_is_one_for_everybody_and_one_for_each_language() -> None:
    default, vietnamese, english = SHOWN
    assert [profile.language for profile in SHOWN] == [None, "vi", "en"]
    assert (default.commands, default.description) == (vietnamese.commands, vietnamese.description)
    assert default.commands[0] == Command("tim", "Tìm việc anh/chị cần làm")
    assert [command.name for command in english.commands] == [entry.slug for entry in MENU]
    assert "tỉnh Mẫu" in vietnamese.description
    assert "Mẫu province" in english.description


@pytest.mark.parametrize("profile", SHOWN)
def test_telegram_takes_all_of_it(profile: Profile) -> None:
    assert [len(command.description) <= 256 for command in profile.commands] == [True] * len(MENU)
    assert (len(profile.description) <= 512, len(profile.short_description) <= 120) == (True, True)


async def test_everything_is_set(telegram: Platform, bot: Client) -> None:
    await set_up(bot, SHOWN)
    assert telegram.calls == [call for profile in SHOWN for call in calls(profile)] + [
        ("setChatMenuButton", {"menu_button": {"type": "commands"}})
    ]


def calls(profile: Profile) -> list[tuple[str, dict[str, Any]]]:
    language = {} if profile.language is None else {"language_code": profile.language}
    commands = [{"command": command.name, "description": command.description} for command in profile.commands]
    return [
        ("setMyCommands", {"commands": commands} | language),
        ("setMyDescription", {"description": profile.description} | language),
        ("setMyShortDescription", {"short_description": profile.short_description} | language),
    ]


async def test_a_refusal_is_told(telegram: Platform, bot: Client) -> None:
    telegram.answers.append(payload("error_401"))
    with pytest.raises(OperatorError, match="Telegram does not accept TELEGRAM_BOT_TOKEN"):
        await set_up(bot, SHOWN)
