"""Names of procedures as they are shown: short enough to read, and visibly different from each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from bot.catalog.model import Catalogue, Procedure

HEADING_CHARS = 120
LABEL_CHARS = 64
_KEPT_WORDS = 4
_SHARED_WORDS = 6


def heading(procedure: Procedure) -> str:
    """The name at the head of a card: the title, or a shorter form of it where it is a paragraph."""
    if len(procedure.title) <= HEADING_CHARS:
        return procedure.title
    return procedure.short_name or shorten(procedure.title, HEADING_CHARS)


def is_cut(procedure: Procedure) -> bool:
    """Whether `heading` says less than the title."""
    return heading(procedure) != procedure.title


def shorten(text: str, limit: int) -> str:
    """`text`, cut between words with an ellipsis where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return cut.rstrip(" ,;:.(–-") + "…"


def labels(catalogue: Catalogue, codes: Sequence[str]) -> tuple[str, ...]:
    """A label for each code, all different: by hand where there is one, else the title from where it differs."""
    titles = {code: _own_label(catalogue.procedures[code]) for code in dict.fromkeys(codes)}
    short = {code: _apart(code, titles) for code in titles}
    seen = list(short.values())
    return tuple(short[code] if seen.count(short[code]) == 1 else _with_code(short[code], code) for code in codes)


def _own_label(procedure: Procedure) -> str:
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
