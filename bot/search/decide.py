"""Answer, ask back, or say that nothing was found: two thresholds over the ranking, and what makes them certain."""

from __future__ import annotations

from bot.search.index import Wording
from bot.search.model import Candidate, Decision, Verdict
from bot.search.query import Query
from bot.search.rank import Ranked

ANSWER = 0.62
"""Score from which the first candidate may be the answer."""
ASK = 0.40
"""Score from which candidates may be offered."""
CLEAR = 0.035
"""How far ahead the first must be to be the answer without asking."""
NEAR = 0.12
"""Candidates this close to the first are offered beside it."""
SURE = 0.9
"""Likeness from which the words of an alias are taken as said."""
MOST_CHOICES = 5


def _ambiguous_alias(ranked: Ranked) -> tuple[str, ...]:
    """The other codes that the very words of the best alias may mean."""
    doc, best = ranked.docs[0], ranked.candidates[0]
    if doc.wording is Wording.ALIAS and doc.rivals and best.reasons[0].points >= SURE:
        return doc.rivals
    return ()


def _offered(ranked: Ranked, rivals: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The candidates in the order in which they are offered: those named by the alias first."""
    named = [c for c in ranked.candidates if c.code in rivals]
    first = ranked.candidates[0]
    return (first, *named, *(c for c in ranked.candidates[1:] if c not in named))


def decide(text: str, query: Query, ranked: Ranked) -> Decision:
    """What to do with one wish."""
    if not ranked.candidates or ranked.candidates[0].score < ASK:
        return Decision(text, Verdict.NOT_FOUND, ranked.candidates, asks=query.asks)
    rivals = _ambiguous_alias(ranked)
    offered = _offered(ranked, rivals)
    first = offered[0].score
    second = offered[1].score if len(offered) > 1 else 0.0
    if first >= ANSWER and not rivals and first - second >= CLEAR:
        return Decision(text, Verdict.ANSWERED, offered, asks=query.asks)
    close = sum(candidate.score >= first - NEAR for candidate in offered)
    choices = min(max(2, len(rivals) + 1, 0 if rivals else close), MOST_CHOICES, len(offered))
    return Decision(text, Verdict.ASKED_BACK, offered, choices=choices, asks=query.asks)
