"""Writes docs/security-review.md from docs/security-review.csv: `python -m docs.security_review`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "security-review.csv"
PAGE = HERE / "security-review.md"
CHAPTERS = (
    *("Encoding and sanitising", "Validation and business logic", "Browsers", "Web services", "Files"),
    *("Logging in", "Sessions", "Who may do what", "Self-contained tokens", "OAuth and OIDC", "Cryptography"),
    *("Communication", "Configuration", "Protection of data", "Code and architecture", "Logs and errors", "WebRTC"),
)
_HEADINGS = (
    *("requirement", "level", "what it asks", "status", "where it is met", "test"),
    "what is missing, or why it does not apply",
)


class Status(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"
    NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one requirement. `id`: `6.2.4`. `level`: 1 or 2. `tests`: as pytest names them. `missing`: what
    is not there; of what does not apply, why not.
    """

    id: str
    level: int
    asks: str
    status: Status
    where: str
    tests: tuple[str, ...]
    missing: str

    @property
    def chapter(self) -> int:
        """1 to 17."""
        return int(self.id.partition(".")[0])


def read_lines(file: Path = DATA) -> tuple[Line, ...]:
    """In the order of the file. Raises ValueError for what is no line."""
    with file.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Line(
                row["id"],
                int(row["level"]),
                row["asks"],
                Status(row["status"]),
                row["where"],
                tuple(row["tests"].split()),
                row["missing"],
            )
            for row in csv.DictReader(rows)
        )


def page_of(lines: Sequence[Line]) -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_counts(lines), "", *_chapters(lines)])


def _counts(lines: Sequence[Line]) -> Iterator[str]:
    yield f"| chapter | level 1 | level 2 | {' | '.join(Status)} |"
    yield "|---|" + "--:|" * (2 + len(Status))
    for number, of_chapter in groupby(lines, lambda line: line.chapter):
        yield _count(f"V{number} {CHAPTERS[number - 1]}", tuple(of_chapter))
    yield _count("**all**", lines)


def _count(name: str, lines: Sequence[Line]) -> str:
    levels, statuses = Counter(line.level for line in lines), Counter(line.status for line in lines)
    figures = [levels[1], levels[2], *(statuses[status] for status in Status)]
    return f"| {name} | {' | '.join(map(str, figures))} |"


def _chapters(lines: Sequence[Line]) -> Iterator[str]:
    for number, of_chapter in groupby(lines, lambda line: line.chapter):
        yield f"## V{number} {CHAPTERS[number - 1]}\n"
        yield f"| {' | '.join(_HEADINGS)} |"
        yield "|---|--:|---|---|---|---|---|"
        for line in of_chapter:
            tests = ", ".join(f"`{test}`" for test in line.tests)
            cells = (line.id, str(line.level), line.asks, line.status, line.where, tests, line.missing)
            yield f"| {' | '.join(cells)} |"
        yield ""


_HEAD = """# Security review by OWASP ASVS, levels 1 and 2

The service as it stands, read from outside against the 253 requirements of levels 1 and 2 of the Application Security
Verification Standard 5.0.0 of OWASP (May 2025). What each asks is told in words of our own; its own words are at
[owasp.org](https://owasp.org/www-project-application-security-verification-standard/).

Made from [security-review.csv](security-review.csv) by `python -m docs.security_review`; a change by hand is lost. A
test (`tests/unit/test_security_review.py`) holds it to the list of requirements, and every file and every test that is
named to what is there. What is reached from outside was also tried over HTTP against a running process.
It was the project's own people who read: it takes the place of no test by strangers.

*Met* names where, and a test where a test can tell. *Partly* and *not met* say what is missing.
"""


if __name__ == "__main__":
    PAGE.write_text(page_of(read_lines()), encoding="utf-8")
