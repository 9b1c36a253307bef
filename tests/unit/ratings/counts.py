"""Ratings one by one, the counts that a store makes of them, and strategies for both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import strategies as st

from bot.ratings.model import Filing, Mark
from bot.ratings.scales import FIVE, SCALES, THREE


@dataclass(frozen=True, slots=True)
class Given:
    """A rating, as far as figures look at it."""

    key: str
    level: int
    scale: str = THREE.id
    filing: str = Filing.ONLINE
    mark: str = Mark.CLEAN
    is_helped: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The same shape as a count of the store."""

    key: str
    scale: str
    filing: str
    mark: str
    is_helped: bool
    levels: tuple[int, int, int, int, int]
    asked: int = 0
    answered: int = 0


def tallies(ratings: list[Given]) -> list[Tally]:
    kinds = Counter((r.key, r.scale, str(r.filing), str(r.mark), r.is_helped, r.level) for r in ratings)
    rows = dict.fromkeys(kind[:5] for kind in kinds)
    return [Tally(*row, levels_of({kind[5]: n for kind, n in kinds.items() if kind[:5] == row})) for row in rows]


def levels_of(found: dict[int, int]) -> tuple[int, int, int, int, int]:
    one, two, three, four, five = (found.get(level, 0) for level in range(1, 6))
    return one, two, three, four, five


def asked(key: str, number: int, answered: int) -> Tally:
    return Tally(key, "", "", "", False, (0, 0, 0, 0, 0), number, answered)


def online(key: str, satisfied: int, dissatisfied: int = 0, **more: object) -> Tally:
    """On the scale of three levels."""
    kind = {"filing": Filing.ONLINE.value, "mark": Mark.CLEAN.value, "is_helped": False, **more}
    return Tally(
        key,
        THREE.id,
        str(kind["filing"]),
        str(kind["mark"]),
        bool(kind["is_helped"]),
        (dissatisfied, 0, satisfied, 0, 0),
    )


GIVEN = st.sampled_from([THREE, FIVE]).flatmap(
    lambda scale: st.builds(
        Given,
        key=st.sampled_from("abcd"),
        level=st.integers(1, SCALES[scale.id].levels),
        scale=st.just(scale.id),
        filing=st.sampled_from(Filing),
        mark=st.sampled_from(Mark),
        is_helped=st.booleans(),
    )
)
