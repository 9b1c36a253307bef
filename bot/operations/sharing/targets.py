"""What is shared: a procedure, a situation in life or a field, as people name it and as a link names it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.codes import parse_code
from bot.catalog.lookup import successor
from bot.catalog.model import Catalogue, LifeEvent
from bot.catalog.phrases import folded


class Kind(StrEnum):
    PROCEDURE = "procedure"
    EVENT = "event"
    FIELD = "field"


_PREFIXES = {Kind.EVENT: "e-", Kind.FIELD: "f-"}


@dataclass(frozen=True, slots=True)
class Target:
    """`id`: a code (`1.001193`), or the id of a situation in life or of a field."""

    kind: Kind
    id: str

    @property
    def in_link(self) -> str:
        """As `ShareLink.target` has it."""
        return self.id.replace(".", "") if self.kind is Kind.PROCEDURE else _PREFIXES[self.kind] + self.id

    @property
    def file_name(self) -> str:
        """Plain ASCII, different for each."""
        return self.in_link if self.kind is not Kind.PROCEDURE else self.id.replace(".", "-")


def target_of(catalogue: Catalogue, written: str) -> Target | None:
    """What somebody names: a code, the id or the name of a situation or a field, or what stands in a link.

    A code that was replaced is today's; None where nothing of today's catalogue is meant.
    """
    written = written.strip()
    code = parse_code(written)
    if code is not None:
        current = successor(catalogue, code)
        return None if current is None else Target(Kind.PROCEDURE, current)
    kind = next((kind for kind, prefix in _PREFIXES.items() if written.startswith(prefix)), None)
    name = written if kind is None else written[len(_PREFIXES[kind]) :]
    fold = folded(name)
    if kind in (None, Kind.EVENT):
        for event in catalogue.life_events:
            if name == event.id or (fold and fold in (folded(event.title), folded(event.title_en))):
                return Target(Kind.EVENT, event.id)
    if kind in (None, Kind.FIELD):
        for field in catalogue.fields.values():
            if name == field.id or (fold and fold in (folded(field.name), folded(field.name_en))):
                return Target(Kind.FIELD, field.id)
    return None


def event_of(catalogue: Catalogue, event_id: str) -> LifeEvent | None:
    return next((event for event in catalogue.life_events if event.id == event_id), None)
