"""What has outlived its time goes bite by bite: whoever answers meanwhile waits for one bite, not for all of a day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.store.interface import Cutoffs
from bot.store.register import ROW
from bot.store.sql.session import Database
from bot.store.sql.times import day_text, stamp

A_BITE = 200
"""So many rows in one piece of work of the writer; some tens of milliseconds."""
# Staff who have linked their chat are to be written to later.
_UNUSED_CONTACTS = (
    "last_seen < :before and coalesce(silent_until, '') < :before and person not in (select person from staff_chats)"
)
# What is unused for long has gone as a whole before.
_OF_BROUGHT = "from conversations where brought_since < :before and updated_at >= :used"
_BROUGHT = f"select person, state {_OF_BROUGHT} limit {A_BITE} /*! for update */"
_NOT_BROUGHT = "update conversations set state = ?, brought_since = null where person = ?"


class Old(Protocol):
    """Something to be forgotten: `takes` of rows of a `table`, by a `term`, as the privacy register says."""

    @property
    def table(self) -> str: ...

    @property
    def term(self) -> str: ...

    @property
    def takes(self) -> tuple[str, ...]: ...

    def count(self, database: Database) -> int:
        """How many rows it is."""
        ...

    def forget_some(self, database: Database) -> int:
        """How many; fewer than A_BITE when there are no more. Within the transaction of whoever calls."""
        ...


@dataclass(frozen=True, slots=True)
class OldRows:
    """`change`: what becomes of those rows of a table that `condition` is true of, with `before` in it.

    `key`: what tells its rows apart.
    """

    table: str
    term: str
    takes: tuple[str, ...]
    change: str
    condition: str
    before: str
    key: str = "id"

    def count(self, database: Database) -> int:
        counted = f"select count(*) from {self.table} where {self.condition}"  # noqa: S608 - our own names
        return int(database.execute(counted, {"before": self.before}).fetchone()[0])

    def forget_some(self, database: Database) -> int:
        some = f"select {self.key} from {self.table} where {self.condition} limit {A_BITE}"  # noqa: S608 - our own names
        return database.execute(f"{self.change} where ({self.key}) in ({some})", {"before": self.before}).rowcount


@dataclass(frozen=True, slots=True)
class OldBrought:
    """By whose link somebody came, in the state of their conversation; the rest of it stays.

    `used`: since when a conversation was used, if it is still there.
    """

    before: str
    used: str
    table: str = "conversations"
    term: str = "brought"
    takes: tuple[str, ...] = ("brought_since",)

    def count(self, database: Database) -> int:
        return int(database.execute(f"select count(*) {_OF_BROUGHT}", self._values).fetchone()[0])

    def forget_some(self, database: Database) -> int:
        found = database.execute(_BROUGHT, self._values).fetchall()
        for person, state in found:
            database.execute(_NOT_BROUGHT, [_without_brought(state), person])
        return len(found)

    @property
    def _values(self) -> dict[str, str]:
        return {"before": self.before, "used": self.used}


def old_rows(before: Cutoffs) -> Iterator[Old]:
    """All that is to be forgotten. What is changed is not found again."""
    states, events, raters = before.states.isoformat(), before.events.isoformat(), before.raters.isoformat()
    yield _deleted("conversations", "states", "updated_at < :before", states, "person")
    # As long as the ratings of who was moved: without it they would count as still to come.
    yield _deleted("rekeyed", "raters", "at < :before", raters, "person")
    yield OldBrought(before.brought.isoformat(), states)
    yield _deleted("events", "events", "at < :before", events)
    yield _deleted("helpfulness", "events", "at < :before", events)
    yield _deleted("contacts", "contacts", _UNUSED_CONTACTS, stamp(before.contacts), "person")
    yield _deleted("inbox", "keys", "closed_at < :before and closed is not null", stamp(before.keys))
    yield _deleted("erasures", "erasures", "at < :before", stamp(before.erasures), "person")
    yield _deleted("unfound", "unfound", "day < :before", day_text(before.unfound), "folded, day, why")
    yield _deleted("stale_said", "events", "day < :before", day_text(before.events), "person, code, day")
    yield _deleted("follow_ups", "events", "coalesce(ended_at, due_at) < :before", stamp(before.events))
    whose = "at < :before and person <> ''"
    yield _emptied("ratings", "raters", {"person": "''", "comment": "null"}, whose, raters)
    yield _emptied("askings", "raters", {"person": "''"}, whose, raters)
    yield _emptied("obstacles", "raters", {"person": "''", "words": "''"}, whose, raters)
    # Whose a rating was is not known any more, so nobody changes it.
    yield _deleted("shared_ratings", "raters", "day < :before", day_text(before.raters), "rating")
    # The keyed hash of an address serves to see a burst, within the hour.
    addresses = "at < :before and address <> ''"
    yield _emptied("ratings", "contacts", {"address": "''"}, addresses, before.contacts.isoformat())


def _deleted(table: str, term: str, condition: str, before: str, key: str = "id") -> OldRows:
    return OldRows(table, term, (ROW,), f"delete from {table}", condition, before, key)  # noqa: S608 - our own names


def _emptied(table: str, term: str, to: Mapping[str, str], condition: str, before: str) -> OldRows:
    """`to`: what stands in its columns afterwards."""
    change = f"update {table} set {', '.join(f'{column} = {value}' for column, value in to.items())}"  # noqa: S608
    return OldRows(table, term, tuple(to), change, condition, before)


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
