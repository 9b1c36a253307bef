"""The scales on which people say how satisfied they are; two scales never go into one share.

Three levels after article 12 of Circular 32/2017/TT-BTTTT, the only national text on rating an *online* service (it is
believed to be no longer in force); five as in the national satisfaction survey (SIPAS).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels are 1 (the worst) to `levels`; from `satisfied_from` up they count as satisfied."""

    id: str
    levels: int
    satisfied_from: int

    def has(self, level: int) -> bool:
        return 1 <= level <= self.levels

    def is_satisfied(self, level: int) -> bool:
        return self.satisfied_from <= level <= self.levels


THREE = Scale("three", 3, 2)
FIVE = Scale("five", 5, 4)
SCALES: Mapping[str, Scale] = {scale.id: scale for scale in (THREE, FIVE)}
