"""Community teams and the sums of their links, in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.ratings.model import Filing, Rating
from bot.store.sharing import Attribution, CommunityTeam, Count, Reach, Via, team_key
from bot.store.sql import session
from bot.store.sql.ratings import Written
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import write_entry
from bot.store.sql.times import day_text, stamp
from bot.store.staff import Act, Entry

_COLUMNS = "number, name, commune, is_active, at"
_TEAMS = f"select {_COLUMNS} from community_teams order by commune, key"  # noqa: S608 - our own names, as below
_NAMED = f"select {_COLUMNS} from community_teams where commune = ? and key = ?"  # noqa: S608
_ADD = "insert into community_teams (name, key, commune, is_active, at) values (?, ?, ?, 1, ?) returning number"
_SET = "update community_teams set is_active = ? where number = ? and is_active <> ?"
_IS_THERE = "select 1 from community_teams where number = ?"
_ACTIVE = "select commune from community_teams where number = ? and is_active = 1"
_SUMS = session.Counter("share_counts", ("day", "team", "commune", "target", "what"), ("n",))
_KEEP_RATING = "insert into shared_ratings (rating, day, team, commune, target, what) values (?, ?, ?, ?, ?, ?)"
_TAKE_RATING = "delete from shared_ratings where rating = ? returning day, team, commune, target, what"
_REACH = """
    select commune, team, what, sum(n) from share_counts where day between ? and ? group by commune, team, what
    having sum(n) <> 0 order by commune, team, what
"""


class SqlSharing:
    """`bot.store.sharing.Sharing` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def teams(self) -> tuple[CommunityTeam, ...]:
        return await self._readers.run(lambda database: tuple(map(_team, database.execute(_TEAMS).fetchall())))

    async def add_team(self, name: str, commune: str, act: Act) -> CommunityTeam:
        key = team_key(name)

        def write(database: Transaction) -> CommunityTeam:
            row = database.execute(_NAMED, [commune, key]).fetchone()
            if row is not None:
                return _team(row)
            [(number,)] = database.execute(_ADD, [name, key, commune, stamp(act.at)]).fetchall()
            write_entry(database, Entry(act, _subject(number), {}, {"team_name": name, "commune": commune}))
            return CommunityTeam(number, name, commune, is_active=True, at=act.at)

        return await self._writer.run(write)

    async def set_active(self, number: int, act: Act, *, is_active: bool) -> bool:
        def write(database: Transaction) -> bool:
            if database.execute(_SET, [int(is_active), number, int(is_active)]).rowcount:
                was, becomes = {"is_active": not is_active}, {"is_active": is_active}
                write_entry(database, Entry(act, _subject(number), was, becomes))
                return True
            return database.execute(_IS_THERE, [number]).fetchone() is not None

        return await self._writer.run(write)

    async def count(self, day: date, via: Via, target: str, what: Count) -> None:
        await self._writer.run(lambda database: count_share(database, day.isoformat(), via, target, what))

    async def reach(self, first: date, last: date) -> tuple[Reach, ...]:
        def read(database: Database) -> tuple[Reach, ...]:
            sums: dict[tuple[str, int], dict[Count, int]] = {}
            for commune, team, what, n in database.execute(_REACH, [first.isoformat(), last.isoformat()]).fetchall():
                sums.setdefault((commune, team), {})[Count(what)] = n
            return tuple(Reach(team, commune, counts) for (commune, team), counts in sums.items())

        return await self._readers.run(read)


def count_share(database: Transaction, day: str, via: Via, target: str, what: Count) -> tuple[int, str]:
    """The team and the commune for which it was counted. Within the transaction of whoever calls.

    `day`: in Vietnam, written YYYY-MM-DD.
    """
    home = database.execute(_ACTIVE, [via.team]).fetchone()
    team, commune = (0, via.commune) if home is None else (via.team, via.commune or home[0])
    database.add(_SUMS, (day, team, commune, target, what.value), (1,))
    return team, commune


def count_arrival(database: Transaction, attribution: Attribution, at: datetime) -> None:
    """A conversation that begins by a link, within the transaction of whoever calls."""
    if attribution.arrived:
        count_share(database, day_text(at), attribution.via, attribution.arrived, Count.CONVERSATION)


def count_shared_rating(
    database: Transaction, attribution: Attribution | None, rating: Rating, written: Written
) -> None:
    """The sums follow the figures: one for each person and service, moved with what they change.

    It stays with whoever's link it first came by. Of who filed at the counter nothing is counted: they used no online
    service. Within the transaction of whoever calls.
    """
    before = uncount_ratings(database, written.replaced)
    if not written.counts or rating.filing is Filing.COUNTER:
        return
    is_helped = rating.is_helped or rating.filing is Filing.HELPER
    what = Count.HELPED_RATING if is_helped else Count.RATING
    day, target = day_text(rating.at), f"tt:{rating.subject.code}"
    if before is not None:
        team, commune = before
        database.add(_SUMS, (day, team, commune, target, what.value), (1,))
    elif attribution is not None and written.is_more:
        team, commune = count_share(database, day, attribution.via, target, what)
    else:
        return
    database.execute(_KEEP_RATING, [written.number, day, team, commune, target, what.value])


def uncount_ratings(database: Transaction, numbers: Iterable[int]) -> tuple[int, str] | None:
    """Take ratings that count no longer out of the sums; the team and commune of the last one, None where none was in.

    Within the transaction of whoever calls.
    """
    whose = None
    for number in numbers:
        for row in database.execute(_TAKE_RATING, [number]).fetchall():
            database.add(_SUMS, row, (-1,))
            _, team, commune, *_ = row
            whose = (team, commune)
    return whose


def _team(row: tuple[int, str, str, int, str]) -> CommunityTeam:
    number, name, commune, is_active, at = row
    return CommunityTeam(number, name, commune, bool(is_active), datetime.fromisoformat(at))


def _subject(number: int) -> str:
    """What the log calls it."""
    return f"team:{number}"
