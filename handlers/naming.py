"""Names of procedures as they are shown: short enough to read, visibly different, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from bot.catalog.lookup import is_hidden
from bot.catalog.model import Catalogue, LifeEvent, Procedure, Province

HEADING_CHARS = 120
LABEL_CHARS = 64
ENGLISH = "en"
_KEPT_WORDS = 4
_SHARED_WORDS = 6


def heading(procedure: Procedure, language: str) -> str:
    """The name at the head of a card: the title, or a shorter form of it where it is a paragraph."""
    if language == ENGLISH and procedure.english is not None:
        return shorten(procedure.english.title, HEADING_CHARS)
    if len(procedure.title) <= HEADING_CHARS:
        return procedure.title
    return procedure.short_name or shorten(procedure.title, HEADING_CHARS)


def is_cut(procedure: Procedure) -> bool:
    """Whether the Vietnamese heading says less than the title."""
    return len(procedure.title) > HEADING_CHARS


def difference(procedure: Procedure, language: str) -> str | None:
    """What tells it from its near-twins, where an editor has written it in this language."""
    if language == ENGLISH:
        return None if procedure.english is None else procedure.english.difference
    return procedure.difference


def told_difference(catalogue: Catalogue, code: str, language: str) -> str | None:
    """The same, but nothing of what editors hide: what is being checked may be just this."""
    return None if is_hidden(catalogue, code) else difference(catalogue.procedures[code], language)


def province_name(province: Province, language: str) -> str:
    """For the middle of a sentence."""
    return province.full_name_en if language == ENGLISH else province.full_name


def operator_name(province: Province, language: str) -> str:
    return province.operator_en if language == ENGLISH else province.operator


def event_title(event: LifeEvent, language: str) -> str:
    return event.title_en if language == ENGLISH and event.title_en else event.title


def group_title(event: LifeEvent, language: str) -> str:
    return event.group_en if language == ENGLISH else event.group


def field_name(catalogue: Catalogue, field_id: str, language: str) -> str:
    field = catalogue.fields[field_id]
    return field.name_en if language == ENGLISH and field.name_en else field.name


def shorten(text: str, limit: int) -> str:
    """`text`, cut between words with an ellipsis where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return cut.rstrip(" ,;:.(–-") + "…"


def labels(catalogue: Catalogue, codes: Sequence[str], language: str) -> tuple[str, ...]:
    """A label for each code, all different: by hand where there is one, else the title from where it differs."""
    titles = {code: _own_label(catalogue.procedures[code], language) for code in dict.fromkeys(codes)}
    short = {code: _apart(code, titles) for code in titles}
    seen = list(short.values())
    return tuple(short[code] if seen.count(short[code]) == 1 else _with_code(short[code], code) for code in codes)


def label_of(catalogue: Catalogue, code: str, language: str) -> str:
    """The label of a code that stands alone; the code itself where the catalogue does not know it (any more)."""
    return labels(catalogue, (code,), language)[0] if code in catalogue.procedures else code


def _own_label(procedure: Procedure, language: str) -> str:
    if language == ENGLISH and procedure.english is not None:
        return procedure.english.label or procedure.english.title
    return procedure.label or procedure.short_name or procedure.title


def _apart(code: str, titles: Mapping[str, str]) -> str:
    """The label, without most of a long beginning that it shares with another one."""
    own = titles[code]
    if len(own) <= LABEL_CHARS:
        return own
    words = own.split()
    shared = max((_shared(words, title.split()) for other, title in titles.items() if other != code), default=0)
    if shared >= _SHARED_WORDS and shared < len(words):
        own = f"{' '.join(words[:_KEPT_WORDS])}… {' '.join(words[shared:])}"
    return shorten(own, LABEL_CHARS)


def _shared(words: list[str], others: list[str]) -> int:
    pairs = zip(words, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].casefold() == pair[1].casefold(), pairs))


def _with_code(label: str, code: str) -> str:
    mark = f" ({code})"
    return shorten(label, LABEL_CHARS - len(mark)) + mark
