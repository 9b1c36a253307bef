"""What the search decided, for people and for measuring: one question explained, or a file of questions."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import Protocol

from bot.catalog.model import Catalogue
from bot.errors import MotCuaError
from bot.search.model import Candidate, Decision, SearchResult, Verdict

MOST_CODES = 10
COLUMN = "query"


class Searches(Protocol):
    def search(self, text: str) -> SearchResult: ...


def codes_of(result: SearchResult) -> tuple[str, list[str]]:
    """The status of a message and its codes, best first: of several wishes, the best of each comes first."""
    wishes = [wish for wish in result.wishes if _offered(wish)]
    if not wishes:
        return result.first.verdict.value, []
    status = wishes[0].verdict.value if len(wishes) == 1 else Verdict.ASKED_BACK.value
    in_turn = chain.from_iterable(zip_longest(*map(_offered, wishes)))
    return status, list(dict.fromkeys(code for code in in_turn if code is not None))[:MOST_CODES]


def _offered(wish: Decision) -> list[str]:
    if wish.verdict is Verdict.ANSWERED:
        return [candidate.code for candidate in wish.candidates]
    if wish.verdict is Verdict.ASKED_BACK:
        return [candidate.code for candidate in wish.candidates[: wish.choices]]
    return []


def batch(engine: Searches, path: Path) -> Iterator[str]:
    """One JSON object for each row of a CSV file with a column `query`. Raises MotCuaError where there is none."""
    for query in read_queries(path):
        started = time.perf_counter()
        result = engine.search(query)
        spent = (time.perf_counter() - started) * 1000
        status, codes = codes_of(result)
        row = {"query": query, "status": status, "codes": codes, "ms": round(spent, 3)}
        yield json.dumps(row, ensure_ascii=False)


def read_queries(path: Path) -> list[str]:
    """The column `query` of a CSV file in UTF-8. Raises MotCuaError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if COLUMN not in (rows.fieldnames or ()):
                raise MotCuaError(f"{path} has no column named {COLUMN!r}")
            return [row[COLUMN] or "" for row in rows]
    except OSError as error:
        raise MotCuaError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise MotCuaError(f"{path} is not UTF-8: byte {error.start}") from None
    except csv.Error as error:
        raise MotCuaError(f"{path} is not CSV: {error}") from None


def as_json(result: SearchResult, query: str) -> str:
    """One question as a JSON object, with the reasons."""
    status, codes = codes_of(result)
    wishes = [
        {
            "text": wish.text,
            "verdict": wish.verdict.value,
            "intent": wish.intent,
            "asks": list(wish.asks),
            "choices": wish.choices,
            "candidates": [_candidate(candidate) for candidate in wish.candidates],
        }
        for wish in result.wishes
    ]
    return json.dumps({"query": query, "status": status, "codes": codes, "wishes": wishes}, ensure_ascii=False)


def _candidate(candidate: Candidate) -> dict[str, object]:
    reasons = [{"name": r.name, "points": round(r.points, 4), "detail": r.detail} for r in candidate.reasons]
    return {"code": candidate.code, "score": round(candidate.score, 4), "reasons": reasons}


def as_lines(catalogue: Catalogue, result: SearchResult, *, explain: bool) -> Iterator[str]:
    """One question for a person at a terminal; `explain` adds the reasons of each candidate."""
    for wish in result.wishes:
        intent = f" ({wish.intent})" if wish.intent else ""
        asks = f", asks {', '.join(wish.asks)}" if wish.asks else ""
        yield f"{wish.verdict.value}{intent}{asks}"
        for place, candidate in enumerate(wish.candidates, start=1):
            mark = "*" if candidate.code in _offered(wish)[: wish.choices or 1] else " "
            procedure = catalogue.procedures.get(candidate.code)
            title = "" if procedure is None else procedure.title
            yield f"{mark}{place:2} {candidate.code}  {candidate.score:.3f}  {title}"
            if explain:
                yield from (f"      {r.name:<20} {r.points:+.3f}  {r.detail}" for r in candidate.reasons)
