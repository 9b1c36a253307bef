"""Words that mean the same wherever one stands: home, back, help, my commune, delete my data …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.dialogue.choices import (
    FORGET_COMMUNE,
    AgenciesChoice,
    BackChoice,
    CardChoice,
    CommuneChoice,
    FieldsChoice,
    GoOnChoice,
    HelpChoice,
    LanguageChoice,
    MenuChoice,
    OnlineListChoice,
    OtherChoice,
    PrivacyChoice,
    PrivacyStep,
    StartChoice,
    Target,
)
from bot.search.fold import fold
from bot.texts import Texts

MARKS = ("/", "#")
"""What stands before a command: "/linhvuc" on most channels, "#linhvuc" from the menu of an Official Account."""
_MAX_CHARS = 60
_COMMANDS: tuple[tuple[str, Target], ...] = (
    ("commands.start", StartChoice()),
    ("commands.menu", MenuChoice()),
    ("commands.help", HelpChoice()),
    ("commands.back", BackChoice()),
    ("commands.other", OtherChoice()),
    ("commands.go_on", GoOnChoice()),
    ("commands.fields", FieldsChoice()),
    ("commands.agencies", AgenciesChoice()),
    ("commands.online_list", OnlineListChoice()),
    ("commands.commune", CommuneChoice()),
    ("commands.forget_commune", CommuneChoice(FORGET_COMMUNE)),
    ("commands.privacy", PrivacyChoice()),
    ("commands.erase", PrivacyChoice(PrivacyStep.ASKED)),
    ("commands.vietnamese", LanguageChoice("vi")),
    ("commands.english", LanguageChoice("en")),
)
# "/start tt_1_001193": what a link of a messenger carries, in the letters that it admits.
_PAYLOAD = re.compile(r"tt_([1-9])_(\d{6})", re.ASCII)


class Commands:
    """Built once from the words of every language: a person may mix them."""

    def __init__(self, languages: Iterable[Texts]) -> None:
        typed: dict[str, Target] = {}
        slashed: dict[str, Target] = {}
        around: set[str] = set()
        for texts in languages:
            around.update(fold(word) for word in texts.words("commands.around"))
            for list_id, target in _COMMANDS:
                words = texts.words(list_id)
                slashed.update((fold(word), target) for word in words)
                # "/en" without its slash is a word like any other.
                typed.update((fold(word), target) for word in words if not word.startswith("/"))
        self._typed: Mapping[str, Target] = typed
        self._slashed: Mapping[str, Target] = slashed
        self._around = tuple(around)

    def find(self, text: str) -> Target | None:
        """What the message asks for, said in nothing but a command's words and politeness."""
        if len(text) > _MAX_CHARS:
            return None
        return next((self._typed[said] for said in self._bared(fold(text)) if said in self._typed), None)

    def slash(self, text: str) -> Target | None:
        """What a message beginning with one of MARKS asks for; None for a command that does not exist."""
        command, _, payload = text.partition(" ")
        if match := _PAYLOAD.fullmatch(payload.strip()):
            return CardChoice(f"{match[1]}.{match[2]}")
        return self._slashed.get(fold(command))

    def _bared(self, said: str) -> Sequence[str]:
        """`said` as it is, then with politeness taken off at either end, the longest forms first."""
        forms = [said]
        for form in forms:
            shorter = [form[len(word) + 1 :] for word in self._around if form.startswith(f"{word} ")]
            shorter += [form[: -len(word) - 1] for word in self._around if form.endswith(f" {word}")]
            forms += sorted(set(shorter).difference(forms), key=lambda left: (-len(left), left))
        return forms
