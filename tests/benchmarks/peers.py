"""Ready-made matchers beside which the search is measured, each over the folded official titles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

import bm25s
from rapidfuzz import fuzz, process

from bot.search.fold import fold

Matcher = Callable[[str], list[int]]
"""A folded query in, the positions of at most ten titles out, best first."""

_MOST = 10


def rapidfuzz_matcher(titles: Sequence[str], scorer: Callable[..., float]) -> Matcher:
    return lambda query: [at for _, _, at in process.extract(query, titles, scorer=scorer, limit=_MOST)]


def bm25_matcher(titles: Sequence[str]) -> Matcher:
    retriever = bm25s.BM25()
    retriever.index([title.split() for title in titles], show_progress=False)

    def match(query: str) -> list[int]:
        found, _ = retriever.retrieve([query.split()], k=min(_MOST, len(titles)), show_progress=False)
        return [int(at) for at in found[0]]

    return match


def fts5_matcher(titles: Sequence[str]) -> Matcher:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE titles USING fts5(title)")
    database.executemany("INSERT INTO titles(rowid, title) VALUES (?, ?)", list(enumerate(titles)))

    def match(query: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in query.split())
        if not words:
            return []
        sql = "SELECT rowid FROM titles WHERE titles MATCH ? ORDER BY bm25(titles) LIMIT ?"
        return [at for (at,) in database.execute(sql, (words, _MOST))]

    return match


def all_peers(titles: Sequence[str]) -> dict[str, Matcher]:
    """Every peer by name, ready to be asked."""
    folded = [fold(title) for title in titles]
    return {
        "rapidfuzz WRatio": rapidfuzz_matcher(folded, fuzz.WRatio),
        "rapidfuzz token_set_ratio": rapidfuzz_matcher(folded, fuzz.token_set_ratio),
        "BM25 (bm25s)": bm25_matcher(folded),
        "SQLite FTS5 bm25": fts5_matcher(folded),
    }
