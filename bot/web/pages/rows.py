"""Rows of a list as a page shows them: a name that leads to the procedure, and how far it goes online where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.catalog.model import Catalogue, Procedure, Tier
from bot.catalog.online_list import Place, Row, Standing
from bot.catalog.titles import begin_upper
from bot.texts import Texts
from bot.web.pages import addresses
from bot.web.pages.names import Named, field_name, procedure_heading
from handlers.bodies import name_all

STANDING_WORDS: Mapping[Standing, str] = {
    Standing.FULL: "card.level.word_full",
    Standing.PARTIAL: "card.level.word_partial",
    Standing.INFORMATION: "card.level.word_information",
    Standing.BY_CASE: "card.level.word_by_case",
    Standing.UNKNOWN: "card.level.word_unknown",
}
TIER_WORDS: Mapping[Tier, str] = {
    Tier.PROVINCE: "web.pages.tier_province",
    Tier.COMMUNE: "web.pages.tier_commune",
    Tier.OTHER: "web.pages.tier_other",
}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One line: where, and how far. `standing` names the line's look."""

    line: str
    standing: str


@dataclass(frozen=True, slots=True)
class RowView:
    code: str
    title: Named
    href: str
    field: Named | None
    places: tuple[PlaceView, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class PageOf:
    """A part of a list: from 1, of at least 1."""

    page: int
    pages: int
    start: int
    end: int


def page_of(asked: str | None, count: int, size: int) -> PageOf:
    """The page asked for; the first for what is no number, the last for one beyond the end."""
    pages = max(1, -(-count // size))
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    page = min(max(number, 1), pages)
    return PageOf(page, pages, (page - 1) * size, min(page * size, count))


def row_views(catalogue: Catalogue, texts: Texts, rows: Sequence[Row]) -> tuple[RowView, ...]:
    return tuple(_row_view(catalogue, texts, row) for row in rows)


def _row_view(catalogue: Catalogue, texts: Texts, row: Row) -> RowView:
    procedure, language = row.procedure, texts.language
    field = catalogue.fields.get(procedure.field_id)
    return RowView(
        code=procedure.code,
        title=procedure_heading(procedure, language),
        href=addresses.in_language(language, addresses.procedure_path(procedure.code)),
        field=None if field is None else field_name(field, language),
        places=_place_views(catalogue, texts, row),
        doubtful=procedure.maybe_superseded,
    )


def _place_views(catalogue: Catalogue, texts: Texts, row: Row) -> tuple[PlaceView, ...]:
    if row.is_hidden:
        return (PlaceView(begin_upper(texts.get("editorial.hidden_level")), Standing.UNKNOWN.value),)
    return tuple(_place_view(catalogue, texts, row.procedure, place) for place in row.places)


def _place_view(catalogue: Catalogue, texts: Texts, procedure: Procedure, place: Place) -> PlaceView:
    where = where_words(catalogue, texts, place)
    level = level_words(texts, procedure, place)
    line = texts.get("web.pages.place", where=begin_upper(where), level=level)
    return PlaceView(line, place.standing.value)


def level_words(texts: Texts, procedure: Procedure, place: Place) -> str:
    """How far it goes online; where only the national record says that it can be filed online, that is said."""
    if place.standing is Standing.UNKNOWN and procedure.online_listed:
        return texts.get("web.pages.listed")
    level = texts.get(STANDING_WORDS[place.standing])
    return texts.get("web.pages.trial", level=level) if place.trial else level


def where_words(catalogue: Catalogue, texts: Texts, place: Place) -> str:
    """The bodies of a place, grouped as people know them, or its tier where none is published."""
    if not place.agencies:
        return texts.get(TIER_WORDS[place.tier])
    return name_all(catalogue, texts, place.agencies)
