"""The published list as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog.model import Catalogue, Tier
from bot.catalog.online_list import Counts, Row, count
from bot.dialogue.messages import Link
from bot.search.fold import fold
from bot.texts import Texts
from bot.texts.written import number_written
from bot.web.options import Option, Select
from bot.web.pager import PagerView, pager
from bot.web.pages import addresses
from bot.web.pages.list_files import OFFERED
from bot.web.pages.list_query import AGENCY, FIELD, LEVEL, LEVELS, TIER, TIERS, ListQuery
from bot.web.pages.names import field_name, vietnamese
from bot.web.pages.rows import TIER_WORDS, RowView, page_of, row_views
from bot.web.pages.site import Site
from handlers.commune_names import commune_name

ROWS_A_PAGE = 50
_LEVEL_TITLES: Mapping[str, str] = {
    "full": "web.pages.list.full",
    "partial": "web.pages.list.partial",
    "information": "web.pages.list.information",
    "by_case": "web.pages.list.by_case",
    "differs": "web.pages.list.differs",
    "unknown": "web.pages.list.unknown",
}
_ALWAYS = frozenset({"full", "partial", "unknown"})
"""Counts that are told even where they are nought."""


@dataclass(frozen=True, slots=True)
class CountLine:
    label: str
    number: str
    standing: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """The numbers of one tier, in the order of the columns."""

    label: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    action: str
    words: str
    private: bool
    whole: bool
    selects: tuple[Select, ...]
    chosen: str | None
    """The conditions in words, for paper too, where the form is not; None for the whole list."""
    found: str
    counts: tuple[CountLine, ...]
    by_tier: CountTable | None
    """Of the whole list only."""
    rows: tuple[RowView, ...]
    start: int
    """The number of the first row shown."""
    pager: PagerView
    download: str
    to_print: tuple[Link, ...]
    """The whole list as a decision prints it, whatever is chosen here."""
    reset: str
    caution: str | None
    """Where the data are old."""


def list_view(site: Site, texts: Texts, query: ListQuery, rows: tuple[Row, ...], *, is_old: bool = False) -> ListView:
    """`rows`: those that fit, of which one page is shown. `is_old`: the data are, so that one has to look again."""
    catalogue, language = site.catalogue, texts.language
    part = page_of(query.page, len(rows), ROWS_A_PAGE)
    path = addresses.in_language(language, addresses.LIST)
    selects = _selects(site, texts, query)
    return ListView(
        action=path,
        words=query.words,
        private=query.private,
        whole=query.is_whole,
        selects=selects,
        chosen=None if query.is_whole else texts.get("web.pages.list.chosen", conditions=_conditions(query, selects)),
        found=_found(texts, len(rows)),
        counts=_count_lines(texts, count(rows), every=query.selection.standing is None),
        by_tier=_by_tier(site, texts) if query.is_whole else None,
        rows=row_views(catalogue, texts, rows[part.start : part.end]),
        start=part.start + 1,
        pager=list_pager(path, query.given, part.page, part.pages),
        download=addresses.with_query(addresses.in_language(language, addresses.LIST_CSV), query.given),
        to_print=tuple(
            Link(
                texts.get(f"official_list.public.{form}"),
                addresses.in_language(language, addresses.list_file_path(form)),
            )
            for form in OFFERED
        ),
        reset=path,
        caution=texts.get("freshness.list") if is_old else None,
    )


def list_pager(path: str, given: Mapping[str, str], page: int, pages: int) -> PagerView:
    """Links to the pages before and after; the first page bears no number."""

    def address(number: int) -> str:
        return addresses.with_query(path, {**given, addresses.PAGE: "" if number == 1 else str(number)})

    return pager(page, pages, address)


def _conditions(query: ListQuery, selects: tuple[Select, ...]) -> str:
    chosen = [f"{s.label}: {o.label}" for s in selects for o in s.options if o.is_chosen and o.value]
    return "; ".join([f"“{query.words}”", *chosen] if query.words else chosen)


def _found(texts: Texts, number: int) -> str:
    if number == 0:
        return texts.get("web.pages.list.found_none")
    written = number_written(texts.language, number)
    if number == 1:
        return texts.get("web.pages.list.found_one", count=written)
    return texts.get("web.pages.list.found", count=written)


def _numbers(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in _LEVEL_TITLES}


def _count_lines(texts: Texts, counts: Counts, *, every: bool) -> tuple[CountLine, ...]:
    """`every`: the usual ones too where they are nought; of one level the others say nothing."""
    return tuple(
        CountLine(texts.get(_LEVEL_TITLES[name]), number_written(texts.language, number), name)
        for name, number in _numbers(counts).items()
        if number or (every and name in _ALWAYS)
    )


def _by_tier(site: Site, texts: Texts) -> CountTable:
    """Columns that are nought for every tier are left out."""
    numbers = {tier: _numbers(site.list.by_tier[tier]) for tier in Tier}
    shown = [name for name in _LEVEL_TITLES if name in _ALWAYS or any(numbers[tier][name] for tier in Tier)]
    rows = (
        CountRow(
            texts.get(TIER_WORDS[tier]),
            tuple(
                number_written(texts.language, number)
                for number in (*(numbers[tier][name] for name in shown), site.list.by_tier[tier].procedures)
            ),
        )
        for tier in Tier
    )
    return CountTable((*(texts.get(_LEVEL_TITLES[n]) for n in shown), texts.get("web.pages.list.sum")), tuple(rows))


def _selects(site: Site, texts: Texts, query: ListQuery) -> tuple[Select, ...]:
    catalogue = site.catalogue
    levels = {word: texts.get(_LEVEL_TITLES[standing.value]) for word, standing in LEVELS.items()}
    tiers = {word: texts.get(TIER_WORDS[tier]) for word, tier in TIERS.items()}
    fields = {field: str(field_name(catalogue.fields[field], texts.language)) for field in site.list.by_field}
    communes = {code: commune_name(texts, commune) for code, commune in catalogue.communes.items()}
    foreign = vietnamese("", texts.language).language
    return (
        _select(texts, query, LEVEL, "web.pages.list.level", levels),
        _select(texts, query, TIER, "web.pages.list.tier", tiers),
        _select(texts, query, addresses.COMMUNE, "web.pages.list.commune", _by_name(communes)),
        _select(texts, query, AGENCY, "web.pages.list.agency", _by_name(_agencies(site)), foreign),
        _select(texts, query, FIELD, "web.pages.list.field", _by_name(fields)),
    )


def _select(
    texts: Texts, query: ListQuery, name: str, text_id: str, options: Mapping[str, str], language: str | None = None
) -> Select:
    chosen = query.given.get(name, "")
    every = Option("", texts.get("web.pages.list.all"), not chosen)
    rest = (Option(value, label, value == chosen, language) for value, label in options.items())
    return Select(name, texts.get(text_id), (every, *rest))


def _by_name(options: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(options.items(), key=lambda item: fold(item[1])))


def _agencies(site: Site) -> dict[str, str]:
    """Bodies that decide, without the communes, which have a field of their own; of one name the first."""
    catalogue: Catalogue = site.catalogue
    names: dict[str, str] = {}
    for code in site.list.by_agency:
        if code not in catalogue.communes:
            names.setdefault(catalogue.agencies[code].name, code)
    return {code: name for name, code in names.items()}
