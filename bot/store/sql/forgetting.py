"""What has outlived its time goes bite by bite: whoever answers meanwhile waits for one bite, not for all of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.store.interface import Cutoffs
from bot.store.sql.session import Database
from bot.store.sql.times import day_text, stamp
from bot.store.sqlite.migrations.conversations import BROUGHT_SINCE

A_BITE = 200
"""So many rows in one piece of work of the writer; some tens of milliseconds."""
# Staff who have linked their chat are to be written to later.
_UNUSED_CONTACTS = "max(last_seen, coalesce(silent_until, '')) < ? and person not in (select person from staff_chats)"


@dataclass(frozen=True, slots=True)
class OldRows:
    """`change`: what becomes of those rows of a table that `condition` is true of, with `before` in it.

    `key`: what tells its rows apart.
    """

    table: str
    change: str
    condition: str
    before: str
    key: str = "rowid"

    def forget_some(self, database: Database) -> int:
        """How many; fewer than A_BITE when there are no more. Within the transaction of whoever calls."""
        some = f"select {self.key} from {self.table} where {self.condition} limit {A_BITE}"  # noqa: S608 - our own names
        return database.execute(f"{self.change} where ({self.key}) in ({some})", [self.before]).rowcount


def old_rows(before: Cutoffs) -> Iterator[OldRows]:
    """All that is to be forgotten. What is changed is not found again."""
    events, raters = before.events.isoformat(), before.raters.isoformat()
    yield _deleted("conversations", "updated_at < ?", before.states.isoformat())
    yield OldRows(
        "conversations",
        "update conversations set state = json_remove(state, '$.brought')",
        f"{BROUGHT_SINCE} < ? and {BROUGHT_SINCE} is not null",
        before.brought.isoformat(),
    )
    yield _deleted("events", "at < ?", events)
    yield _deleted("helpfulness", "at < ?", events)
    yield _deleted("contacts", _UNUSED_CONTACTS, stamp(before.contacts))
    yield _deleted("inbox", "closed_at < ? and closed is not null", stamp(before.keys))
    yield _deleted("unfound", "day < ?", day_text(before.unfound), "folded, day, why")
    yield _deleted("stale_said", "day < ?", day_text(before.events), "person, code, day")
    yield _deleted("follow_ups", "coalesce(ended_at, due_at) < ?", stamp(before.events))
    whose = "at < ? and person <> ''"
    yield OldRows("ratings", "update ratings set person = '', comment = null", whose, raters)
    yield OldRows("askings", "update askings set person = ''", whose, raters)
    yield OldRows("obstacles", "update obstacles set person = '', words = ''", whose, raters)
    # Whose a rating was is not known any more, so nobody changes it.
    yield _deleted("shared_ratings", "day < ?", day_text(before.raters))
    # The keyed hash of an address serves to see a burst, within the hour.
    addresses = "at < ? and address <> ''"
    yield OldRows("ratings", "update ratings set address = ''", addresses, before.contacts.isoformat())


def _deleted(table: str, condition: str, before: str, key: str = "rowid") -> OldRows:
    return OldRows(table, f"delete from {table}", condition, before, key)  # noqa: S608 - our own names
