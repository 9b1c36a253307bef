"""The roll-ups made anew from the rows: the slow twin of counting as it happens."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.counting import KINDS, ROLLUPS, SUMS, Rollup

_BUCKET = "substr(day, 1, 8) || iif(substr(day, 9) < '15', '01', '15')"
_LEVELS = ", ".join(f"sum(level = {level})" for level in range(1, 6))


def recount(database: Database) -> None:
    """Within the transaction of whoever calls. What is small is added up from what is large, where it can be."""
    for rollup in ROLLUPS:
        database.execute(f"delete from {rollup.table}")  # noqa: S608 - our own names
    *smaller, largest = ROLLUPS
    _from_rows(database, largest)
    for rollup in smaller:
        if rollup.time == largest.time:
            keys, sums = ", ".join(rollup.keys), ", ".join(f"sum({name})" for name in SUMS)
            database.execute(
                f"insert into {rollup.table} ({keys}, {', '.join(SUMS)}) "  # noqa: S608
                f"select {keys}, {sums} from {largest.table} group by {keys}"
            )
        else:
            _from_rows(database, rollup)


def _from_rows(database: Database, rollup: Rollup) -> None:
    time = "day" if rollup.time == "day" else _BUCKET
    keys = ", ".join(rollup.keys)
    own = ", ".join((time, *rollup.places, *KINDS))
    asked = ", ".join((time, *rollup.places, "channel", "origin", "''", "''", "''", "0"))
    insert = f"insert into {rollup.table} ({keys}, {', '.join(SUMS)}) "
    positions = ", ".join(str(n + 1) for n in range(len(rollup.keys)))
    database.execute(
        f"{insert} select {own}, {_LEVELS}, 0, 0 from ratings where is_last = 1 group by {positions}"  # noqa: S608
    )
    database.execute(
        f"{insert} select {asked}, 0, 0, 0, 0, 0, count(*), sum(is_answered) from askings group by {positions}"  # noqa: S608
    )
