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
from bot.dialogue.clean import has_words
from bot.dialogue.rating_choices import FollowUpsChoice, RateChoice
from bot.search.fold import canonical, fold
from bot.texts import Texts

MARKS = ("/", "#")
"""What stands before a command: "/linhvuc" on most channels, "#linhvuc" from the menu of an Official Account."""
_MAX_CHARS = 60
_ALONE = "commands.stop_alone"
"""To be asked no more; only as a whole message ("dừng nhà" without its marks is "dựng nhà"), and only as it is spelled:
"đúng" and "đừng" without their marks are "dừng" as well."""
_AROUND_A_WORD = " .,!?"
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
    ("commands.rate", RateChoice()),
    ("commands.stop", FollowUpsChoice()),
    ("commands.ask_again", FollowUpsChoice(are_wanted=True)),
    ("commands.privacy", PrivacyChoice()),
    ("commands.own_data", PrivacyChoice(PrivacyStep.SHOWN)),
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
        alone: set[str] = set()
        around: set[str] = set()
        asking: set[str] = set()
        for texts in languages:
            around.update(fold(word) for word in texts.words("commands.around"))
            asking.update(fold(word) for word in texts.words("commands.with_question"))
            for list_id, target in _COMMANDS:
                words = texts.words(list_id)
                slashed.update((fold(word), target) for word in words)
                # "/en" without its slash is a word like any other.
                typed.update((fold(word), target) for word in words if not word.startswith("/"))
            alone.update(canonical(word) for word in texts.words(_ALONE))
        slashed.update((fold(word), FollowUpsChoice()) for word in alone)
        self._alone = frozenset(alone)
        self._typed: Mapping[str, Target] = typed
        self._slashed: Mapping[str, Target] = slashed
        self._around = tuple(around)
        self._asking = frozenset(asking)

    def find(self, text: str) -> Target | None:
        """What the message asks for, said in nothing but a command's words and politeness."""
        if len(text) > _MAX_CHARS:
            return None
        if canonical(text).strip(_AROUND_A_WORD) in self._alone:
            return FollowUpsChoice()
        return next((self._typed[said] for said in self._bared(fold(text)) if said in self._typed), None)

    def slash(self, text: str) -> Target | None:
        """What a message beginning with one of MARKS asks for; None for a command that does not exist."""
        command, words = _parted(text)
        if match := _PAYLOAD.fullmatch(words):
            return CardChoice(f"{match[1]}.{match[2]}")
        return self._slashed.get(command)

    def question(self, text: str) -> str:
        """The message; without its command where that takes a question: "khai sinh" of "/tim khai sinh"."""
        command, words = _parted(text)
        is_asked = text.startswith(MARKS) and command in self._asking and not _PAYLOAD.fullmatch(words)
        return words if is_asked and has_words(words) else text

    def place(self, text: str) -> str | None:
        """The name behind the command for one's commune ("/xaphuong thạch lạc"); None for any other message."""
        command, words = _parted(text)
        is_told = text.startswith(MARKS) and self._slashed.get(command) == CommuneChoice()
        return words if is_told and has_words(words) else None

    def _bared(self, said: str) -> Sequence[str]:
        """`said` as it is, then with politeness taken off at either end, the longest forms first."""
        forms = [said]
        for form in forms:
            shorter = [form[len(word) + 1 :] for word in self._around if form.startswith(f"{word} ")]
            shorter += [form[: -len(word) - 1] for word in self._around if form.endswith(f" {word}")]
            forms += sorted(set(shorter).difference(forms), key=lambda left: (-len(left), left))
        return forms


def _parted(text: str) -> tuple[str, str]:
    """The command, folded and without the name of the bot behind it ("/tim@bot"), and the words that follow it."""
    command, *words = text.split(maxsplit=1) or [""]
    return fold(command.partition("@")[0]), "".join(words).strip()
