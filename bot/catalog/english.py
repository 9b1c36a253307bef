"""The English names of procedures: unofficial, written by hand for the procedures that are asked for most."""

from __future__ import annotations

from bot.catalog.model import EnglishName
from bot.catalog.phrases import canonical
from bot.catalog.shown import DIFFERENCE_LIMIT, LABEL_LIMIT, Targets
from bot.catalog.tables import Row, Table
from bot.catalog.values import filled, short

MOST_WORDS = 25
"""So many words a sentence may have, as every sentence that people read."""


def read_english(table: Table, targets: Targets) -> dict[str, EnglishName]:
    """English names by procedure code. Two procedures never share a label: nobody could tell them apart."""
    names: dict[str, EnglishName] = {}
    places: dict[str, str] = {}
    for row in table.rows:
        code = row["code"]
        targets.check(row, "code", code)
        if code in names:
            row.problem("code", f"procedure {code} has an English name already", "each procedure once")
        title, label = filled(row, "title"), filled(row, "label")
        short(row, "label", LABEL_LIMIT)
        where = places.setdefault(canonical(label), row.place)
        if label and where != row.place:
            row.problem("label", f"the same label stands at {where}", "labels that differ")
        names.setdefault(code, EnglishName(title, label, _difference(row)))
    return names


def _difference(row: Row) -> str | None:
    difference = short(row, "difference", DIFFERENCE_LIMIT)
    words = len((difference or "").split())
    if words > MOST_WORDS:
        row.problem("difference", f"difference has {words} words", f"at most {MOST_WORDS}")
    return difference
