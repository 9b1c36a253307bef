"""Which store it is: a random name that a copy takes over, and whether the copy is whole and still only a copy.

A target is written to only where nothing can be lost by it: it holds nothing, or it is a copy of this source that was
not in service since.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import UnfinishedStore
from bot.store.moving.sides import Source, Target
from bot.store.moving.tables import Table
from bot.store.sql.session import Database

TABLE = "store_identity"
OF_PROCESSES = frozenset({"held_names", "leases", "processes"})
"""What says only who is running on this store just now. A lease stays in its table once a process has served."""
NO_DATA = frozenset({"secret_keys"})
"""Is copied, but says only that a process has begun there."""
APART = OF_PROCESSES | {TABLE}
"""Tables that are the store's own and are not copied."""

UNFINISHED = "a copy that was broken off"
FINISH = (
    "Finish it with `python -m bot store copy`; where a backup was being put back, with "
    "`python -m bot restore FILE --replace`"
)
_READ = 'select id, is_whole from store_identity where "only" = 1'
_ADOPT = 'update store_identity set id = ?, is_whole = 0 where "only" = 1'
_FINISH = 'update store_identity set is_whole = 1 where "only" = 1'
_SERVED = "select name from leases limit 1"


@dataclass(frozen=True, slots=True)
class Identity:
    """`is_whole`: false while a copy is being made, and where it was broken off."""

    id: str
    is_whole: bool


def identity_of(side: Source) -> Identity:
    """Of a store that is set up."""
    name, is_whole = side.look(_READ)[0]
    return Identity(str(name), bool(is_whole))


def check_whole(database: Database) -> None:
    """Raises UnfinishedStore where the store is a copy that was begun and not finished: nobody may work on it."""
    if not database.execute(_READ).fetchone()[1]:
        raise UnfinishedStore(f"the database is {UNFINISHED}", FINISH)


def adopt(source: Source, target: Target) -> None:
    """The target is a copy of the source from now on, and not yet whole; who ran on it before is forgotten."""
    target.begin()
    target.do(_ADOPT, [identity_of(source).id])
    there = {name for name in OF_PROCESSES if target.has(name)}
    for name in sorted(there):
        target.do(f"delete from {name}")  # noqa: S608 - our own names
    target.commit()


def finish(target: Target) -> None:
    """The copy is whole."""
    target.begin()
    target.do(_FINISH)
    target.commit()


def is_empty(side: Source) -> bool:
    """Whether nothing was ever kept there."""
    return not any(side.page(table, None, 1) if table.key else side.count(table) for table in _with_data(side))


def why_not(source: Source, target: Source) -> str | None:
    """Why writing to the target would destroy something; None where it would not."""
    if is_empty(target):
        return None
    if identity_of(source).id != identity_of(target).id:
        return "it holds the data of another store"
    if target.has("leases") and target.look(_SERVED):
        return "it has been in service since it was made"
    newer = [table.name for table in target.tables if _is_newer(source, target, table)]
    if newer:
        return f"it has rows that were made there and not in the source ({', '.join(newer)})"
    return None


def _with_data(side: Source) -> tuple[Table, ...]:
    return tuple(table for table in side.tables if not table.is_single and table.name not in NO_DATA)


def _is_newer(source: Source, target: Source, table: Table) -> bool:
    """Whether the target gave a number that the source, which remembers all that it gave, has not given yet."""
    if table.numbered is None:
        return False
    given, there = source.highest(table), target.highest_there(table)
    return given is not None and there > max(given, source.highest_there(table))
