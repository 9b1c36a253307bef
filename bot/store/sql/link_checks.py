"""What the addresses that the assistant leads to have answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.store.freshness import LinkAnswer, LinkCheck, LinkOutcome
from bot.store.sql.session import Database, Readers, Writer
from bot.store.sql.times import stamp

_COLUMNS = (
    "address, tried_at, outcome, why, answered_at, answer, status, moved_to, etag, last_modified, "
    "gone_since, gone_until"
)
_RENEWED = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
_KEEP = f"""
    insert into link_checks ({_COLUMNS}) values ({", ".join("?" * 12)})
    on conflict (address) do update set {_RENEWED}
"""  # noqa: S608 - our own names
_LISTED = f"select {_COLUMNS} from link_checks order by address"  # noqa: S608
_GONE = "select address from link_checks where gone_since < gone_until"


class SqlLinkChecks:
    """`bot.store.freshness.LinkChecks` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def keep(self, check: LinkCheck) -> None:
        row = _row(check)
        await self._writer.run(lambda database: database.execute(_KEEP, row).rowcount)

    async def listed(self) -> tuple[LinkCheck, ...]:
        return await self._readers.run(
            lambda database: tuple(_check(row) for row in database.execute(_LISTED).fetchall())
        )

    async def surely_gone(self) -> frozenset[str]:
        def read(database: Database) -> frozenset[str]:
            return frozenset(address for (address,) in database.execute(_GONE).fetchall())

        return await self._readers.run(read)


def _row(check: LinkCheck) -> list[object]:
    answer = check.answer
    told: list[object] = [None] * 6
    if answer is not None:
        told = [
            *(stamp(answer.at), answer.outcome.value, answer.status),
            *(answer.to, answer.etag, answer.last_modified),
        ]
    gone = [day and day.isoformat() for day in (check.gone_since, check.gone_until)]
    return [check.address, stamp(check.tried_at), check.outcome.value, check.why, *told, *gone]


def _check(row: tuple[Any, ...]) -> LinkCheck:
    address, tried_at, outcome, why, answered_at, said, status, to, etag, modified, since, until = row
    answer = None
    if answered_at is not None:
        answer = LinkAnswer(datetime.fromisoformat(answered_at), LinkOutcome(said), status, to, etag, modified)
    return LinkCheck(
        *(address, datetime.fromisoformat(tried_at), LinkOutcome(outcome), why, answer),
        None if since is None else date.fromisoformat(since),
        None if until is None else date.fromisoformat(until),
    )
