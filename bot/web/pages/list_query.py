"""What is asked of the list, by the parameters of its address. Whatever cannot be read counts as not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog.model import Catalogue, Tier
from bot.catalog.online_list import Row, Selection, Standing, select
from bot.dialogue.clean import clean
from bot.dialogue.personal_data import Masker
from bot.search.fold import fold
from bot.web.pages.addresses import COMMUNE, PAGE
from bot.web.pages.site import Site, holds_all

LEVEL, TIER, FIELD, AGENCY, WORDS = "muc", "cap", "linh-vuc", "co-quan", "q"
FILTERS = (WORDS, LEVEL, TIER, FIELD, AGENCY, COMMUNE)
LEVELS: Mapping[str, Standing] = {
    "toan-trinh": Standing.FULL,
    "mot-phan": Standing.PARTIAL,
    "thong-tin": Standing.INFORMATION,
    "tuy-truong-hop": Standing.BY_CASE,
    "chua-co-du-lieu": Standing.UNKNOWN,
}
TIERS: Mapping[str, Tier] = {"tinh": Tier.PROVINCE, "xa": Tier.COMMUNE, "khac": Tier.OTHER}
MOST_WORDS_CHARS = 100


@dataclass(frozen=True, slots=True)
class ListQuery:
    """`given`: the parameters that count, in the order of FILTERS, fit to stand in an address again.

    `page` is as written: how many pages there are is not known yet. `private`: numbers were taken out of the words.
    """

    given: Mapping[str, str]
    selection: Selection
    words: str
    page: str | None
    private: bool

    @property
    def is_whole(self) -> bool:
        """Nothing is left out of the list."""
        return not self.given


def read_query(catalogue: Catalogue, masker: Masker, query: Mapping[str, str]) -> ListQuery:
    """Ids that the catalogue does not have, and words that are too long, count as not given."""
    masked = masker.mask(clean(query.get(WORDS), MOST_WORDS_CHARS)[:MOST_WORDS_CHARS])
    known = {
        WORDS: masked.text,
        LEVEL: _known(query.get(LEVEL), LEVELS),
        TIER: _known(query.get(TIER), TIERS),
        FIELD: _known(query.get(FIELD), catalogue.fields),
        AGENCY: _known(query.get(AGENCY), catalogue.agencies),
        COMMUNE: _known(query.get(COMMUNE), catalogue.communes),
    }
    given = {name: known[name] for name in FILTERS if known[name]}
    selection = Selection(
        standing=LEVELS.get(known[LEVEL]),
        tier=TIERS.get(known[TIER]),
        field_id=known[FIELD] or None,
        agency=known[AGENCY] or None,
        commune=known[COMMUNE] or None,
    )
    return ListQuery(given, selection, masked.text, query.get(PAGE), bool(masked.found))


def rows_for(site: Site, query: ListQuery) -> tuple[Row, ...]:
    """The rows that fit, narrowed to the places that do."""
    rows = select(site.list.rows, query.selection)
    wanted = fold(query.words)
    if not wanted:
        return rows
    return tuple(row for row in rows if holds_all(site.words[row.procedure.code], wanted))


def _known(value: str | None, known: Mapping[str, object]) -> str:
    return value if value is not None and value in known else ""
