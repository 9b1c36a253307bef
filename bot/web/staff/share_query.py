"""What is asked for at /staff/chia-se: a service, a place and a team, each only as far as the account may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.catalog.lookup import agencies_of
from bot.catalog.model import Catalogue, Commune
from bot.operations.sharing.targets import Kind, Target, named_target
from bot.store.sharing import CommunityTeam
from bot.store.staff import Account

WHAT, WHERE, WHOSE = "ma", "xa", "to"
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class ShareQuery:
    """As it stands in the address. `wrong`: the id of the text that says why it cannot be; `target` None: not found.

    `teams`: those that may be chosen.
    """

    words: str
    target: Target | None
    commune: Commune | None
    team: CommunityTeam | None
    teams: Sequence[CommunityTeam]
    wrong: str | None = None

    @property
    def place(self) -> dict[str, str]:
        """Where and whose, as fields of an address."""
        fields = {
            WHERE: "" if self.commune is None else self.commune.agency_code,
            WHOSE: "" if self.team is None else str(self.team.number),
        }
        return {name: value for name, value in fields.items() if value}

    def address(self, path: str, words: str | None = None) -> str:
        """The same at another path, perhaps for something else."""
        what = self.words if words is None else words
        return f"{path}?{urlencode(({WHAT: what} if what else {}) | self.place)}"


def read_share_query(
    catalogue: Catalogue, account: Account, teams: Sequence[CommunityTeam], given: Mapping[str, str]
) -> ShareQuery:
    """`teams`: those at work. A place that is not given is the team's."""
    words = given.get(WHAT, "").strip()
    place, number = given.get(WHERE, "").strip(), given.get(WHOSE, "").strip()
    commune = catalogue.communes.get(place)
    team = next((team for team in teams if str(team.number) == number[:_MOST_DIGITS]), None)
    if commune is None and not place and team is not None:
        commune = catalogue.communes.get(team.commune)
    target = named_target(catalogue, words)
    wrong = None
    if place and commune is None:
        wrong = "web.staff.posters.wrong.commune"
    elif number and (team is None or (commune is not None and team.commune != commune.agency_code)):
        wrong = "web.staff.posters.wrong.team"
    elif not _may_make(catalogue, account, target, commune):
        wrong = "web.staff.posters.wrong.not_yours"
    return ShareQuery(words, target, commune, team, teams, wrong)


def teams_for(account: Account, teams: Sequence[CommunityTeam]) -> tuple[CommunityTeam, ...]:
    """The teams at work that the account may choose."""
    seen = account.limited_to
    return tuple(team for team in teams if team.is_active and (seen is None or team.commune in seen))


def _may_make(catalogue: Catalogue, account: Account, target: Target | None, commune: Commune | None) -> bool:
    """Whoever sees only some agencies makes materials for their communes, or for what their agencies decide."""
    seen = account.limited_to
    if seen is None:
        return True
    if commune is not None:
        return commune.agency_code in seen
    if target is None or target.kind is not Kind.PROCEDURE:
        return False
    return any(agency.code in seen for agency in agencies_of(catalogue, target.id))
