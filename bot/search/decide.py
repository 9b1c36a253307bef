"""Answer, ask back, or say that nothing was found: thresholds over the ranking, and what makes an answer certain.

The constants were fitted on the project's questions (tests/fixtures/questions.csv): `certainty` is the logistic
regression of "there is a service for this" on three figures, rounded; the rest are round numbers near the best.
"""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import replace

from bot.search.model import Decision, Verdict
from bot.search.query import Query
from bot.search.rank import EXACT, Hit, Ranked
from bot.search.traits import REMOVED
from bot.search.wordings import Wording

ASK = 0.9
"""Certainty from which candidates may be offered."""
ANSWER = 1.3
"""Certainty from which the first candidate may be the answer."""
CLEAR = 0.12
"""How far ahead in score the first must be to be the answer without asking."""
CLEAR_VERBATIM = 0.05
"""… and how far if a wording says just what the message says."""
UNDECIDED = 0.25
"""A rival that holds the asked words as well, and is no special case, must be this far behind."""
FEW_WORDS = 4
"""So few words that no lead is large enough, if such a rival is there."""
VERBATIM = 0.99
VERBATIM_WORDS = 6
"""Shorter messages are asked about even if a wording says just that: "hộ khẩu" may be any of four things."""
SAID = 0.16
"""The lead that is enough when the wording is said nearly as it stands."""
NEAR = 0.2
"""Candidates this close to the first are offered beside it."""
SURE = 0.9
"""Likeness from which the words of an alias are taken as said."""
MOST_CHOICES = 5
_AS_COVERED = 0.03


def certainty(query: Query, hit: Hit) -> float:
    """How certain it is that there is a service for this: likeness, words covered, and how much was said."""
    return min(hit.like, 1.0) + 0.23 * hit.covered + 0.19 * math.log(max(len(query.content), 1))


def _named_beside(first: Hit) -> tuple[str, ...]:
    """The other codes that the very words of the best alias may mean."""
    return first.doc.rivals if first.doc.wording is Wording.ALIAS and first.like >= SURE else ()


def _verbatim(hit: Hit) -> bool:
    """Whether the message is, word for word, a way of asking that means this procedure alone."""
    return hit.like >= VERBATIM and not hit.doc.rivals


def _undecided(query: Query, ranked: Ranked) -> bool:
    """Whether the words said fit a plain rival just as well."""
    first = ranked.hits[0]
    equal = [h for h in ranked.rivals if h.covered >= first.covered - _AS_COVERED and not h.special]
    if not equal:
        return False
    if _verbatim(first) and len(query.content) >= VERBATIM_WORDS:
        return False
    if len(query.content) <= FEW_WORDS:
        return True
    if first.like >= SURE and ranked.lead >= SAID:
        return False
    return equal[0].candidate.score > ranked.score - UNDECIDED


def _offered(ranked: Ranked, beside: tuple[str, ...]) -> tuple[Hit, ...]:
    """The hits in the order in which they are offered: those named by the alias first, twins by name last."""
    first = ranked.hits[0]
    named = [hit for hit in ranked.hits[1:] if hit.candidate.code in beside]
    others = [hit for hit in ranked.rivals if hit not in named]
    twins = [hit for hit in ranked.hits[1:] if hit not in named and hit not in others]
    return (first, *named, *others, *twins)


def decide(text: str, query: Query, ranked: Ranked) -> Decision:
    """What to do with one wish.

    Where something in force is the answer, that is it, whatever left the list. Else what left it is the answer or
    stands among what is offered as if it were still listed, though last: nobody is led elsewhere without a word.
    """
    in_force = tuple(hit for hit in ranked.hits if not hit.is_removed)
    if len(in_force) == len(ranked.hits):
        return _decide(text, query, ranked)
    removed = {hit.candidate.code for hit in ranked.hits if hit.is_removed}
    as_listed = _decide(text, query, _as_listed(ranked))
    if not ranked.hits[0].is_removed:
        decision = _decide(text, query, Ranked(in_force))
        offered = as_listed.candidates[: max(1, as_listed.choices)]
        is_meant = as_listed.verdict is not Verdict.NOT_FOUND and any(one.code in removed for one in offered)
        if decision.verdict is Verdict.ANSWERED or not is_meant:
            return decision
    return _removed_last(as_listed, removed)


def _as_listed(ranked: Ranked) -> Ranked:
    """The hits as if nothing had left the list."""
    hits = (hit if not hit.is_removed else _raised(hit) for hit in ranked.hits)
    return Ranked(tuple(sorted(hits, key=lambda hit: -hit.candidate.score)))


def _raised(hit: Hit) -> Hit:
    return replace(hit, candidate=replace(hit.candidate, score=hit.candidate.score - REMOVED))


def _removed_last(decision: Decision, removed: Set[str]) -> Decision:
    """Of what is offered, what is in force comes first."""
    if decision.verdict is not Verdict.ASKED_BACK:
        return decision
    offered, rest = decision.candidates[: decision.choices], decision.candidates[decision.choices :]
    return replace(decision, candidates=(*sorted(offered, key=lambda one: one.code in removed), *rest))


def _decide(text: str, query: Query, ranked: Ranked) -> Decision:
    if not ranked.hits or certainty(query, ranked.hits[0]) < ASK:
        return Decision(text, Verdict.NOT_FOUND, ranked.candidates, asks=query.asks)
    first = ranked.hits[0]
    if first.like >= EXACT and first.doc.wording is not Wording.SHORT and ranked.lead >= CLEAR:
        return Decision(text, Verdict.ANSWERED, ranked.candidates, asks=query.asks)
    beside = _named_beside(first)
    enough = CLEAR_VERBATIM if _verbatim(first) else CLEAR
    sure = certainty(query, first) >= ANSWER and not beside and ranked.lead >= enough
    if sure and not _undecided(query, ranked):
        return Decision(text, Verdict.ANSWERED, ranked.candidates, asks=query.asks)
    offered = _offered(ranked, beside)
    near = sum(hit.candidate.score >= ranked.score - NEAR for hit in offered)
    choices = min(max(2, len(beside) + 1, near), MOST_CHOICES, len(offered))
    return Decision(text, Verdict.ASKED_BACK, tuple(h.candidate for h in offered), choices=choices, asks=query.asks)
