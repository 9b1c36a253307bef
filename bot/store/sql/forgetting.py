"""What has outlived its time goes bite by bite: whoever answers meanwhile waits for one bite, not for all of a day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.store.interface import Cutoffs
from bot.store.sql.session import Database
from bot.store.sql.times import day_text, stamp

A_BITE = 200
"""So many rows in one piece of work of the writer; some tens of milliseconds."""
# Staff who have linked their chat are to be written to later.
_UNUSED_CONTACTS = (
    "last_seen < :before and coalesce(silent_until, '') < :before and person not in (select person from staff_chats)"
)
_BROUGHT = "select person, state from conversations where brought_since < ? limit ? /*! for update */"
_NOT_BROUGHT = "update conversations set state = ?, brought_since = null where person = ?"


class Old(Protocol):
    """Something that is to be forgotten."""

    def forget_some(self, database: Database) -> int:
        """How many; fewer than A_BITE when there are no more. Within the transaction of whoever calls."""
        ...


@dataclass(frozen=True, slots=True)
class OldRows:
    """`change`: what becomes of those rows of a table that `condition` is true of, with `before` in it.

    `key`: what tells its rows apart.
    """

    table: str
    change: str
    condition: str
    before: str
    key: str = "id"

    def forget_some(self, database: Database) -> int:
        some = f"select {self.key} from {self.table} where {self.condition} limit {A_BITE}"  # noqa: S608 - our own names
        return database.execute(f"{self.change} where ({self.key}) in ({some})", {"before": self.before}).rowcount


@dataclass(frozen=True, slots=True)
class OldBrought:
    """By whose link somebody came, in the state of their conversation; the rest of it stays."""

    before: str

    def forget_some(self, database: Database) -> int:
        found = database.execute(_BROUGHT, [self.before, A_BITE]).fetchall()
        for person, state in found:
            database.execute(_NOT_BROUGHT, [_without_brought(state), person])
        return len(found)


def old_rows(before: Cutoffs) -> Iterator[Old]:
    """All that is to be forgotten. What is changed is not found again."""
    events, raters = before.events.isoformat(), before.raters.isoformat()
    yield _deleted("conversations", "updated_at < :before", before.states.isoformat(), "person")
    yield OldBrought(before.brought.isoformat())
    yield _deleted("events", "at < :before", events)
    yield _deleted("helpfulness", "at < :before", events)
    yield _deleted("contacts", _UNUSED_CONTACTS, stamp(before.contacts), "person")
    yield _deleted("inbox", "closed_at < :before and closed is not null", stamp(before.keys))
    yield _deleted("unfound", "day < :before", day_text(before.unfound), "folded, day, why")
    yield _deleted("stale_said", "day < :before", day_text(before.events), "person, code, day")
    yield _deleted("follow_ups", "coalesce(ended_at, due_at) < :before", stamp(before.events))
    whose = "at < :before and person <> ''"
    yield OldRows("ratings", "update ratings set person = '', comment = null", whose, raters)
    yield OldRows("askings", "update askings set person = ''", whose, raters)
    yield OldRows("obstacles", "update obstacles set person = '', words = ''", whose, raters)
    # Whose a rating was is not known any more, so nobody changes it.
    yield _deleted("shared_ratings", "day < :before", day_text(before.raters), "rating")
    # The keyed hash of an address serves to see a burst, within the hour.
    addresses = "at < :before and address <> ''"
    yield OldRows("ratings", "update ratings set address = ''", addresses, before.contacts.isoformat())


def _deleted(table: str, condition: str, before: str, key: str = "id") -> OldRows:
    return OldRows(table, f"delete from {table}", condition, before, key)  # noqa: S608 - our own names


def _without_brought(state: str) -> str:
    """As it was, where it cannot be read."""
    try:
        kept = json.loads(state)
    except ValueError:
        return state
    if not isinstance(kept, dict):
        return state
    kept.pop("brought", None)
    return json.dumps(kept, ensure_ascii=False)
