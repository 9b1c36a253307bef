"""What search engines read about a procedure: schema.org's GovernmentService, as JSON-LD."""

from __future__ import annotations

import json

from bot.catalog.lookup import portal_link
from bot.catalog.model import Catalogue
from bot.catalog.online_list import Row, Standing
from bot.texts import Texts
from handlers.bodies import groups, name_group

# A data block ends at the first "</script" and older parsers take U+2028 for a line end: none of them may occur.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029'"}
_ONLINE = frozenset({Standing.FULL, Standing.PARTIAL, Standing.BY_CASE})


def government_service(catalogue: Catalogue, texts: Texts, row: Row, url: str | None) -> str:
    """JSON that may stand in a script element as it is. Only what the catalogue knows is said.

    `url`: the page's own address. The portal's page is named as a channel where something is known to run online.
    """
    procedure = row.procedure
    agencies = tuple(dict.fromkeys(agency for place in row.places for agency in place.agencies))
    field = catalogue.fields.get(procedure.field_id)
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": procedure.title,
        "identifier": procedure.code,
        "areaServed": {"@type": "AdministrativeArea", "name": catalogue.province.full_name},
    }
    if field is not None:
        data["serviceType"] = field.name
    if url is not None:
        data["url"] = url
    if agencies:
        names = dict.fromkeys(name_group(catalogue, texts, group) for group in groups(catalogue, agencies))
        data["provider"] = [{"@type": "GovernmentOrganization", "name": name} for name in names]
    if any(place.standing in _ONLINE for place in row.places):
        data["availableChannel"] = {"@type": "ServiceChannel", "serviceUrl": portal_link(catalogue, procedure)}
    return safe_json(data)


def safe_json(data: object) -> str:
    """JSON without any letter that could end a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
