"""Words that are no words: raw keystrokes, glued words, typing errors."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.fold import Token, fold_canonical
from bot.search.keeping import Remembering, remembered
from bot.search.syllable import decode_keystrokes, is_syllable

_LONGEST_SYLLABLE = 7
_SHORTEST_GLUED = 5
_LONGEST_GLUED = 60

_SOUNDS_ALIKE = (("tr", "ch"), ("x", "s"), ("gi", "d"), ("r", "d"), ("v", "d"), ("ngh", "ng"), ("gh", "g"), ("l", "n"))
_ENDS_ALIKE = (("ng", "n"), ("nh", "n"), ("c", "t"), ("ch", "t"))

ALIKE_IN_SOUND = 0.9
ONE_EDIT = 0.75
TWO_EDITS = 0.5


@lru_cache(maxsize=16384)
def sound_key(folded: str) -> str:
    """A key equal for syllables that people confuse by ear (tr/ch, s/x, d/gi/r/v, l/n, n/ng, c/t, i/y)."""
    word = folded.replace("y", "i")
    for written, heard in _SOUNDS_ALIKE:
        if word.startswith(written) and len(word) > len(written):
            word = heard + word[len(written) :]
            break
    for written, heard in _ENDS_ALIKE:
        if word.endswith(written) and len(word) > len(written) + 1:
            return word[: -len(written)] + heard
    return word


class Repairer(Remembering):
    """Repairs words against a vocabulary: folded word → in how many procedures it stands, and how many hold a pair."""

    remembered_in = frozenset({"neighbours", "_by_sound"})

    def __init__(self, vocabulary: Mapping[str, int], pair_count: Callable[[str, str], int]) -> None:
        self._vocabulary = vocabulary
        self.pair_count = pair_count
        self._words = [word for word in vocabulary if word.isalpha()]
        self._total = sum(vocabulary.values()) or 1
        self.begin_to_remember()

    def begin_to_remember(self) -> None:
        self.neighbours = remembered(self._neighbours, 32768)

    def _neighbours(self, folded: str) -> tuple[tuple[str, float], ...]:
        """Vocabulary words close to `folded` (itself excepted) with their likeness in 0..1, best first."""
        if len(folded) < 2 or not folded.isalpha() or len(folded) > 2 * _LONGEST_SYLLABLE:
            return ()
        most = 1 if len(folded) <= 5 else 2
        key = sound_key(folded)
        near = process.extract(folded, self._words, scorer=OSA.distance, score_cutoff=most, limit=None)
        scored = []
        for word, distance, _ in near:
            if distance == 0:
                continue
            alike = sound_key(word) == key
            scored.append((word, ALIKE_IN_SOUND if alike else ONE_EDIT if distance == 1 else TWO_EDITS))
        if most == 1:
            seen = {word for word, _ in scored}
            scored.extend((w, ALIKE_IN_SOUND) for w in self._by_sound.get(key, ()) if w not in seen and w != folded)
        return tuple(sorted(scored, key=lambda item: (-item[1], -self._vocabulary[item[0]], item[0])))

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for word in self._words:
            groups.setdefault(sound_key(word), []).append(word)
        return groups

    def _cost(self, word: str) -> float:
        return math.log(self._total / self._vocabulary[word]) + 1.0

    def split(self, folded: str) -> list[int] | None:
        """Lengths of the words that a glued word falls into, cheapest reading; None if it does not fall apart."""
        size = len(folded)
        if not _SHORTEST_GLUED <= size <= _LONGEST_GLUED:
            return None
        best: list[tuple[float, int, str] | None] = [(0.0, 0, "")] + [None] * size
        for end in range(1, size + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                before, word = best[start], folded[start:end]
                if before is None or word not in self._vocabulary or len(word) < 2 or not is_syllable(word):
                    continue
                bonus = 4.0 if self.pair_count(before[2], word) else 0.0
                cost = before[0] + self._cost(word) - bonus
                current = best[end]
                if current is None or cost < current[0]:
                    best[end] = (cost, start, word)
        lengths, end = [], size
        while end:
            step = best[end]
            if step is None:
                return None
            lengths.append(end - step[1])
            end = step[1]
        return lengths[::-1] if len(lengths) > 1 else None

    def mend(self, tokens: Sequence[Token], lexicon_words: frozenset[str]) -> tuple[Token, ...]:
        """Keystrokes decoded and glued words split, only where a word is neither known nor a syllable."""
        mended: list[Token] = []
        for token in tokens:
            if token.folded in lexicon_words or token.folded in self._vocabulary or is_syllable(token.folded):
                mended.append(token)
                continue
            decoded = decode_keystrokes(token.text)
            if decoded is not None:
                mended.append(_retyped(token, decoded))
                continue
            lengths = self.split(token.folded)
            mended.extend([token] if lengths is None else _cut(token, lengths))
        return tuple(mended)


def _retyped(token: Token, text: str) -> Token:
    return Token(text, fold_canonical(text), token.starts_clause)


def _cut(token: Token, lengths: Sequence[int]) -> list[Token]:
    parts, at = [], 0
    for length in lengths:
        parts.append(
            Token(token.text[at : at + length], token.folded[at : at + length], token.starts_clause and at == 0)
        )
        at += length
    return parts
