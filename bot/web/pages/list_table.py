"""The list as a table to download: CSV that a spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io

from bot.catalog.lookup import portal_link
from bot.catalog.model import Catalogue, Procedure
from bot.catalog.online_list import Place, Row
from bot.texts import Texts
from bot.texts.cells import BYTE_ORDER_MARK, as_text, harmless
from bot.texts.written import day_written
from bot.web.pages.rows import STANDING_WORDS, TIER_WORDS
from bot.web.pages.site import Site
from handlers.naming import province_name

_COLUMNS = (
    "web.pages.csv.source",
    "web.pages.csv.date",
    "web.pages.csv.code",
    "web.pages.csv.title",
    "web.pages.csv.field",
    "web.pages.csv.tier",
    "web.pages.csv.agencies",
    "web.pages.csv.level",
    "web.pages.csv.trial",
    "web.pages.csv.doubtful",
    "web.pages.csv.address",
)


def list_table(site: Site, texts: Texts, rows: tuple[Row, ...]) -> str:
    """One line for each procedure and place, after a line with the names of the columns. Lines end with CR LF."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([texts.get(column) for column in _COLUMNS])
    for row in rows:
        for place in row.places:
            source = _source(site, texts, row.procedure, place)
            level = "editorial.hidden_level" if row.is_hidden else STANDING_WORDS[place.standing]
            cells = (*source, *_cells(site.catalogue, texts, row.procedure, place, texts.get(level)))
            writer.writerow([harmless(cell) for cell in cells])
    return BYTE_ORDER_MARK + file.getvalue()


def file_name(site: Site, texts: Texts) -> str:
    """Plain ASCII: it stands in a header."""
    return texts.get("web.pages.csv.file", province=site.catalogue.province.code, date=site.list.as_of.isoformat())


def _source(site: Site, texts: Texts, procedure: Procedure, place: Place) -> tuple[str, str]:
    """Where a line comes from, and the day it describes: what nobody published here is the national record's."""
    if place.agencies:
        source = texts.get("card.source.province", province=province_name(site.catalogue.province, texts.language))
        return source, day_written(texts.language, site.list.as_of)
    return texts.get("card.source.national"), day_written(texts.language, procedure.as_of)


def _cells(catalogue: Catalogue, texts: Texts, procedure: Procedure, place: Place, level: str) -> tuple[str, ...]:
    field = catalogue.fields.get(procedure.field_id)
    return (
        as_text(procedure.code),
        procedure.title,
        "" if field is None else field.name,
        texts.get(TIER_WORDS[place.tier]),
        _agencies(catalogue, place),
        level,
        _yes_or_no(texts, said=place.trial),
        _yes_or_no(texts, said=procedure.maybe_superseded),
        portal_link(catalogue, procedure),
    )


def _agencies(catalogue: Catalogue, place: Place) -> str:
    """Every body by its name: a table is for counting and sorting, so nothing is put together."""
    return "; ".join(dict.fromkeys(catalogue.agencies[agency].name for agency in place.agencies))


def _yes_or_no(texts: Texts, *, said: bool) -> str:
    return texts.get("web.pages.csv.yes") if said else texts.get("web.pages.csv.no")
