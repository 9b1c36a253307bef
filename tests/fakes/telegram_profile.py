"""What a bot says of itself: its commands and descriptions for each language, and its menu button."""

from __future__ import annotations

import re

from tests.fakes.failures import JsonObject, compact
from tests.fakes.telegram_failures import bad_request

DEFAULT_SCOPE = {"type": "default"}
MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Profile:
    """`commands` by (scope as compact JSON, language); descriptions by language, where `""` is every other one."""

    def __init__(self) -> None:
        self.commands: dict[tuple[str, str], list[JsonObject]] = {}
        self.description: dict[str, str] = {}
        self.short_description: dict[str, str] = {}
        self.menu_button: JsonObject = {"type": "default"}

    def set_commands(self, fields: JsonObject) -> bool:
        commands: list[JsonObject] = fields.get("commands", [])
        if len(commands) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[self._key(fields)] = commands
        return True

    def get_commands(self, fields: JsonObject) -> list[JsonObject]:
        return self.commands.get(self._key(fields), [])

    def delete_commands(self, fields: JsonObject) -> bool:
        self.commands.pop(self._key(fields), None)
        return True

    def set_description(self, fields: JsonObject) -> bool:
        self.description[fields.get("language_code", "")] = _short(fields.get("description", ""), 512)
        return True

    def get_description(self, fields: JsonObject) -> JsonObject:
        return {"description": self.description.get(fields.get("language_code", ""), "")}

    def set_short_description(self, fields: JsonObject) -> bool:
        self.short_description[fields.get("language_code", "")] = _short(fields.get("short_description", ""), 120)
        return True

    def get_short_description(self, fields: JsonObject) -> JsonObject:
        return {"short_description": self.short_description.get(fields.get("language_code", ""), "")}

    def set_menu_button(self, fields: JsonObject) -> bool:
        self.menu_button = fields.get("menu_button", {"type": "default"})
        return True

    def _key(self, fields: JsonObject) -> tuple[str, str]:
        return compact(fields.get("scope", DEFAULT_SCOPE)), fields.get("language_code", "")


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise bad_request("description is too long")
    return text
