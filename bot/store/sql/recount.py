"""The roll-ups made anew from the rows: the slow twin of counting as it happens."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.ratings.periods import VIETNAM
from bot.store.sql.counting import KINDS, ROLLUPS, SUMS, Rollup, bucket_of
from bot.store.sql.session import Database

_BUCKET = "substr(day, 1, 8) || case when substr(day, 9) < '15' then '01' else '15' end"
# By hours in UTC: to whole days in Vietnam they are put together here, as no two engines agree on how.
_BY_HOUR = """
    select substr(at, 1, 13), codes, count(*) from events where codes <> '' and codes not like '% %' group by 1, 2
"""
_ADD_CODES = "insert into code_use (bucket, code, n) values (?, ?, ?)"
_LEVELS = ", ".join(f"count(*) filter (where level = {level})" for level in range(1, 6))


def recount(database: Database) -> None:
    """Within the transaction of whoever calls."""
    made: list[Rollup] = []
    for rollup in reversed(ROLLUPS):
        database.execute(f"delete from {rollup.table}")  # noqa: S608 - our own names
        larger = [each for each in made if each.time == rollup.time and set(rollup.knows) <= set(each.knows)]
        if larger:
            _from_sums(database, rollup, larger[-1])
        else:
            _from_rows(database, rollup)
        made.append(rollup)


def recount_codes(database: Database) -> None:
    """What the events that are there come to; older ones have been deleted. Within the transaction of whoever calls."""
    database.execute("delete from code_use")
    sums: Counter[tuple[str, str]] = Counter()
    for hour, code, n in database.execute(_BY_HOUR).fetchall():
        day = datetime.fromisoformat(f"{hour}:00+00:00").astimezone(VIETNAM).date()
        sums[bucket_of(day).isoformat(), code] += n
    for (bucket, code), n in sorted(sums.items()):
        database.execute(_ADD_CODES, [bucket, code, n])


def _from_sums(database: Database, rollup: Rollup, larger: Rollup) -> None:
    keys = ", ".join(rollup.keys)
    database.execute(
        f"insert into {rollup.table} ({keys}, {', '.join(SUMS)}) "  # noqa: S608
        f"select {keys}, {', '.join(f'sum({name})' for name in SUMS)} from {larger.table} group by {keys}"
    )


def _from_rows(database: Database, rollup: Rollup) -> None:
    own = ", ".join(("day" if rollup.time == "day" else _BUCKET, *rollup.knows))
    insert = f"insert into {rollup.table} ({', '.join((*rollup.keys, *SUMS))})"
    by = ", ".join(str(n + 1) for n in range(len(rollup.keys)))
    database.execute(
        f"{insert} select {own}, {', '.join(KINDS)}, {_LEVELS}, 0, 0 from ratings "  # noqa: S608
        f"where is_last = 1 group by {by}"
    )
    database.execute(
        f"{insert} select {own}, '', '', '', 0, 0, 0, 0, 0, 0, count(*), sum(is_answered) from askings "  # noqa: S608
        f"group by {by}"
    )
