"""Links by which a service is rated without a chat account: made for a counter or a team."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.catalog.codes import parse_code
from bot.catalog.lookup import agencies_of
from bot.catalog.model import Catalogue
from bot.dialogue.signed_links import RatingLink
from bot.operations.rating_links.answers import subject_of
from bot.operations.rating_links.teams import team_link_name
from bot.ratings.model import Origin
from bot.ratings.periods import day_of
from bot.store.sharing import CommunityTeam

MOST_DAYS = 366
USUAL_DAYS = 90
MOST_NAME_CHARS = 24
_NAME = re.compile(rf"[A-Za-z0-9_-]{{1,{MOST_NAME_CHARS}}}", re.ASCII)
_SINGLE_BYTES = 5
_SINGLE_CHARS = 2 * _SINGLE_BYTES + 1
KINDS: Mapping[str, Origin] = {"counter": Origin.COUNTER, "team": Origin.TEAM}
"""Whose link it is, as commands and forms call it."""


class Wrong(StrEnum):
    """What no link can be made of."""

    CODE = "code"
    AGENCY = "agency"
    COMMUNE = "commune"
    NAME = "name"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`code` as somebody wrote it. `name`: which counter or team it is for. `days`: for how long it holds.

    `team`: the number of a registered team; 0: of none. `wanted_by` sets it.
    """

    code: str
    agency: str
    commune: str
    origin: Origin
    name: str
    days: int
    is_single: bool = False
    team: int = 0


def wanted_by(team: CommunityTeam, wanted: Wanted) -> Wanted:
    """The same link, made for the team; at its commune where no place was named."""
    commune = wanted.commune or team.commune
    name = team_link_name(team.number)
    return replace(wanted, origin=Origin.TEAM, name=name, commune=commune, team=team.number)


def make_link(catalogue: Catalogue, wanted: Wanted, at: datetime) -> RatingLink | Wrong:
    """A link to today's service. One for a single rating gets a name that no other has."""
    code = parse_code(wanted.code)
    found = None if code is None else subject_of(catalogue, code, "")
    if found is None:
        return Wrong.CODE
    agency = wanted.agency or _only_agency(catalogue, found.code, wanted.commune)
    if subject_of(catalogue, found.code, agency) is None:
        return Wrong.AGENCY
    subject = subject_of(catalogue, found.code, agency, wanted.commune)
    if subject is None:
        return Wrong.COMMUNE
    if not _NAME.fullmatch(wanted.name):
        return Wrong.NAME
    if not 1 <= wanted.days <= MOST_DAYS:
        return Wrong.DAYS
    name = wanted.name
    if wanted.is_single:
        name = f"{name[: MOST_NAME_CHARS - _SINGLE_CHARS]}-{secrets.token_hex(_SINGLE_BYTES)}"
    until = day_of(at) + timedelta(days=wanted.days)
    return RatingLink(
        subject.code, subject.agency, wanted.commune, wanted.origin, name, until, wanted.is_single, wanted.team
    )


def _only_agency(catalogue: Catalogue, code: str, commune: str) -> str:
    """Who decides where nobody was named: the commune of the counter, else the only body there is; else empty.

    Without it a rating is in no agency's figures.
    """
    deciding = {body.code for body in agencies_of(catalogue, code)}
    if commune in deciding:
        return commune
    return deciding.pop() if len(deciding) == 1 else ""
