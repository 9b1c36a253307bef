"""Procedures to offer while someone is still typing: the last word may be unfinished, marks may be missing.

Built once for a catalogue from the wordings by which procedures are known: titles, short names, labels, and the ways
in which people ask. Pure; takes about a millisecond; never raises, whatever the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from bot.catalog.model import Audience, Catalogue, Procedure, Tier
from bot.search.fold import Token, canonical, fold, tokenise
from bot.search.postings import Floats, Ids
from bot.search.wordings import by_likelihood, searchable

MOST = 6
FEWEST_LETTERS = 2
_MOST_WORDS = 24
"""A longer text tells a story: it is searched when it is sent."""
_LOOKED_AT = 200
"""Wordings whose marks are compared with those typed."""
_LEAST_SHARE = 0.6
"""Weight of the words found from which a wording is offered that has not all of them."""
_NEARLY = 0.85
"""Share of the fullest wording's weight that the others must have."""
_LAST = "\uffff"
"""Sorts behind every letter."""

# How much a wording that fits speaks for its procedure. Tuned by reading what is offered for beginnings of questions.
_SHOWN = 4.0
"""It is what the person will see, or the official title."""
_BEGINS = 4.0
"""It begins with what was typed."""
_IS = 8.0
"""It is what was typed."""
_NOISE = 0.02
"""Procedures for which less speaks, as a share of the likeliest one, are not offered."""
_FEW = 3
"""With so many procedures found, no looser way is tried."""
_OTHER_MARKS = 0.1
"""A word was typed with marks that it has not."""
_NEEDED, _LABELLED, _BUSINESSES, _PROVINCE, _OLD, _GONE = 3.0, 1.5, 0.6, 0.8, 0.2, 0.02
"""The procedure is among the most needed; has a label by hand; is for businesses; is the province's; may be old; left
the list: then it is offered where hardly anything else is."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """One way to call a procedure. `weight`: how much it speaks for the procedure where it fits."""

    text: str
    code: str
    weight: float


class Suggester:
    """Offers the procedures of one catalogue; immutable once built."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._procedures = catalogue.procedures
        self._fillers = frozenset(tuple(fold(filler.phrase).split()) for filler in catalogue.lexicon.fillers)
        self._longest_filler = max(map(len, self._fillers), default=0)
        self._alike = _alike(catalogue)
        wordings = sorted(_wordings(catalogue), key=lambda wording: fold(wording.text))
        self._texts = [wording.text for wording in wordings]
        self._sorted = [fold(text) for text in self._texts]
        self._weights: Floats = np.array([wording.weight for wording in wordings], dtype=np.float32)
        self._codes = searchable(catalogue)
        numbers = {code: at for at, code in enumerate(self._codes)}
        self._owner: Ids = np.array([numbers[wording.code] for wording in wordings], dtype=np.int32)
        self._index_words()

    def _index_words(self) -> None:
        found: dict[str, list[int]] = {}
        for at, text in enumerate(self._sorted):
            for word in dict.fromkeys(text.split()):
                found.setdefault(word, []).append(at)
        self._words = sorted(found)
        self._starts = [0]
        for word in self._words:
            self._starts.append(self._starts[-1] + len(found[word]))
        # Lists of neighbouring words stand side by side: all words with one beginning are one slice.
        self._postings: Ids = np.array([at for word in self._words for at in found[word]], dtype=np.int32)

    def suggest(self, text: str, most: int = MOST) -> tuple[str, ...]:
        """At most `most` codes for what has been typed so far, best first; no two that are called the same."""
        typed = tokenise(text[: _MOST_WORDS * 16])
        words = [token.folded for token in typed]
        if not words or len(words) > _MOST_WORDS or sum(map(len, words)) < FEWEST_LETTERS:
            return ()
        if text[-1:].isspace():
            words.append("")
        offered: dict[str, str] = {}
        for hits in self._ways(words):
            for code in self._best(hits, " ".join(words), typed):
                if len(offered) < most:
                    offered.setdefault(fold(_called(self._procedures[code])), code)
            if len(offered) >= min(_FEW, most):
                break
        return tuple(offered.values())

    def _ways(self, words: list[str]) -> Iterator[Ids]:
        """The wordings that have all the words; without phrases that carry no wish; that have most of the words."""
        yield self._with_all(words)
        content = self._without_fillers(words)
        yield self._with_all(content)
        yield self._with_most(content)

    def _best(self, hits: Ids, phrase: str, typed: Sequence[Token]) -> Iterator[str]:
        """The procedures for which the wordings speak, likeliest first."""
        if not hits.size:
            return
        scores = np.bincount(self._owner[hits], self._speaking(hits, phrase, typed))
        likely = np.flatnonzero(scores > _NOISE * scores.max())
        for at in likely[np.argsort(-scores[likely], kind="stable")].tolist():
            yield self._codes[at]

    def _speaking(self, hits: Ids, phrase: str, typed: Sequence[Token]) -> Floats:
        """The weight of each wording that fits."""
        weights = self._weights[hits]
        first, equal, last = (bisect_left(self._sorted, f"{phrase}{end}") for end in ("", "\0", _LAST))
        weights[(hits >= first) & (hits < last)] *= _BEGINS
        weights[(hits >= first) & (hits < equal)] *= _IS
        marked = [token.text for token in typed if token.marked]
        if marked:
            for at in np.argsort(-weights, kind="stable")[:_LOOKED_AT].tolist():
                weights[at] *= _OTHER_MARKS ** _disagreements(marked, self._texts[hits[at]])
        return weights

    def _with_all(self, words: list[str]) -> Ids:
        """Wordings that have every word, the last one as a beginning; words that no wording has do not count."""
        found: Ids | None = None
        for hits in self._lists(words):
            found = hits if found is None else np.intersect1d(found, hits, assume_unique=True)
        return found if found is not None else np.array([], dtype=np.int32)

    def _with_most(self, words: list[str]) -> Ids:
        """Wordings that have most of what is said, rare words counting more."""
        lists = list(self._lists(words))
        if len(lists) < 2:
            return np.array([], dtype=np.int32)
        weights = [float(np.log(1 + len(self._texts) / hits.size)) for hits in lists]
        shares = np.zeros(len(self._texts), dtype=np.float32)
        for hits, weight in zip(lists, weights, strict=True):
            shares[hits] += weight
        enough = max(_LEAST_SHARE * sum(weights), _NEARLY * float(shares.max()))
        return np.flatnonzero(shares >= enough).astype(np.int32)

    def _lists(self, words: list[str]) -> Iterator[Ids]:
        """The wordings of each word that is known, ascending and each once."""
        for word in dict.fromkeys(words[:-1]):
            hits = self._with_word(word)
            if hits.size:
                yield hits
        if words and words[-1]:
            hits = np.unique(self._from_to(words[-1], words[-1] + _LAST))
            if hits.size:
                yield hits

    def _with_word(self, word: str) -> Ids:
        """The wordings with a finished word or one that means the same; with words that begin so where none has it."""
        found = [self._from_to(one, f"{one}\0") for one in (word, *self._alike.get(word, ()))]
        hits = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
        return hits if hits.size else np.unique(self._from_to(word, word + _LAST))

    def _from_to(self, first: str, last: str) -> Ids:
        low = bisect_left(self._words, first)
        return self._postings[self._starts[low] : self._starts[bisect_left(self._words, last, low)]]

    def _without_fillers(self, words: list[str]) -> list[str]:
        """What is left without phrases that carry no wish; the unfinished word stays."""
        kept, at = [], 0
        while at < len(words) - 1:
            longest = min(self._longest_filler, len(words) - 1 - at)
            size = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in self._fillers), 0)
            if not size:
                kept.append(words[at])
            at += size or 1
        return [*kept, *words[-1:]]


