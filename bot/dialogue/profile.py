"""What is remembered of a person until they change it or delete it: nothing that says who they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MOST_RATED = 10


@dataclass(frozen=True, slots=True)
class Rated:
    """What they said of a procedure in a report month, to be shown back to them."""

    code: str
    period: str
    scale: str
    level: int


@dataclass(frozen=True, slots=True)
class Profile:
    """`language` (`vi`, `en`) as chosen; `commune` an agency code. `commune_asked`: asked once, and not again.

    `follow_ups`: the assistant may ask by itself. `rated`: what they rated last, the newest last.
    """

    language: str | None = None
    commune: str | None = None
    commune_asked: bool = False
    follow_ups: bool = True
    rated: tuple[Rated, ...] = ()

    def rated_in(self, code: str, period: str) -> Rated | None:
        return next((rated for rated in self.rated if (rated.code, rated.period) == (code, period)), None)

    def with_rating(self, new: Rated) -> Profile:
        """The same with a rating; the one of the same procedure before it is forgotten, as are the oldest."""
        others = tuple(rated for rated in self.rated if rated.code != new.code)
        return replace(self, rated=(*others, new)[-_MOST_RATED:])

    def to_fields(self) -> dict[str, object]:
        return {
            "language": self.language,
            "commune": self.commune,
            "commune_asked": self.commune_asked,
            "follow_ups": self.follow_ups,
            "rated": [[rated.code, rated.period, rated.scale, rated.level] for rated in self.rated],
        }

    @classmethod
    def from_fields(cls, fields: object) -> Profile:
        """What was kept; whatever is not of the right kind counts as not told."""
        if not isinstance(fields, dict):
            return cls()
        language, commune = fields.get("language"), fields.get("commune")
        return cls(
            language=language if isinstance(language, str) else None,
            commune=commune if isinstance(commune, str) else None,
            commune_asked=fields.get("commune_asked") is True,
            follow_ups=fields.get("follow_ups") is not False,
            rated=_rated(fields.get("rated")),
        )


def _rated(kept: object) -> tuple[Rated, ...]:
    rows = kept if isinstance(kept, list) else []
    return tuple(
        Rated(*row) for row in rows if isinstance(row, list) and [type(value) for value in row] == [str, str, str, int]
    )


NOBODY = Profile()
"""Of whom nothing is known."""
