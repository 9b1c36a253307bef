"""Experience reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.store.reviews import Question, Review, ReviewQuery, ReviewSummary, Team, TimeNeeded, Verdict
from bot.store.sql.clauses import Clause, both, one_of, within
from bot.store.sql.session import Database, Readers, Writer
from bot.store.sql.times import day_text

_COLUMNS = "at, code, team, commune, link, finding, prefilled, payment, result, time, remark"
_ADD = f"""
    insert into reviews ({_COLUMNS}, day, once) values ({", ".join("?" * 13)}) on conflict (once) do nothing
"""  # noqa: S608 - our own names, as below


class SqlReviews:
    """`bot.store.reviews.Reviews` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def add(self, review: Review, once: str) -> bool:
        row = [review.at.isoformat(), review.code, review.team.value, review.commune, review.link]
        row += [*(review.verdicts[question].value for question in Question), review.time.value, review.remark]
        row += [day_text(review.at), once]
        return await self._writer.run(lambda database: bool(database.execute(_ADD, row).rowcount))

    async def listed(self, query: ReviewQuery, limit: int) -> tuple[Review, ...]:
        terms = _terms(query)
        return await self._found(f"{terms.sql} order by at desc, id desc limit ?", [*terms.values, limit])

    async def summaries(self, query: ReviewQuery) -> tuple[ReviewSummary, ...]:
        terms = _terms(query)
        by_code: dict[str, list[Review]] = {}
        for review in await self._found(f"{terms.sql} order by at desc, id desc", list(terms.values)):
            by_code.setdefault(review.code, []).append(review)
        found = (_summary(code, reviews) for code, reviews in by_code.items())
        return tuple(sorted(found, key=lambda summary: (-summary.count, summary.code)))

    async def _found(self, terms: str, values: list[object]) -> tuple[Review, ...]:
        def read(database: Database) -> tuple[Review, ...]:
            rows = database.execute(f"select {_COLUMNS} from reviews where {terms}", values).fetchall()  # noqa: S608
            return tuple(map(_review, rows))

        return await self._readers.run(read)


def _terms(query: ReviewQuery) -> Clause:
    single = {"code": query.code, "team": query.team, "commune": query.commune}
    return both(
        (
            *(Clause(f"{column} = ?", (value,)) for column, value in single.items() if value is not None),
            *within(query.first, query.last),
            *(() if query.within is None else (_seen(*query.within),)),
        )
    )


def _seen(communes: Iterable[str], codes: Iterable[str]) -> Clause:
    there, of_those = one_of("commune", communes), one_of("code", codes)
    return Clause(f"({there.sql} or {of_those.sql})", (*there.values, *of_those.values))


def _summary(code: str, reviews: Iterable[Review]) -> ReviewSummary:
    """Of at least one review, the newest first."""
    given = tuple(reviews)
    verdicts = {question: Counter(review.verdicts[question] for review in given) for question in Question}
    newest = datetime.fromisoformat(day_text(given[0].at)).date()
    return ReviewSummary(code, len(given), verdicts, Counter(review.time for review in given), newest)


def _review(row: tuple[Any, ...]) -> Review:
    at, code, team, commune, link, *said, time, remark = row
    verdicts = {question: Verdict(verdict) for question, verdict in zip(Question, said, strict=True)}
    return Review(datetime.fromisoformat(at), code, Team(team), commune, link, verdicts, TimeNeeded(time), remark)
