"""What came of the links of each team and commune: whole numbers, by name, and no rating number that names a few.

Numbers of ratings are held to the rule of what may be published (`bot/ratings/publishing.py`), each kind on its own:
fewer than five are not told, and what could be worked out from a total is not told either. A commune is the total of
its teams, and all together that of the communes. Of days that somebody chose no numbers of ratings are told: two such
periods that differ by a day tell that day's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.catalog.model import Catalogue
from bot.ratings.publishing import withheld
from bot.ratings.satisfaction import FEWEST_PUBLISHED
from bot.search.fold import fold
from bot.store.sharing import CommunityTeam, Count, Reach

RATINGS = (Count.RATING, Count.HELPED_RATING)


@dataclass(frozen=True, slots=True)
class ReachRow:
    """`team` empty: of nobody's links, or of a whole commune. `commune` empty: not told. `numbers`: None: not told."""

    team: str
    commune: str
    is_active: bool
    numbers: Mapping[Count, int | None]


@dataclass(frozen=True, slots=True)
class ReachTable:
    """`teams` and `communes` by name, never by a number. `total`: of all rows."""

    teams: tuple[ReachRow, ...]
    communes: tuple[ReachRow, ...]
    total: ReachRow


_Sums = Mapping[Count, int]


def reach_table(
    catalogue: Catalogue,
    teams: Iterable[CommunityTeam],
    reach: Iterable[Reach],
    seen: Collection[str] | None = None,
    *,
    tells_ratings: bool = True,
) -> ReachTable:
    """`seen`: agency codes of the communes that may be told; None: all. Open teams have a row without visits too.

    `tells_ratings` False: of none, as for days that somebody chose.
    """
    known = {team.number: team for team in teams if seen is None or team.commune in seen}
    sums: dict[tuple[str, int], _Sums] = {(team.commune, team.number): {} for team in known.values() if team.is_active}
    sums |= {(one.commune, one.team): one.counts for one in reach if seen is None or one.commune in seen}
    whole: dict[str, Counter[Count]] = {}
    for (commune, _), counts in sums.items():
        whole.setdefault(commune, Counter()).update(counts)
    everything = sum(whole.values(), Counter())
    hidden_communes: dict[Count, Collection[str]] = {
        what: withheld({code: n[what] for code, n in whole.items()}) if tells_ratings else whole.keys()
        for what in RATINGS
    }
    hidden_teams = {what: _hidden_teams(sums, what, hidden_communes[what]) for what in RATINGS}

    def name_of(code: str) -> str:
        return catalogue.communes[code].name if code in catalogue.communes else code

    def row(key: tuple[str, int], counts: _Sums) -> ReachRow:
        commune, number = key
        team = known.get(number)
        hidden = {what for what in RATINGS if key in hidden_teams[what]}
        name = "" if team is None else team.name
        return ReachRow(name, name_of(commune), team is None or team.is_active, _numbers(counts, hidden))

    rows = [row(key, counts) for key, counts in sums.items()]
    communes = [
        ReachRow(
            "", name_of(code), is_active=True, numbers=_numbers(n, {w for w in RATINGS if code in hidden_communes[w]})
        )
        for code, n in whole.items()
    ]
    return ReachTable(
        tuple(sorted(rows, key=_by_name)),
        tuple(sorted(communes, key=_by_name)),
        ReachRow("", "", is_active=True, numbers=_numbers(everything, () if tells_ratings else RATINGS)),
    )


def _hidden_teams(
    sums: Mapping[tuple[str, int], _Sums], what: Count, hidden_communes: Collection[str]
) -> set[tuple[str, int]]:
    """The rows whose number of this kind is not told. Of a commune that is not told none of its teams is."""
    hidden = {key for key in sums if key[0] in hidden_communes}
    for commune in {code for code, _ in sums} - set(hidden_communes):
        sizes = {str(number): counts.get(what, 0) for (code, number), counts in sums.items() if code == commune}
        hidden |= {(commune, int(number)) for number in withheld(sizes)}
    return hidden


def _numbers(counts: _Sums, hidden: Collection[Count]) -> dict[Count, int | None]:
    """Of ratings neither what is hidden nor fewer than five."""
    return {what: _number(what, counts.get(what, 0), what in hidden) for what in Count}


def _number(what: Count, number: int, is_hidden: bool) -> int | None:
    return None if is_hidden or (what in RATINGS and number < FEWEST_PUBLISHED) else number


def _by_name(row: ReachRow) -> tuple[bool, str, str, bool, str]:
    """By commune, what names none last; in it by team, nobody's links last."""
    return (not row.commune, fold(row.commune), row.commune, not row.team, fold(row.team))
