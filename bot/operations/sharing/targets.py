"""What is shared: a procedure, a situation in life or a field, as people name it and as a link names it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.codes import parse_code
from bot.catalog.lookup import successor
from bot.catalog.model import Catalogue, LifeEvent
from bot.catalog.phrases import folded
from bot.dialogue.choices import CardChoice, FieldChoice, LifeEventChoice
from bot.dialogue.sharing import Shareable, choice_of, target_of


class Kind(StrEnum):
    PROCEDURE = "procedure"
    EVENT = "event"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Target:
    """`id`: a code (`1.001193`), or the id of a situation in life or of a field."""

    kind: Kind
    id: str

    @property
    def choice(self) -> Shareable:
        """What the assistant opens."""
        if self.kind is Kind.PROCEDURE:
            return CardChoice(self.id)
        return LifeEventChoice(self.id) if self.kind is Kind.EVENT else FieldChoice(self.id)

    @property
    def in_link(self) -> str:
        """As `ShareLink.target` has it."""
        return target_of(self.choice)

    @property
    def file_name(self) -> str:
        """Plain ASCII, different for each."""
        return self.id.replace(".", "-") if self.kind is Kind.PROCEDURE else self.in_link


def named_target(catalogue: Catalogue, written: str) -> Target | None:
    """What somebody names: a code, the id or the name of a situation or a field, or what stands in a link.

    A code that was replaced is today's; None where nothing of today's catalogue is meant.
    """
    name = written.strip()
    code = parse_code(name)
    if code is not None:
        current = successor(catalogue, code)
        return None if current is None else Target(Kind.PROCEDURE, current)
    match choice_of(catalogue, name) if name else None:
        case LifeEventChoice(id=event_id):
            return Target(Kind.EVENT, event_id)
        case FieldChoice(id=field_id):
            return Target(Kind.FIELD, field_id)
    fold = folded(name)
    for event in catalogue.life_events:
        if name == event.id or (fold and fold in (folded(event.title), folded(event.title_en))):
            return Target(Kind.EVENT, event.id)
    for field in catalogue.fields.values():
        if name == field.id or (fold and fold in (folded(field.name), folded(field.name_en))):
            return Target(Kind.FIELD, field.id)
    return None


def event_of(catalogue: Catalogue, event_id: str) -> LifeEvent | None:
    return next((event for event in catalogue.life_events if event.id == event_id), None)
