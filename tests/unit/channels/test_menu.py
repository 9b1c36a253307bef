"""The menu of the messengers: every entry has its texts, is a command, and opens what it says."""

from __future__ import annotations

import re

import pytest

from bot.channels.menu import MENU
from bot.dialogue.choices import (
    AgenciesChoice,
    CommuneChoice,
    FieldsChoice,
    HelpChoice,
    LanguageChoice,
    OnlineListChoice,
    PrivacyChoice,
    StartChoice,
)
from bot.dialogue.commands import Commands
from bot.texts import LANGUAGES, load_texts

TEXTS = tuple(load_texts(language) for language in LANGUAGES)
OPENS = {
    "tim": StartChoice(),
    "linhvuc": FieldsChoice(),
    "coquan": AgenciesChoice(),
    "toantrinh": OnlineListChoice(),
    "xaphuong": CommuneChoice(),
    "huongdan": HelpChoice(),
    "riengtu": PrivacyChoice(),
    "english": LanguageChoice("en"),
}


@pytest.mark.parametrize("mark", ["/", "#"])
def test_every_entry_opens_something_with_either_mark(mark: str) -> None:
    commands = Commands(TEXTS)
    assert {entry.slug: commands.slash(f"{mark}{entry.slug}") for entry in MENU} == OPENS


def test_slugs_are_commands_as_telegram_wants_them() -> None:
    assert [entry.slug for entry in MENU if not re.fullmatch(r"[a-z0-9_]{1,32}", entry.slug)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_a_button_and_descriptions_a_line(language: str) -> None:
    texts = load_texts(language)
    long = [e.slug for e in MENU if len(texts.get(e.title_id)) > 24 or len(texts.get(e.description_id)) > 60]
    assert long == []
