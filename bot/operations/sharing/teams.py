"""Adding, closing and opening community teams: one way for the command line and the pages of staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.model import Catalogue
from bot.dialogue.clean import clean, has_words
from bot.dialogue.personal_data import Masker
from bot.operations.sharing.whose import communes_named
from bot.store.sharing import CommunityTeam, Sharing, team_key
from bot.store.staff import Act
from bot.texts.cells import harmless

MOST_NAME_CHARS = 80


class Wrong(StrEnum):
    """Why a team is not taken."""

    NAME = "name"
    """Empty, too long, or a spreadsheet would run it."""
    PRIVATE = "private"
    """The name holds a number that says who somebody is."""
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class TeamRegister:
    """`masker`: finds private numbers."""

    sharing: Sharing
    catalogue: Catalogue
    masker: Masker

    async def add(self, name: str, commune: str, act: Act) -> CommunityTeam | Wrong:
        """The team of this name in this commune, opened again where it was closed. Raises StoreError.

        `commune`: its code, or its name where that is one commune's alone.
        """
        name, places = clean(name, MOST_NAME_CHARS), communes_named(self.catalogue, commune)
        if not has_words(name) or not team_key(name) or len(name) > MOST_NAME_CHARS or harmless(name) != name:
            return Wrong.NAME
        if self.masker.mask(name).found:
            return Wrong.PRIVATE
        if len(places) != 1:
            return Wrong.COMMUNE
        team = await self.sharing.add_team(name, places[0].agency_code, act)
        if not team.is_active:
            await self.sharing.set_active(team.number, act, is_active=True)
        return await self.find(team.number) or team

    async def find(self, number: int) -> CommunityTeam | None:
        return next((team for team in await self.sharing.teams() if team.number == number), None)

    async def set_active(self, number: int, act: Act, *, is_active: bool) -> bool:
        """False where there is no such team. What its links counted stays."""
        return await self.sharing.set_active(number, act, is_active=is_active)
