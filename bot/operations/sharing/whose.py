"""The commune and the team of a material, as somebody names them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.catalog.communes import commune_by_name
from bot.catalog.model import Catalogue, Commune
from bot.store.sharing import CommunityTeam, team_key


def communes_named(catalogue: Catalogue, name: str) -> tuple[Commune, ...]:
    """The communes that may be meant, by name, agency code or statistics code; one where it is clear, none, or several.

    Today's name is today's commune, though another one took in a unit that was called so before.
    """
    if not name:
        return ()
    coded = catalogue.communes.get(name) or next(
        (commune for commune in catalogue.communes.values() if commune.statistics_code == name), None
    )
    if coded is not None:
        return (coded,)
    found = commune_by_name(catalogue, name)
    today = tuple(match.commune for match in found if match.former is None)
    every = {match.commune.agency_code: match.commune for match in found}
    return today or tuple(every.values())


def teams_named(teams: Iterable[CommunityTeam], name: str, commune: Commune | None) -> tuple[CommunityTeam, ...]:
    """The teams at work that are called so, in the commune where one is given."""
    wanted = team_key(name)
    return tuple(
        team
        for team in teams
        if team.is_active and team_key(team.name) == wanted and (commune is None or team.commune == commune.agency_code)
    )
