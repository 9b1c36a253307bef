"""The written rules by which ratings are flagged. A flag never deletes; each says whether the rating still counts.

| flag | rule | counts |
|---|---|---|
| `burst` | more than MOST_FROM_A_LINK within an hour through one link, or MOST_FROM_AN_ADDRESS from one address | no |
| | of those at a counter, whose visitors share its network, MOST_FROM_A_LINK from one address | no |
| `many` | more than MOST_OF_A_PERSON of one person within a day | no |
| `staff` | given from a staff member's own account | no |
| `test` | given while the test mode is on | no |
| `erased` | of who had their data deleted in the same report month: whether they rated again, nobody can tell | no |
| `group` | given in a group of a messenger: one account is somebody else in each, and can found more of them | no |
| `no_conversation` | no answer to this person before, and it does not come from a counter's code | yes |
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.ratings.model import Flag, Mark, Origin

BURST_WITHIN = timedelta(hours=1)
MANY_WITHIN = timedelta(days=1)
MOST_FROM_A_LINK = 40
"""A busy counter serves fewer people in an hour."""
MOST_FROM_AN_ADDRESS = 30
"""An office's shared connection, or one of the addresses behind which a mobile carrier puts many telephones."""
MOST_OF_A_PERSON = 5
_STILL_COUNTED = frozenset({Flag.NO_CONVERSATION})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How many ratings came before this one: by its link and its address within BURST_WITHIN, by its person within
    MANY_WITHIN (other procedures); and whether the person had an answer before."""

    of_link: int = 0
    of_address: int = 0
    of_person: int = 0
    has_conversation: bool = True


def flags_of(origin: Origin, known: Collection[Flag], around: Surroundings) -> tuple[Flag, ...]:
    """All flags of a rating, in the order of `Flag`. `known`: those that whoever took it knows of."""
    of_one_network = MOST_FROM_A_LINK if origin is Origin.COUNTER else MOST_FROM_AN_ADDRESS
    is_burst = around.of_link >= MOST_FROM_A_LINK or around.of_address >= of_one_network
    found = {
        *known,
        *((Flag.BURST,) if is_burst else ()),
        *((Flag.MANY,) if around.of_person >= MOST_OF_A_PERSON else ()),
        *((Flag.NO_CONVERSATION,) if not around.has_conversation and origin is not Origin.COUNTER else ()),
    }
    return tuple(flag for flag in Flag if flag in found)


def mark_of(flags: Collection[Flag]) -> Mark:
    if not flags:
        return Mark.CLEAN
    return Mark.FLAGGED if _STILL_COUNTED.issuperset(flags) else Mark.ASIDE
