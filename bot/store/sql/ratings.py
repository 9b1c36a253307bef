"""Ratings in SQL: each is added below the others, and the counts that figures are read from follow at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ratings.flags import BURST_WITHIN, MANY_WITHIN, Surroundings, flags_of, mark_of
from bot.ratings.model import Asking, Filing, Flag, Identity, Mark, Obstacle, Origin, Rating, Remark, Subject, Survey
from bot.ratings.scales import SCALES
from bot.store.sql.cases import follow_rating
from bot.store.sql.counting import count_asking, count_rating
from bot.store.sql.session import Database, Readers, Transaction
from bot.store.sql.times import day_text

_COLUMNS = (
    "at, period, person, code, service, agency, commune, channel, origin, scale, level, filing, identity, "
    "catalogue_version, is_helped, flags, link, address"
)
_ADD = f"""
    insert into ratings ({_COLUMNS}, day, mark, is_last, comment, may_be_told)
    values ({", ".join("?" * 18)}, ?, ?, 1, ?, ?) returning id
"""  # noqa: S608 - our own names
_REPLACE = """
    update ratings set is_last = 0 where person = ? and code = ? and period = ? and is_last = 1 and person <> ''
    returning id, day, agency, commune, code, channel, origin, scale, filing, mark, is_helped, level,
        comment, may_be_told
"""
_SCALE, _LEVEL = 6, 10
"""Where they stand in what _REPLACE returns, behind the id."""
_MARK = 7
"""Where it stands behind the day."""
_REMARK = """
    update ratings set comment = coalesce(?, comment), may_be_told = coalesce(?, may_be_told)
    where person = ? and code = ? and period = ? and is_last = 1 and person <> ''
"""
_ASK = """
    insert into askings
    (at, day, period, person, code, agency, commune, channel, origin, link, is_answered)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (person, code, period) where person <> '' do nothing
"""
_ANSWER = """
    update askings set is_answered = 1
    where person = ? and code = ? and period = ? and person <> '' and is_answered = 0
    returning day, agency, commune, code, channel, origin
"""
# Who names a reason, and then another or their own words, has one reason: the last.
_ADD_OBSTACLE = """
    insert into obstacles (at, day, person, code, agency, commune, channel, reason, words, catalogue_version)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (person, code, day) where person <> '' do update set
    at = excluded.at, agency = excluded.agency, commune = excluded.commune, channel = excluded.channel,
    words = case when excluded.words = '' and obstacles.reason = excluded.reason then obstacles.words
        else excluded.words end,
    reason = excluded.reason, catalogue_version = excluded.catalogue_version
"""
# Who changes a rating adds none: neither those before it nor the one that it replaces are counted.
_ANOTHER = "and is_last = 1 and not (person = ? and code = ? and period = ? and person <> '')"
_OF_LINK = f"""
    select count(*) from (select 1 from ratings where link = ? and link <> '' and at > ? {_ANOTHER} limit 1000) as found
"""  # noqa: S608
_OF_ADDRESS = f"""
    select count(*) from (
        select 1 from ratings where address = ? and address <> '' and at > ? {_ANOTHER} limit 1000
    ) as found
"""  # noqa: S608
_OF_PERSON = "select count(distinct code) from ratings where person = ? and person <> '' and at > ? and code <> ?"
_HAS_CONVERSATION = "select 1 from events where person = ? and status in ('answered', 'asked_back') limit 1"
_IS_STAFF = "select 1 from staff_chats where person = ? limit 1"
_OF_THREE = "where person = ? and code = ? and period = ? and person <> ''"
# The report month that runs: in an earlier one nobody can rate any more. Held until the commit, so that who deletes
# twice at once leaves the sums once.
_OF_THIS_MONTH = """
    select id, day, agency, commune, code, channel, origin, scale, filing, mark, is_helped, level, flags from ratings
    where person = ? and person <> '' and is_last = 1
        and period = (select period from ratings where id = (select max(id) from ratings))
    order by id /*! for update */
