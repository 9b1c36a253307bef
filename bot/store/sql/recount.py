"""The roll-ups made anew from the rows: the slow twin of counting as it happens."""

from __future__ import annotations

from bot.store.sql.counting import KINDS, ROLLUPS, SUMS, Rollup
from bot.store.sql.session import Database

_BUCKET = "substr(day, 1, 8) || iif(substr(day, 9) < '15', '01', '15')"
_IN_VIETNAM = "date(at, '+7 hours')"
_RECOUNT_CODES = f"""
    insert into code_use (bucket, code, n)
    select {_BUCKET.replace("day", _IN_VIETNAM)}, codes, count(*) from events
    where codes <> '' and instr(codes, ' ') = 0 group by 1, 2
"""  # noqa: S608 - our own names
_LEVELS = ", ".join(f"sum(level = {level})" for level in range(1, 6))


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
    database.execute(_RECOUNT_CODES)


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
