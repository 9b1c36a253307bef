"""The menu of the messengers: the same entries as Telegram's commands and in the menu of the Official Account.

A person sends the slug with a mark before it: `/linhvuc` on Telegram, `#linhvuc` on Zalo. What each opens stands with
the other commands, in the lists `commands.*` of the texts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """`slug`: lower-case ASCII letters, as Telegram wants commands. The ids are those of two texts."""

    slug: str
    title_id: str
    description_id: str


MENU: tuple[MenuEntry, ...] = (
    MenuEntry("tim", "channels.menu.find.title", "channels.menu.find.description"),
    MenuEntry("linhvuc", "channels.menu.fields.title", "channels.menu.fields.description"),
    MenuEntry("coquan", "channels.menu.agencies.title", "channels.menu.agencies.description"),
    MenuEntry("toantrinh", "channels.menu.online.title", "channels.menu.online.description"),
    MenuEntry("xaphuong", "channels.menu.commune.title", "channels.menu.commune.description"),
    MenuEntry("huongdan", "channels.menu.help.title", "channels.menu.help.description"),
    MenuEntry("riengtu", "channels.menu.privacy.title", "channels.menu.privacy.description"),
    MenuEntry("english", "channels.menu.english.title", "channels.menu.english.description"),
)
