"""The lines with which an answer about a procedure begins, and the small one with which it ends."""

from __future__ import annotations

from bot.catalog.age import day_of_data
from bot.catalog.model import Procedure
from bot.dialogue.turn import Turn
from bot.texts.written import day_written
from handlers.beside import notice_lines
from handlers.data_age import caution
from handlers.naming import ENGLISH, difference, heading, province_name


def head_lines(
    turn: Turn, procedure: Procedure, note: str | None, *, with_difference: bool = True
) -> tuple[str | None, ...]:
    """The name, first of all; a note; what tells it from its near-twins; the notices. In English with the name that
    counts.

    What left the list is not told apart from its near-twins: that is not what it is asked about.
    """
    name = heading(procedure, turn.language)
    apart = difference(procedure, turn.language) if with_difference and not procedure.is_gone else None
    notices = notice_lines(turn.catalogue.editorial, turn.texts, turn.today, procedure.code, procedure.field_id)
    if turn.language != ENGLISH:
        return (name, note, apart, *notices)
    if procedure.english is None:
        return (name, note, turn.texts.get("card.vietnamese_only"), *notices)
    return (name, note, turn.texts.get("card.vietnamese_name", name=heading(procedure, "vi")), apart, *notices)


def data_lines(turn: Turn, procedure: Procedure, *, published: bool) -> tuple[str, ...]:
    """Code, source and the day of the data, below the caution where they are old.

    `published`: the level comes from the province's own list.
    """
    catalogue, texts = turn.catalogue, turn.texts
    source = texts.get("card.source.national")
    if published:
        source = texts.get("card.source.province", province=province_name(catalogue.province, texts.language))
    day = day_of_data(catalogue, procedure, published=published)
    line = texts.get("card.line", code=procedure.code, source=source, date=day_written(texts.language, day))
    old = caution(turn, day)
    return (line,) if old is None else (old, line)
