"""The small line at the end of an answer: the code, whose word it rests on, and of which day."""

from __future__ import annotations

from bot.catalog.model import Catalogue, Procedure
from bot.texts import Texts
from bot.texts.written import day_written
from handlers.naming import province_name

_SERVICES_FILE = "services.csv"


def small_line(catalogue: Catalogue, texts: Texts, procedure: Procedure, *, published: bool) -> str:
    """Code, source and the day of the data. `published`: the level comes from the province's own list."""
    if published:
        source = texts.get("card.source.province", province=province_name(catalogue.province, texts.language))
        day = next((s.as_of for s in catalogue.sources if s.path == _SERVICES_FILE), catalogue.as_of)
    else:
        source, day = texts.get("card.source.national"), procedure.as_of
    return texts.get("card.line", code=procedure.code, source=source, date=day_written(texts.language, day))
