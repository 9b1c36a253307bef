"""What staff read instead of codes. What the catalogue no longer knows is shown as its code: ratings outlive it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalog.model import Catalogue
from bot.catalog.titles import begin_upper
from bot.operations.figures.model import By
from bot.texts import Texts
from handlers.naming import heading

NO_FIELD = ""
"""The key of the field of procedures that the catalogue does not know."""
HELPED, ALONE = "helped", "alone"
"""The keys of a table of helped and unhelped ratings."""
_UNKNOWN = "staff.figures.unknown."
_CHANNEL, _ORIGIN = "staff.figures.channel.", "staff.figures.origin."


@dataclass(frozen=True, slots=True)
class FigureNames:
    catalogue: Catalogue
    texts: Texts

    def of(self, by: By, key: str) -> str:
        """The name of a row. An empty key is something that the ratings do not say, and has a name too."""
        if not key:
            return self.texts.get(_UNKNOWN + by)
        names = {
            By.SERVICE: self.service,
            By.FIELD: self.field,
            By.AGENCY: self.agency,
            By.COMMUNE: self.commune,
            By.CHANNEL: self.channel,
            By.ORIGIN: self.origin,
            By.HELPED: self.helped,
        }
        return names[by](key)

    def service(self, code: str) -> str:
        procedure = self.catalogue.procedures.get(code)
        return code if procedure is None else heading(procedure, self.texts.language)

    def field(self, field_id: str) -> str:
        field = self.catalogue.fields.get(field_id)
        return field_id if field is None else begin_upper(field.name)

    def agency(self, code: str) -> str:
        agency = self.catalogue.agencies.get(code)
        return code if agency is None else agency.name

    def commune(self, code: str) -> str:
        commune = self.catalogue.communes.get(code)
        return code if commune is None else self.texts.get(f"staff.figures.kind.{commune.kind}", name=commune.name)

    def channel(self, channel: str) -> str:
        return self.texts.find(_CHANNEL + channel) or channel

    def origin(self, origin: str) -> str:
        return self.texts.find(_ORIGIN + origin) or origin

    def helped(self, key: str) -> str:
        return self.texts.get(f"staff.figures.{key}")

    def field_of(self, code: str) -> str:
        """The field that a procedure belongs to."""
        procedure = self.catalogue.procedures.get(code)
        return NO_FIELD if procedure is None else procedure.field_id
