"""Reading question files: our own, and files of other shapes with the same meaning."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

ANSWER, ASK_BACK, NONE = "answer", "ask_back", "none"
_EXPECT = {"no_service": NONE, "": ANSWER}


@dataclass(frozen=True, slots=True)
class Question:
    """`codes`: any of them first is right. `expect`: answer, ask_back or none."""

    query: str
    expect: str
    codes: frozenset[str]
    kind: str


def read_questions(path: Path) -> list[Question]:
    """Questions from a CSV with `query`, `codes` or `answers`, and perhaps `expect` and `kind` or `why`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    questions = []
    for row in rows:
        codes = frozenset(re.findall(r"\d\.\d{6}", row.get("codes") or row.get("answers") or ""))
        expect = row.get("expect") or ""
        questions.append(
            Question(row["query"], _EXPECT.get(expect, expect), codes, row.get("kind") or row.get("why") or "")
        )
    return questions
