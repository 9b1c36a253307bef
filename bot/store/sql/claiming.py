"""Who answers what: an update is claimed by one owner at a time, and of one person's only one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass

from bot.store.inbox import BY_ITSELF, OUT_OF_TURN
from bot.store.sql.clauses import one_of
from bot.store.sql.session import Database, Row, Transaction


def with_kinds(statement: str) -> str:
    """With the kinds written out that stand in it as OUT_OF_TURN and BY_ITSELF."""
    for name, kinds in (("OUT_OF_TURN", OUT_OF_TURN), ("BY_ITSELF", BY_ITSELF)):
        statement = statement.replace(name, ", ".join(f"'{kind}'" for kind in sorted(kinds)))
    return statement


_TAKE = with_kinds("""
    update inbox set owner = :owner, owned_until = :until where id in (
        select id from inbox as one
        where channel = :channel and closed is null and ready_at <= :now
        -- A lease that ends much later than one that began now was made by a clock that was ahead.
        and (owned_until < :now or owned_until > :latest)
        -- Nor has a process let go that lives, and is not struck off: it is the clock that has jumped.
        and not exists (
            select 1 from processes
            where one.owner <> :owner and one.owner >= processes.id || ':' and one.owner < processes.id || ';'
        )
        and not exists (
            select 1 from inbox as earlier
            where channel = one.channel and person = one.person and id < one.id and closed is null
            -- Nothing overtakes but what is out of turn, and that only what has been put off.
            and (one.kind not in (OUT_OF_TURN) or kind in (OUT_OF_TURN) or ready_at <= :now or owned_until >= :now)
            -- What nobody has asked for keeps nobody waiting, once it has been put off.
            and (kind not in (BY_ITSELF) or one.kind in (BY_ITSELF) or ready_at <= :now or owned_until >= :now)
        )
        -- What was overtaken waits for what has overtaken it.
        and not exists (
            select 1 from inbox as later
            where channel = one.channel and person = one.person and id > one.id and closed is null
            and owned_until >= :now and owned_until <= :latest
        )
        order by ready_at, id limit :limit /*! for update skip locked */
    )
    returning id, channel, key, person, address, kind, body, sent_at, expires_at, received_at,
        reply, parts_sent, is_attempted, tries
""")
_NOT_ALONE = """
    select id from inbox as one where {} and exists (
        select 1 from inbox as other
        where channel = one.channel and person = one.person and closed is null
        and owner <> ? and owned_until >= ? and owned_until <= ?
    )
"""
_GIVE_BACK = "update inbox set owner = null, owned_until = '' where owner = ? and closed is null and "


@dataclass(frozen=True, slots=True)
class Claim:
    """What an owner wants of a channel, at most `limit`. Times as they are kept.

    `latest`: when the lease of another may end that began at the same time.
    """

    channel: str
    owner: str
    now: str
    until: str
    latest: str
    limit: int

    def take(self, database: Transaction) -> list[Row]:
        """The rows of what is claimed."""
        return database.execute(_TAKE, asdict(self)).fetchall()

    def not_alone(self, database: Database, taken: Collection[int]) -> frozenset[int]:
        """Which of those belong to a person of whom somebody else is answering something.

        Where several write at once, two may each claim what the other cannot see yet: an update that was put away by a
        transaction that took longer, or what has been put off and has just become ready. Each looks again when its
        claim can be seen by all: whoever is the second finds the first. Both may find each other, and both let go; what
        came first is then claimed first.
        """
        asked = one_of("id", taken)
        rows = database.execute(_NOT_ALONE.format(asked.sql), [*asked.values, self.owner, self.now, self.latest])
        return frozenset(number for (number,) in rows.fetchall())

    def give_back(self, database: Transaction, some: Collection[int]) -> None:
        asked = one_of("id", some)
        database.execute(f"{_GIVE_BACK}{asked.sql}", [self.owner, *asked.values])