"""
_SET_ASIDE = "update ratings set flags = ?, mark = ? where id = ?"
# What is deleted of a person: their words, and whose it was. The bare figures stay.
ERASE_RATINGS = (
    "update ratings set person = '', comment = null, may_be_told = 0, address = '' where person = ? and person <> ''"
)
ERASE_ASKINGS = "update askings set person = '' where person = ? and person <> ''"
ERASE_OBSTACLES = "update obstacles set person = '', words = '' where person = ? and person <> ''"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a rating. `number`: its row; `replaced`: those of the ratings in whose place it stands.

    `counts`: it is not set aside. `is_more`: nor did one that it replaces count.
    """

    number: int
    replaced: tuple[int, ...]
    counts: bool
    is_more: bool


def set_aside_erased(database: Transaction, person: str) -> tuple[int, ...]:
    """Before ERASE_RATINGS: who may rate the same again as somebody else counts once, and not as often as they delete.

    The rows that are set aside. Within the transaction of whoever calls.
    """
    numbers = []
    for number, day, *counted, level, flags in database.execute(_OF_THIS_MONTH, [person]).fetchall():
        *place, mark, is_helped = counted
        count_rating(database, day, tuple(counted), level, -1)
        known = {*map(Flag, flags.split()), Flag.ERASED}
        found = tuple(flag for flag in Flag if flag in known)
        mark = mark_of(found)
        count_rating(database, day, (*place, mark.value, is_helped), level, 1)
        database.execute(_SET_ASIDE, [" ".join(found), mark.value, number])
        numbers.append(number)
    return tuple(numbers)


def write_survey(database: Transaction, survey: Survey) -> Written | None:
    """Keep what came of asking, within the transaction of whoever calls. None: there is no rating in it."""
    if survey.asking is not None:
        _ask(database, survey.asking)
    written = None if survey.rating is None else _rate(database, survey.rating)
    if survey.remark is not None:
        _remark(database, survey.remark)
    if survey.obstacle is not None:
        _obstacle(database, survey.obstacle)
    return written


def _ask(database: Transaction, asking: Asking) -> None:
    day, about = day_text(asking.at), asking.subject
    place = (about.agency, about.commune, about.code, asking.channel, asking.origin.value)
    written = database.execute(
        _ASK,
        [
            asking.at.isoformat(),
            day,
            asking.period,
            asking.person,
            about.code,
            about.agency,
            about.commune,
            asking.channel,
            asking.origin.value,
            asking.link,
            int(asking.is_answered),
        ],
    )
    if written.rowcount == 1:
        count_asking(database, day, place, 1, int(asking.is_answered))
    elif asking.is_answered:
        _answered(database, asking.person, about.code, asking.period)


def _answered(database: Transaction, person: str, code: str, period: str) -> None:
    for day, *place in database.execute(_ANSWER, [person, code, period]).fetchall():
        count_asking(database, day, tuple(place), 0, 1)


def _rate(database: Transaction, rating: Rating) -> Written:
    flags = flags_of(rating.origin, rating.flags, _surroundings(database, rating))
    if Flag.STAFF not in flags and database.execute(_IS_STAFF, [rating.person]).fetchone():
        flags = flags_of(rating.origin, (*flags, Flag.STAFF), Surroundings())
    mark, day, about = mark_of(flags), day_text(rating.at), rating.subject
    comment, may_be_told, counted_before = None, 0, False
    replaced = database.execute(_REPLACE, [rating.person, about.code, rating.period]).fetchall()
    for _, was_day, *dimensions, level, kept, told in replaced:
        count_rating(database, was_day, tuple(dimensions), level, -1)
        comment, may_be_told = kept, told
        counted_before = counted_before or dimensions[_MARK] != Mark.ASIDE
    added = database.execute(_ADD, [*_row(rating, flags), day, mark.value, comment, may_be_told])
    number = int(added.fetchone()[0])
    for old, *was in replaced:
        scale, level = was[_SCALE], was[_LEVEL]
        follow_rating(database, old, number, was_bad=not SCALES[scale].is_satisfied(level))
    counted = (
        about.agency,
        about.commune,
        about.code,
        rating.channel,
        rating.origin.value,
        rating.scale,
        rating.filing.value,
        mark.value,
        int(rating.is_helped),
    )
    count_rating(database, day, counted, rating.level, 1)
    counts = mark is not Mark.ASIDE
    return Written(number, tuple(old for old, *_ in replaced), counts, counts and not counted_before)


