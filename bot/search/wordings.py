"""The wordings of each procedure: its official title, the head of that, its short names, and how people ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from enum import IntEnum

from bot.catalog.lexicon_model import Alias
from bot.catalog.model import Catalogue, Procedure
from bot.search.fold import Token, make_tokens

_CORE_END = re.compile(
    r"[(;]| (?:đối với|trong trường hợp|trường hợp|do|thuộc|theo|của|cho|tại|quy định) |, ", re.IGNORECASE
)
_LONG_TITLE = 9
_SHORTEST_CORE = 4
_HEADING = ("thu", "tuc")


class Wording(IntEnum):
    """Where a wording comes from; official ones first."""

    TITLE = 0
    CORE = 1
    SHORT = 2
    ALIAS = 3


@dataclass(frozen=True, slots=True)
class Doc:
    """One wording of one procedure.

    `procedure` is a position among the searchable codes; `rivals` are other codes an alias may mean, likeliest first,
    and `place` is where this procedure stands among them (0: likeliest). `written`: an official wording as published,
    before abbreviations were spelled out.
    """

    procedure: int
    wording: Wording
    tokens: tuple[Token, ...]
    rivals: tuple[str, ...] = ()
    place: int = 0
    written: tuple[Token, ...] = ()


def without_heading(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A title without the word "Thủ tục" before it."""
    return tokens[2:] if tuple(token.folded for token in tokens[:2]) == _HEADING and len(tokens) > 2 else tokens


def core_title(title: str) -> str | None:
    """The head of a long title, before the cases it enumerates; None where there is no such head."""
    if len(title.split()) < _LONG_TITLE:
        return None
    for match in _CORE_END.finditer(title):
        head = title[: match.start()]
        if head.count("(") == head.count(")") and len(make_tokens(head)) >= _SHORTEST_CORE + (
            2 if head.casefold().startswith("thủ tục") else 0
        ):
            return head
    return None


Spelling = Callable[[str], tuple[Token, ...]]
"""How a text is indexed, as words."""


def _official_docs(procedure: Procedure, at: int, spelling: Spelling) -> list[Doc]:
    texts = [(Wording.TITLE, procedure.title)]
    core = core_title(procedure.title)
    if core:
        texts.append((Wording.CORE, core))
    texts.extend((Wording.SHORT, text) for text in (procedure.short_name, procedure.label) if text)
    docs, seen = [], set()
    for wording, text in texts:
        tokens = without_heading(spelling(text))
        if tokens and tokens not in seen:
            seen.add(tokens)
            docs.append(Doc(at, wording, tokens, written=without_heading(make_tokens(text))))
    return docs


def _drop_heads_that_are_titles(by_procedure: list[list[Doc]]) -> None:
    """The head of a special case's title may be the plain procedure's title: then it stands for that one alone."""
    titles = {doc.tokens: doc.procedure for docs in by_procedure for doc in docs if doc.wording is Wording.TITLE}
    for docs in by_procedure:
        docs[:] = [d for d in docs if d.wording is not Wording.CORE or titles.get(d.tokens, d.procedure) == d.procedure]


def searchable(catalogue: Catalogue) -> tuple[str, ...]:
    """The codes that can be found by words: superseded ones only lead to their successors.

    Those that left the list and were not replaced are among them: whoever asks for one is told so.
    """
    return tuple(code for code, procedure in catalogue.procedures.items() if procedure.superseded_by is None)


def by_likelihood(catalogue: Catalogue, alias: Alias, known: Container[str]) -> list[str]:
    """The known codes that an alias may mean, likeliest first; those that left the list behind all others."""
    codes = [code for code in alias.codes if code in known]
    return sorted(codes, key=lambda code: catalogue.procedures[code].is_gone)


def collect_docs(catalogue: Catalogue, spelling: Spelling) -> tuple[tuple[str, ...], list[Doc]]:
    """The searchable codes and all their wordings, in the order of the codes."""
    codes = searchable(catalogue)
    position = {code: at for at, code in enumerate(codes)}
    by_procedure = [_official_docs(catalogue.procedures[code], at, spelling) for code, at in position.items()]
    _drop_heads_that_are_titles(by_procedure)
    for alias in catalogue.lexicon.aliases:
        known = by_likelihood(catalogue, alias, position)
        tokens = spelling(alias.phrase)
        for place, code in enumerate(known):
            is_gone = catalogue.procedures[code].is_gone
            rivals = tuple(o for o in known if o != code and (is_gone or not catalogue.procedures[o].is_gone))
            by_procedure[position[code]].append(Doc(position[code], Wording.ALIAS, tokens, rivals, place))
    return codes, [doc for docs in by_procedure for doc in docs]
