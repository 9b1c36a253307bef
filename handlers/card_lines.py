"""The lines with which an answer about a procedure begins, and the small one with which it ends."""

from __future__ import annotations

from bot.catalog.model import Catalogue, Procedure
from bot.dialogue.turn import Turn
from bot.texts import Texts
from bot.texts.written import day_written
from handlers.naming import ENGLISH, difference, heading, province_name

_SERVICES_FILE = "services.csv"


def head_lines(
    turn: Turn, procedure: Procedure, note: str | None, *, with_difference: bool = True
) -> tuple[str | None, ...]:
    """The name, first of all; a note; what tells it from its near-twins. In English with the name that counts.

    What left the list is not told apart from its near-twins: that is not what it is asked about.
    """
    name = heading(procedure, turn.language)
    apart = difference(procedure, turn.language) if with_difference and not procedure.is_gone else None
    if turn.language != ENGLISH:
        return (name, note, apart)
    if procedure.english is None:
        return (name, note, turn.texts.get("card.vietnamese_only"))
    return (name, note, turn.texts.get("card.vietnamese_name", name=heading(procedure, "vi")), apart)


def small_line(catalogue: Catalogue, texts: Texts, procedure: Procedure, *, published: bool) -> str:
    """Code, source and the day of the data. `published`: the level comes from the province's own list."""
    if published:
        source = texts.get("card.source.province", province=province_name(catalogue.province, texts.language))
        day = next((s.as_of for s in catalogue.sources if s.path == _SERVICES_FILE), catalogue.as_of)
    else:
        source, day = texts.get("card.source.national"), procedure.as_of
    return texts.get("card.line", code=procedure.code, source=source, date=day_written(texts.language, day))
