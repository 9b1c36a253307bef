"""What an administrator enters by hand in the console of the Official Account: its menu."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.menu import MENU
from bot.texts import Texts

MARK = "#"
"""Before the word that a tap sends. The console's filter for such words stays off: whole sentences come as well."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`title`: what people see; `sends`: the message that a tap sends in their name; `opens`: what it is for."""

    title: str
    sends: str
    opens: str


def sheet(texts: Texts) -> tuple[SheetRow, ...]:
    return tuple(
        SheetRow(texts.get(entry.title_id), f"{MARK}{entry.slug}", texts.get(entry.description_id)) for entry in MENU
    )
