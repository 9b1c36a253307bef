"""What is remembered of a person until they change it or delete it: nothing that says who they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """`language` (`vi`, `en`) as chosen; `commune` an agency code. `commune_asked`: asked once, and not again.

    `follow_ups`: whether the assistant may ask by itself how something went.
    """

    language: str | None = None
    commune: str | None = None
    commune_asked: bool = False
    follow_ups: bool = True

    def to_fields(self) -> dict[str, object]:
        return {
            "language": self.language,
            "commune": self.commune,
            "commune_asked": self.commune_asked,
            "follow_ups": self.follow_ups,
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
        )


NOBODY = Profile()
"""Of whom nothing is known."""