def _surroundings(database: Database, rating: Rating) -> Surroundings:
    def count(statement: str, value: str, within: timedelta, *more: str) -> int:
        since = (rating.at - within).isoformat()
        return int(database.execute(statement, [value, since, *more]).fetchone()[0])

    own = (rating.person, rating.subject.code, rating.period)
    return Surroundings(
        count(_OF_LINK, rating.link, BURST_WITHIN, *own),
        count(_OF_ADDRESS, rating.address, BURST_WITHIN, *own),
        count(_OF_PERSON, rating.person, MANY_WITHIN, rating.subject.code),
        database.execute(_HAS_CONVERSATION, [rating.person]).fetchone() is not None,
    )


def _remark(database: Transaction, remark: Remark) -> None:
    told = None if remark.may_be_told is None else int(remark.may_be_told)
    database.execute(_REMARK, [remark.comment, told, remark.person, remark.code, remark.period])


def _obstacle(database: Transaction, obstacle: Obstacle) -> None:
    about = obstacle.subject
    database.execute(
        _ADD_OBSTACLE,
        [
            obstacle.at.isoformat(),
            day_text(obstacle.at),
            obstacle.person,
            about.code,
            about.agency,
            about.commune,
            obstacle.channel,
            obstacle.reason.value,
            obstacle.words,
            obstacle.catalogue_version,
        ],
    )


def _row(rating: Rating, flags: tuple[Flag, ...]) -> list[object]:
    about = rating.subject
    return [
        rating.at.isoformat(),
        rating.period,
        rating.person,
        about.code,
        about.service,
        about.agency,
        about.commune,
        rating.channel,
        rating.origin.value,
        rating.scale,
        rating.level,
        rating.filing.value,
        rating.identity.value,
        rating.catalogue_version,
        int(rating.is_helped),
        " ".join(flags),
        rating.link,
        rating.address,
    ]


def _rating(row: tuple[str, ...]) -> Rating:
    at, period, person, code, service, agency, commune, channel, origin, scale, level, filing, identity = row[:13]
    version, is_helped, flags, link, address = row[13:]
    return Rating(
        datetime.fromisoformat(at),
        period,
        person,
        Subject(code, service, agency, commune),
        channel,
        Origin(origin),
        scale,
        int(level),
        Filing(filing),
        Identity(identity),
        version,
        bool(is_helped),
        tuple(map(Flag, flags.split())),
        link,
        address,
    )


class SqlRatings:
    """`bot.store.ratings.Ratings` says what the methods do."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def last(self, person: str, code: str, period: str) -> Rating | None:
        found = await self._found(f"select {_COLUMNS} from ratings {_OF_THREE} and is_last = 1", [person, code, period])  # noqa: S608
        return found[0] if found else None

    async def history(self, person: str, code: str, period: str) -> tuple[Rating, ...]:
        return await self._found(f"select {_COLUMNS} from ratings {_OF_THREE} order by id", [person, code, period])  # noqa: S608

    async def is_used(self, person: str) -> bool:
        found = await self._found(f"select {_COLUMNS} from ratings where person = ? and person <> '' limit 1", [person])  # noqa: S608
        return bool(found)

    async def _found(self, statement: str, values: list[str]) -> tuple[Rating, ...]:
        def read(database: Database) -> tuple[Rating, ...]:
            return tuple(map(_rating, database.execute(statement, values).fetchall()))

        return await self._readers.run(read)