def _disagreements(marked: list[str], text: str) -> int:
    """How many of the words no word of the text begins with."""
    spaced = " " + canonical(text)
    return sum(f" {word}" not in spaced for word in marked)


def _called(procedure: Procedure) -> str:
    return procedure.label or procedure.short_name or procedure.title


def _alike(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Single words of dialect and the plain words for them, without marks."""
    return {
        fold(rewrite.phrase): tuple(plain for meaning in rewrite.meanings if " " not in (plain := fold(meaning)))
        for rewrite in catalogue.lexicon.rewrites
        if rewrite.kind == "dialect" and " " not in rewrite.phrase
    }


def _wordings(catalogue: Catalogue) -> list[_Wording]:
    """Every way to call a procedure that can be found by words, each once for each procedure."""
    needed = {code for event in catalogue.life_events for code in event.codes}
    priors = {code: _prior(catalogue.procedures[code], is_needed=code in needed) for code in searchable(catalogue)}
    found: dict[tuple[str, str], _Wording] = {}
    for alias in catalogue.lexicon.aliases:
        known = by_likelihood(catalogue, alias, priors)
        for place, code in enumerate(known):
            weight = priors[code] / (1 + place) / _length(alias.phrase)
            found.setdefault((fold(alias.phrase), code), _Wording(alias.phrase, code, weight))
    for code, prior in priors.items():
        procedure = catalogue.procedures[code]
        for text in filter(None, (procedure.title, procedure.short_name, procedure.label)):
            found[fold(text), code] = _Wording(text, code, _SHOWN * prior / _length(text))
    return list(found.values())


def _length(text: str) -> int:
    return 1 + text.count(" ")


def _prior(procedure: Procedure, *, is_needed: bool) -> float:
    """How likely a procedure is meant by someone of whom nothing is known yet."""
    shares = (
        (_NEEDED, is_needed),
        (_LABELLED, procedure.label is not None),
        (_BUSINESSES, procedure.audience == {Audience.BUSINESSES}),
        (_PROVINCE, procedure.tiers == {Tier.PROVINCE}),
        (_OLD, procedure.maybe_superseded),
        (_GONE, procedure.removal is not None),
    )
    return prod(share for share, holds in shares if holds)
