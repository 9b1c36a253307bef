"""English in the catalogue: unofficial names of the procedures that are asked for most, and how people ask."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.catalog.lexicon import read_lexicon
from bot.catalog.lexicon_model import English
from bot.catalog.model import EnglishName
from bot.catalog.phrases import canonical
from bot.catalog.report import quote
from bot.catalog.shown import DIFFERENCE_LIMIT, LABEL_LIMIT, Targets
from bot.catalog.tables import Row, Table
from bot.catalog.values import filled, short

MOST_WORDS = 25
"""So many words a sentence may have, as every sentence that people read."""

_WORD = re.compile(r"[a-z]+")


def read_names(table: Table, targets: Targets) -> dict[str, EnglishName]:
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


def read_speech(tables: Mapping[str, Table], targets: Targets) -> English:
    """How people speak English: a lexicon as the Vietnamese one, and the words by which the language is known."""
    lexicon = read_lexicon(
        [tables["english/aliases.csv"]],
        tables["english/rewrites.csv"],
        tables["english/fillers.csv"],
        tables["english/outside.csv"],
        tables["english/qualifiers.csv"],
        targets,
    )
    return English(lexicon, _words(tables["english/words.csv"]))


def _words(table: Table) -> frozenset[str]:
    places: dict[str, str] = {}
    for row in table.rows:
        word = filled(row, "word")
        if word and not _WORD.fullmatch(word):
            row.problem("word", f"word is {quote(word)}", "small ASCII letters")
        where = places.setdefault(word, row.place)
        if where != row.place:
            row.problem("word", f"{quote(word)} stands already at {where}", "each word once")
    return frozenset(places)
