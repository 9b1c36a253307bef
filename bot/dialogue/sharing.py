"""Links that are shared: what they lead to, and by whose link somebody came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.catalog.model import Catalogue
from bot.dialogue.choices import CardChoice, FieldChoice, FieldsChoice, LifeEventChoice
from bot.dialogue.signed_links import ShareLink
from bot.store.sharing import Via

KEPT_FOR = timedelta(days=7)
"""So long what somebody does is counted for the link by which they came."""
MOST_TARGET_CHARS = 40
"""With more a link would not fit into what a messenger carries. Of a longer id the beginning is enough."""
_EVENT, _FIELD = "e-", "f-"

Shareable = CardChoice | LifeEventChoice | FieldChoice
"""What has a public page of its own."""


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody comes by a link of ours. `target`: id of the choice that it leads to."""

    via: Via
    target: str


@dataclass(frozen=True, slots=True)
class Brought:
    """By whose link somebody came, and since when it counts."""

    via: Via
    since: datetime

    def is_over(self, now: datetime) -> bool:
        return now - self.since > KEPT_FOR

    def to_fields(self) -> list[object]:
        return [self.via.team, self.via.commune, self.since.isoformat()]

    @classmethod
    def from_fields(cls, kept: object) -> Brought | None:
        """What was kept; None where nothing was, or where it cannot be read."""
        if not isinstance(kept, list):
            return None
        try:
            team, commune, since = kept
            return cls(Via(int(team), str(commune)), datetime.fromisoformat(since))
        except (ValueError, TypeError):
            return None


def target_of(choice: Shareable) -> str:
    """How a link names what it leads to."""
    if isinstance(choice, CardChoice):
        return choice.code.replace(".", "")
    return f"{_EVENT if isinstance(choice, LifeEventChoice) else _FIELD}{choice.id}"[:MOST_TARGET_CHARS]


def choice_of(catalogue: Catalogue, target: str) -> Shareable | FieldsChoice:
    """What a link leads to today; where that is gone, the fields. A code need not be in the catalogue any more."""
    if target.isdigit():
        return CardChoice(f"{target[0]}.{target[1:]}")
    pages: list[Shareable] = [LifeEventChoice(event.id) for event in catalogue.life_events]
    pages += [FieldChoice(field_id) for field_id in catalogue.fields]
    return next((page for page in pages if target_of(page) == target), FieldsChoice())


def via_of(catalogue: Catalogue, link: ShareLink) -> Via:
    """A place that is no commune of today's counts as none."""
    places = (place.agency_code for place in catalogue.communes.values() if place.statistics_code == link.commune)
    return Via(link.team, next(places, ""))
