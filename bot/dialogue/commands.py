"""Words that mean the same wherever one stands: home, back, help, my commune, delete my data …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

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
        found: dict[str, Target] = {}
        around: set[str] = set()
        for texts in languages:
            around.update(fold(word) for word in texts.words("commands.around"))
            for list_id, target in _COMMANDS:
                found.update((fold(word), target) for word in texts.words(list_id))
        self._targets: Mapping[str, Target] = found
        # Longest first, so that "cho tôi xem" goes before "cho tôi".
        words = "|".join(map(re.escape, sorted(around, key=len, reverse=True)))
        self._before = re.compile(rf"(?:(?:{words})\s+)+")
        self._after = re.compile(rf"(?:\s+(?:{words}))+$")

    def find(self, text: str) -> Target | None:
        """What the message asks for, said in nothing but a command's words and politeness."""
        if len(text) > _MAX_CHARS:
            return None
        said = fold(text).strip(" .?!,")
        return self._targets.get(said) or self._targets.get(self._bare(said))

    def slash(self, text: str) -> Target | None:
        """What a message beginning with a slash asks for; None for a command that does not exist."""
        command, _, payload = text.partition(" ")
        if match := _PAYLOAD.fullmatch(payload.strip()):
            return CardChoice(f"{match[1]}.{match[2]}")
        return self._targets.get(fold(command))

    def _bare(self, said: str) -> str:
        opened = self._before.sub("", said, count=1) if self._before.match(said) else said
        return self._after.sub("", opened).strip(" .?!,")
