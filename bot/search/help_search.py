"""Which help topic a message asks for: the machinery of the procedures' search over a small table of phrases."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from bot.catalog.lexicon_model import HelpPhrase, Lexicon
from bot.search.fold import Token, fold, make_tokens
from bot.search.index import Index
from bot.search.model import Decision, Verdict
from bot.search.query import Query, Reader
from bot.search.rank import Ranker
from bot.search.repair import Repairer
from bot.search.syllable import is_syllable
from bot.search.terms import TermFinder
from bot.search.traits import Traits
from bot.search.wordings import Doc, Wording

LIKE = 0.6
"""Likeness to a way of asking from which its topic is recognised."""
SAID = 0.97
"""… and from which the very words were said: then it is help, whatever procedure they may mean too."""
SURE = 0.9
"""What it takes against a sign of a matter that is not the topic's own (weather, opening hours)."""
AHEAD = 0.06
"""How much more like the message than the best procedure a topic must be."""

_SAYING_NOTHING = frozenset({"polite", "subject", "particle"})
_EVERYDAY = frozenset({"abbreviation", "dialect", "spelling"})
_FEWEST_WORDS = 2

IsWord = Callable[[str], bool]
"""Whether a folded word stands in the wordings of procedures."""


@dataclass(frozen=True, slots=True)
class HelpMatch:
    """`like`: how like the topic's best phrase, 0..1. `covered`: the share of the message that its phrases hold."""

    topic: str
    like: float
    covered: float

    def prevails(self, decision: Decision, rival: float, *, is_own: bool) -> bool:
        """Whether the topic is a better answer than the search's.

        `rival`: the likeness of its best procedure; `is_own`: the other matter that it saw is one of the topic's.
        """
        if decision.verdict in {Verdict.ANSWERED, Verdict.ASKED_BACK}:
            return self.like >= rival + AHEAD or (self.like >= SAID and self.covered >= SAID)
        return decision.verdict is Verdict.NOT_FOUND or is_own or self.like >= SURE


class _CautiousRepairer(Repairer):
    """Leaves alone what is a word of procedures: "hộ khẩu" is no slip for "mật khẩu"."""

    def __init__(self, index: Index, is_word: IsWord) -> None:
        super().__init__(index.word_counts, index.pair_count)
        self._is_word = is_word

    def _neighbours(self, folded: str) -> tuple[tuple[str, float], ...]:
        return () if self._is_word(folded) else super()._neighbours(folded)


def _plain(lexicon: Lexicon) -> Lexicon:
    """The lexicon without the words of titles; of its fillers those that ask nothing: here "lệ phí" is a wish.

    Foreign words and abbreviations that the ways of asking say themselves ("vneid") are left alone.
    """
    spoken = {word for entry in lexicon.help for word in fold(entry.phrase).split() if not is_syllable(word)}
    return dataclasses.replace(
        lexicon,
        fillers=tuple(filler for filler in lexicon.fillers if filler.kind in _SAYING_NOTHING),
        rewrites=tuple(r for r in lexicon.rewrites if r.kind in _EVERYDAY and fold(r.phrase) not in spoken),
        qualifiers=(),
    )


class HelpSearch:
    """Searches the help topics of one lexicon. Immutable, pure, well under a millisecond a message."""

    def __init__(self, lexicon: Lexicon, is_word: IsWord) -> None:
        self._reader = Reader(_plain(lexicon))
        topics = tuple(dict.fromkeys(entry.topic for entry in lexicon.help))
        places = {topic: at for at, topic in enumerate(topics)}
        docs = [Doc(places[entry.topic], Wording.ALIAS, self._wording(entry)) for entry in lexicon.help]
        self._index = Index(topics, docs)
        repairer = _CautiousRepairer(self._index, is_word)
        self._reader.use(repairer)
        # Topics have no titles, marks or audiences: only how people ask for them counts.
        traits = tuple(Traits((), 0.0, frozenset(), frozenset(), topic) for topic in topics)
        self._ranker = Ranker(self._index, traits, TermFinder(self._index, repairer), self._reader.is_just)

    def find(self, text: str) -> HelpMatch | None:
        """The topic whose phrases are most like the message; None where none is near. Never raises."""
        readings = self._reader.read(self._reader.words(text))
        ranked = [self._ranker.rank(query) for query in readings if _says_enough(query)]
        best = max((found.hits[0] for found in ranked if found.hits), key=lambda hit: hit.candidate.score, default=None)
        if best is None or best.like < LIKE:
            return None
        return HelpMatch(best.candidate.code, best.like, best.covered)

    def _wording(self, entry: HelpPhrase) -> tuple[Token, ...]:
        """A phrase as messages are read; with its fillers where little else would be left of it."""
        query = self._reader.read(make_tokens(entry.phrase))[0]
        return query.content if _says_enough(query) else query.tokens


def _says_enough(query: Query) -> bool:
    return len(query.content) >= _FEWEST_WORDS
