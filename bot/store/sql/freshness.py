"""Who says that an answer looks old, and how often people ask about what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from bot.store.freshness import Closing, Demand, StaleCase, StaleReport, StaleState
from bot.store.sql import session
from bot.store.sql.counting import bucket_of
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import write_entry
from bot.store.sql.times import day_text, stamp
from bot.store.staff import Act, Entry

_SAID = "insert into stale_said (person, code, day) values (?, ?, ?) on conflict (person, code, day) do nothing"
_COUNTS = session.Counter("stale_counts", ("closing", "code", "agency", "version", "day", "channel"), ("n",))
_OPEN_NUMBER = 0
"""Of no closing yet."""
_ROWS = "code, agency, version, day, channel, n"
_OPEN = f"select {_ROWS} from stale_counts where closing = 0"  # noqa: S608 - our own names
_OF_CLOSING = f"select {_ROWS} from stale_counts where closing = ?"  # noqa: S608 - our own names
_CLOSINGS = "select id, state, by, at, note from stale_closings order by id desc limit ?"
_IS_OPEN = "select 1 from stale_counts where closing = 0 and code = ? /*! for update */"
_CLOSE = "insert into stale_closings (code, state, by, at, note) values (?, ?, ?, ?, ?) returning id"
_SET_CLOSED = "update stale_counts set closing = ? where closing = 0 and code = ? returning n"
ERASE = "delete from stale_said where person = ?"
_Row = tuple[str, str, str, str, str, int]


def add_stale(database: Transaction, report: StaleReport) -> bool:
    """Within the transaction of whoever calls."""
    day = day_text(report.at)
    if report.person and not database.execute(_SAID, [report.person, report.code, day]).rowcount:
        return False
    key = (_OPEN_NUMBER, report.code, report.agency, report.catalogue_version, day, report.channel)
    database.add(_COUNTS, key, (1,))
    return True


class SqlStaleReports:
    """`bot.store.freshness.StaleReports` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def add(self, report: StaleReport) -> bool:
        return await self._writer.run(lambda database: add_stale(database, report))

    async def open(self) -> tuple[StaleCase, ...]:
        def read(database: Database) -> tuple[StaleCase, ...]:
            by_code: defaultdict[str, list[_Row]] = defaultdict(list)
            for row in database.execute(_OPEN).fetchall():
                by_code[row[0]].append(row)
            cases = (_case(rows, None) for rows in by_code.values())
            return tuple(sorted(cases, key=lambda case: (-case.count, case.first, case.code)))

        return await self._readers.run(read)

    async def closed(self, limit: int) -> tuple[StaleCase, ...]:
        def read(database: Database) -> tuple[StaleCase, ...]:
            found = database.execute(_CLOSINGS, [limit]).fetchall()
            return tuple(
                _case(
                    database.execute(_OF_CLOSING, [number]).fetchall(),
                    Closing(StaleState(state), by, datetime.fromisoformat(at), note),
                )
                for number, state, by, at, note in found
            )

        return await self._readers.run(read)

    async def close(self, code: str, state: StaleState, note: str, act: Act) -> bool:
        def write(database: Transaction) -> bool:
            if not database.execute(_IS_OPEN, [code]).fetchall():
                return False
            number = database.execute(_CLOSE, [code, state.value, act.actor, stamp(act.at), note]).fetchone()[0]
            # What others have added meanwhile is closed with it.
            count = sum(n for (n,) in database.execute(_SET_CLOSED, [number, code]).fetchall())
            # With "stale_" before: other states have words of their own in the log.
            before: dict[str, object] = {"state": f"stale_{StaleState.OPEN}", "count": count}
            after = {"state": f"stale_{state}", "note": note}
            write_entry(database, Entry(act, f"stale:{code}", before, after))
            return True

        return await self._writer.run(write)


class SqlDemands:
    """`bot.store.freshness.Demands` says what the methods do."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def since(self, first: date) -> Demand:
        begin = bucket_of(first).isoformat()

        def read(database: Database) -> Demand:
            # The key begins with the bucket: the first is found at once, and only those of the year are summed up.
            (earliest,) = database.execute("select min(bucket) from code_use").fetchone()
            if earliest is None:
                return Demand(None, {})
            rows = database.execute(
                "select code, sum(n) from code_use where bucket >= ? group by code order by code", [begin]
            )
            return Demand(date.fromisoformat(max(earliest, begin)), dict(rows.fetchall()))

        return await self._readers.run(read)


def _case(rows: Iterable[_Row], closing: Closing | None) -> StaleCase:
    """Of the rows of one code; at least one."""
    agencies: Counter[str] = Counter()
    versions: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    days: list[str] = []
    for code, agency, version, day, channel, n in rows:  # noqa: B007 - the same code in each
        agencies[agency] += n
        versions[version] += n
        channels[channel] += n
        days.append(day)
    return StaleCase(
        code,
        channels.total(),
        date.fromisoformat(min(days)),
        date.fromisoformat(max(days)),
        tuple(agency for agency in _most_first(agencies) if agency),
        _most_first(versions),
        {channel: channels[channel] for channel in _most_first(channels)},
        closing,
    )


def _most_first(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda key: (-counts[key], key)))
