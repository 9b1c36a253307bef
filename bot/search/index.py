"""The catalogue as arrays: which words and pairs of words stand in which wordings of which procedure."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.catalog.model import Catalogue, Procedure
from bot.search.fold import Token, make_tokens

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]
K = TypeVar("K")

PAIR_SHARE = 0.6
"""Weight of a pair of neighbouring words beside that of its rarer word."""

_NOTHING: Ids = np.empty(0, dtype=np.int32)
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

    `procedure` is a position in `Index.codes`; `rivals` are other codes an alias may mean, likeliest first, and `place`
    is where this procedure stands among them (0: likeliest).
    """

    procedure: int
    wording: Wording
    tokens: tuple[Token, ...]
    rivals: tuple[str, ...] = ()
    place: int = 0
    written: tuple[Token, ...] = ()


def pairs(tokens: Sequence[Token]) -> set[tuple[str, str]]:
    """The pairs of neighbouring words, folded."""
    return {(left.folded, right.folded) for left, right in itertools.pairwise(tokens)}


def without_heading(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A title without the word "Thủ tục" before it."""
    return tokens[2:] if tuple(token.folded for token in tokens[:2]) == _HEADING and len(tokens) > 2 else tokens


def core_title(title: str) -> str | None:
    """The head of a long title, before the cases it enumerates; None where there is no such head."""
    if len(title.split()) < _LONG_TITLE:
        return None
    for match in _CORE_END.finditer(title):
        head = title[: match.start()]
        if len(make_tokens(head)) >= _SHORTEST_CORE + (2 if head.casefold().startswith("thủ tục") else 0):
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
    """The codes that can be found by words: superseded ones only lead to their successors."""
    return tuple(code for code, procedure in catalogue.procedures.items() if procedure.superseded_by is None)


def collect_docs(catalogue: Catalogue, spelling: Spelling) -> tuple[tuple[str, ...], list[Doc]]:
    """The searchable codes and all their wordings, in the order of the codes."""
    codes = searchable(catalogue)
    position = {code: at for at, code in enumerate(codes)}
    by_procedure = [_official_docs(catalogue.procedures[code], at, spelling) for code, at in position.items()]
    _drop_heads_that_are_titles(by_procedure)
    for alias in catalogue.lexicon.aliases:
        known = [code for code in alias.codes if code in position]
        tokens = spelling(alias.phrase)
        for place, code in enumerate(known):
            rivals = tuple(other for other in known if other != code)
            by_procedure[position[code]].append(Doc(position[code], Wording.ALIAS, tokens, rivals, place))
    return codes, [doc for docs in by_procedure for doc in docs]


def _idf(count: int, total: int) -> float:
    return math.log(1.0 + (total - count + 0.5) / (count + 0.5))


class Index:
    """Postings over wordings. Weights are inverse frequencies counted over procedures, not wordings."""

    def __init__(self, codes: Sequence[str], docs: Sequence[Doc]) -> None:
        self.codes = tuple(codes)
        self.docs = tuple(docs)
        words: dict[str, list[int]] = {}
        marked: dict[str, list[int]] = {}
        neighbours: dict[tuple[str, str], list[int]] = {}
        self.bags: list[set[str]] = [set() for _ in codes]
        for at, doc in enumerate(docs):
            for word in {token.folded for token in doc.tokens}:
                words.setdefault(word, []).append(at)
            for text in {token.text for token in doc.tokens}:
                marked.setdefault(text, []).append(at)
            for pair in pairs(doc.tokens):
                neighbours.setdefault(pair, []).append(at)
            self.bags[doc.procedure].update(token.folded for token in doc.tokens)
        self._words = _arrays(words)
        self._marked = _arrays(marked)
        self._pairs = _arrays(neighbours)
        total = len(self.codes)
        owner = np.array([doc.procedure for doc in docs], dtype=np.int32)
        self.owner = owner
        self.word_counts = {word: _distinct(owner, ids) for word, ids in self._words.items()}
        self.pair_counts = {pair: _distinct(owner, ids) for pair, ids in self._pairs.items()}
        self.idf = {word: _idf(count, total) for word, count in self.word_counts.items()}
        self.pair_idf = {pair: PAIR_SHARE * _idf(count, total) for pair, count in self.pair_counts.items()}
        self.most_idf = _idf(1, max(total, 1))
        self.weight = np.array([self.doc_weight(doc) for doc in docs], dtype=np.float32)

    def doc_weight(self, doc: Doc) -> float:
        """The weight of all words and pairs of a wording."""
        own = {token.folded for token in doc.tokens}
        return sum(self.idf[word] for word in own) + sum(self.pair_idf[pair] for pair in pairs(doc.tokens))

    def word(self, folded: str) -> Ids:
        """The wordings in which a folded word stands."""
        return self._words.get(folded, _NOTHING)

    def marked(self, text: str) -> Ids:
        """The wordings in which a word stands with just these accents."""
        return self._marked.get(text, _NOTHING)

    def pair(self, left: str, right: str) -> Ids:
        """The wordings in which two folded words are neighbours."""
        return self._pairs.get((left, right), _NOTHING)


def _arrays(postings: Mapping[K, list[int]]) -> dict[K, Ids]:
    return {key: np.array(ids, dtype=np.int32) for key, ids in postings.items()}


def _distinct(owner: Ids, ids: Ids) -> int:
    owners = owner[ids]
    return int(1 + np.count_nonzero(owners[1:] != owners[:-1]))
