"""All that is kept of a person goes from one keyed hash to another, in one transaction.

Mostly nothing stands under the new hash yet. Where both have something that there can be only once, as after a while in
which processes with different keys answered the same person, it becomes what it would be if they had always been one.
"""

from __future__ import annotations

from datetime import datetime

from bot.ratings.scales import SCALES
from bot.store.sql.cases import follow_rating
from bot.store.sql.counting import count_rating
from bot.store.sql.session import Transaction
from bot.store.sql.sharing import uncount_ratings
from bot.store.sql.times import stamp

MOVED = (
    *("conversations", "contacts", "told", "events", "helpfulness", "follow_ups", "ratings", "askings", "obstacles"),
    *("stale_said", "staff_chats", "rekeyed", "inbox"),
)
"""The tables with hashes of people."""
# What waits in the inbox has no index by person; whoever has written has a contact as well.
_LOOKED_AT = tuple(table for table in MOVED if table != "inbox")
KEPT_OF = " union all ".join(
    f"select 1 from {table} where person = :person and person <> ''"  # noqa: S608 - our own names
    for table in _LOOKED_AT
)
KEPT_OF = f"select 1 from ({KEPT_OF}) as kept limit 1"  # noqa: S608

ERASE = "delete from rekeyed where person = ?"
_IF_NONE = "and not exists (select 1 from {table} as theirs where theirs.person = :to{same})"
_MOVE = "update {table} set person = :to where person = :person"


def _moved(table: str, *key: str, where: str = "") -> str:
    """Those rows of which there is none with the same `key` under the new hash."""
    same = "".join(f" and theirs.{column} = {table}.{column}" for column in key)
    also = f" and {where}" if where else ""
    return _MOVE.format(table=table) + also + " " + _IF_NONE.format(table=table, same=same + also)


_OLDER_STATE = """
    delete from conversations where person = :to and exists (
        select 1 from conversations as was where was.person = :person and was.updated_at > conversations.updated_at)
"""
# When they were there last, and until when a clerk answers them.
_JOIN_CONTACTS = """
    update contacts set
        last_seen = case when was.last_seen > contacts.last_seen then was.last_seen else contacts.last_seen end,
        silent_until = case when coalesce(was.silent_until, '') > coalesce(contacts.silent_until, '')
            then was.silent_until else contacts.silent_until end
    from (select last_seen, silent_until from contacts where person = :person) as was where contacts.person = :to
"""
# Held until the commit: who is deleted or moved by two processes at once leaves the sums once.
_LAST = """
    select id, code, period, day, agency, commune, channel, origin, scale, filing, mark, is_helped, level from ratings
    where person = ? and person <> '' and is_last = 1 order by id /*! for update */
"""
_NO_LAST = "update ratings set is_last = 0 where id = ?"
_STATEMENTS = (
    _OLDER_STATE,
    _moved("conversations"),
    "delete from conversations where person = :person",
    _JOIN_CONTACTS,
    _moved("contacts"),
    "delete from contacts where person = :person",
    _moved("told", "message"),
    "delete from told where person = :person",
    _moved("staff_chats"),
    "delete from staff_chats where person = :person",
    # Of two that wait the later is asked about, as when one person opens two pages.
    f"{_MOVE.format(table='follow_ups')} and how is not null",
    """delete from follow_ups where person = :to and how is null and exists (
        select 1 from follow_ups as was where was.person = :person and was.how is null
            and was.opened_at > follow_ups.opened_at)""",
    _moved("follow_ups", where="how is null"),
    "delete from follow_ups where person = :person",
    _moved("stale_said", "code", "day"),
    "delete from stale_said where person = :person",
    # Both stay in the sums, as of two people; whose the older one was is not kept.
    _moved("askings", "code", "period") + " and person <> ''",
    "update askings set person = '' where person = :person and person <> ''",
    _moved("obstacles", "code", "day") + " and person <> ''",
    "update obstacles set person = '', words = '' where person = :person and person <> ''",
    _MOVE.format(table="events"),
    _MOVE.format(table="helpfulness"),
    f"{_MOVE.format(table='inbox')} and closed is null",
    f"{_MOVE.format(table='ratings')} and person <> ''",
    "delete from rekeyed where person = :person",
)
_NOTE = """
    insert into rekeyed (person, fingerprint, at) values (?, ?, ?) on conflict (person) do update
    set fingerprint = excluded.fingerprint, at = excluded.at
"""


def move_person(database: Transaction, person: str, to: str, fingerprint: str, at: datetime) -> bool:
    """See `bot.store.keys.KeyBook.move`; within the transaction of whoever calls."""
    if not person or not to or person == to:
        return False
    if database.execute(KEPT_OF, {"person": person}).fetchone() is None:
        return False
    _one_rating_each(database, person, to)
    for statement in _STATEMENTS:
        database.execute(statement, {"person": person, "to": to})
    database.execute(_NOTE, [to, fingerprint, stamp(at)])
    return True


def _one_rating_each(database: Transaction, person: str, to: str) -> None:
    """Of two ratings of the same service in the same period the later counts, as when one person rates again."""
    theirs = {(row[1], row[2]): row for row in database.execute(_LAST, [to]).fetchall()}
    for row in database.execute(_LAST, [person]).fetchall():
        other = theirs.get((row[1], row[2]))
        if other is None:
            continue
        (old, code, _, day, agency, commune, *rest), new = min(row, other), max(row, other)[0]
        *kinds, level = rest
        count_rating(database, day, (agency, commune, code, *kinds), level, -1)
        database.execute(_NO_LAST, [old])
        follow_rating(database, old, new, was_bad=not SCALES[kinds[2]].is_satisfied(level))
        uncount_ratings(database, [old])
