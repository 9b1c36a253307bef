"""Who the bot is among the people it talks with, and when a message of a group is meant for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message

from bot.errors import SettingsError
from bot.settings import Settings
from bot.settings.examples import EXAMPLES

_TOKEN = re.compile(r"(\d{1,20}):[A-Za-z0-9_\-]+", re.ASCII)
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@([A-Za-z0-9_]{1,32}))?(?=\s|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Me:
    """`id` is the number that a token begins with. `username`, without @, where it is set.

    Without the name a group is answered only where it writes a bare command or replies to one of our messages: by
    "@name" nobody can be meant.
    """

    id: int
    username: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> Me:
        """Raises SettingsError where there is no token, or none that can be one."""
        token = settings.telegram_bot_token
        match = None if token is None else _TOKEN.fullmatch(token.get_secret_value())
        if match is None:
            what = "is not set" if token is None else "must be as @BotFather gave it"
            example = EXAMPLES.get("telegram_bot_token", "123456:…")
            raise SettingsError(f"TELEGRAM_BOT_TOKEN: {what}; for example TELEGRAM_BOT_TOKEN={example}")
        return cls(int(match[1]), settings.telegram_bot_username)

    def is_meant_by(self, message: Message) -> bool:
        """Whether a message of a group speaks to us: a command, our name, or a reply to what we said."""
        text = (message.text or message.caption or "").lstrip()
        if command := _COMMAND.match(text):
            return command[1] is None or self._is_named(command[1])
        replied = message.reply_to_message
        if replied is not None and replied.from_user is not None and replied.from_user.id == self.id:
            return True
        return self.username is not None and _mention(self.username).search(text) is not None

    def without_name(self, text: str) -> str:
        """`text` without "@name", which is no word of what was asked."""
        if self.username is None:
            return text
        command = _COMMAND.match(text)
        if command is not None and command[1] is not None and self._is_named(command[1]):
            text = text[: command.start(1) - 1] + text[command.end(1) :]
        return _mention(self.username).sub("", text).strip()

    def _is_named(self, name: str) -> bool:
        return self.username is not None and name.casefold() == self.username.casefold()


def _mention(username: str) -> re.Pattern[str]:
    # Right after a letter it would be part of an e-mail address.
    return re.compile(rf"(?<![\w@])@{username}(?!\w)[,:]?[ ]?", re.IGNORECASE)
