"""The catalogue's data: frozen, free of I/O, shared by every layer above.

Vocabulary: a `Procedure` is one administrative procedure (thủ tục hành chính); a `Service` is what can be filed
online for it at a group of agencies, and carries the `OnlineLevel`. The level belongs to *(service, agency)*,
never to the procedure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.catalog.editorial import NO_EDITORIAL, Editorial
from bot.catalog.lexicon_model import English, Lexicon


class OnlineLevel(StrEnum):
    """How far a service runs online (NĐ 42/2022, art. 11). UNKNOWN: our data does not say."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"
    UNKNOWN = "unknown"


class Tier(StrEnum):
    """Who handles a procedure: province, commune or ward, or another body (police, tax, bank, court …)."""

    PROVINCE = "T"
    COMMUNE = "X"
    OTHER = "K"


class Audience(StrEnum):
    CITIZENS = "C"
    BUSINESSES = "B"


class AgencyKind(StrEnum):
    """What sort of body an agency is; it decides where a dossier may be handed in."""

    PEOPLES_COMMITTEE = "peoples_committee"
    DEPARTMENT = "department"
    COMMUNE = "commune"
    BRANCH = "branch"
    MILITARY = "military"
    INSURANCE = "insurance"
    BANK = "bank"
    POLICE = "police"
    TAX = "tax"
    SERVICE_CENTRE = "service_centre"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Field:
    """A field (lĩnh vực). `official` is False for topics that we made for procedures without a published field."""

    id: str
    name: str
    official: bool
    name_en: str = ""
    """In English, by hand and unofficial; empty where nobody has written one yet."""


@dataclass(frozen=True, slots=True)
class EnglishName:
    """What a procedure is called in English: by hand and unofficial, saying no more and no less than its name."""

    title: str
    label: str
    """At most 40 characters, differs at its start from its near-twins'."""
    difference: str | None = None
    """One sentence that tells this procedure from its near-twins."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A procedure stands in the province's list no longer. What took its place, if anything, is `superseded_by`."""

    since: date
    decision: str
    """What it was taken out by ("12/QĐ-UBND"); empty where not known."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One administrative procedure as published; `name` keeps the State's spelling, `title` is the tidied one."""

    code: str
    name: str
    title: str
    field_id: str
    field_is_official: bool
    tiers: frozenset[Tier]
    ministry: str
    audience: frozenset[Audience]
    """Empty: unknown."""
    online_listed: bool | None
    """The national record lists filing online among the ways to file; None: unknown."""
    portal_id: str | None
    as_of: date
    superseded_by: str | None
    maybe_superseded: bool
    short_name: str | None
    """By hand, for the most used: at most 60 characters, says the same as the title."""
    label: str | None
    """By hand, for the most used: at most 40 characters, differs at its start from its near-twins'."""
    difference: str | None
    """By hand: one sentence that tells this procedure from its near-twins."""
    english: EnglishName | None = None
    """By hand, for the most used; None: it is known by its Vietnamese name alone."""
    removal: Removal | None = None
    """None: it stands in the list, or its list is not the province's."""

    @property
    def in_force(self) -> bool:
        """Neither replaced by another nor out of the list: what lists show, and what may be brought up unasked."""
        return self.superseded_by is None and self.removal is None

    @property
    def is_gone(self) -> bool:
        """Out of the list, and nothing is known to have taken its place: nothing but that can be said of it."""
        return self.removal is not None and self.superseded_by is None


@dataclass(frozen=True, slots=True)
class Service:
    """What can be filed online for a procedure at a group of agencies that share one level."""

    service_code: str
    code: str
    name: str
    agencies: tuple[str, ...]
    """Agency codes, ranges already spelled out, in the order published."""
    level: OnlineLevel
    trial: bool
    system: str
    host: str


@dataclass(frozen=True, slots=True)
class Agency:
    code: str
    name: str
    parent: str | None
    kind: AgencyKind
    work: str
    names_before_2025: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A commune-level unit as it was before 1 July 2025. `whole` is False where it was split: then ask."""

    name: str
    district: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Commune:
    agency_code: str
    statistics_code: str
    name: str
    kind: str
    """`ward` (phường) or `commune` (xã)."""
    formed_from: str
    former_units: tuple[FormerUnit, ...]


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """A situation in life under which the most needed procedures are grouped, in the order shown."""

    id: str
    title: str
    codes: tuple[str, ...]
    title_en: str = ""
    """In English, by hand; empty where nobody has written one yet."""
    group: str = ""
    """The title of the group that it stands in; groups are in the order of their first situation."""
    group_en: str = ""


@dataclass(frozen=True, slots=True)
class MostUsed:
    """One of the few procedures that greet a newcomer, with a name of a word or three."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """One thing explained. Its sentences are texts (`help_topic.<id>.title` and `.text`); here is what they rest on."""

    id: str
    source: str
    """Whose words they rest on; empty where they are the project's own explanation."""
    as_of: date
    """The day up to which they were checked."""
    links: tuple[str, ...]
    """What to open: `portal`, `identity`, or the code of a procedure."""
    related: tuple[str, ...]
    """Other topics, by id."""
    procedures: tuple[str, ...]
    """Codes of procedures that go with it."""
    intents: tuple[str, ...]
    """Other matters (`OutsideCue.intent`) that it is a part of; one that is this topic's alone it always answers."""


@dataclass(frozen=True, slots=True)
class SatisfactionTarget:
    """A target as a decision sets it; `value` is a share in 0..1."""

    id: str
    what: str
    comparator: str
    value: float
    scope: str
    object: str
    numerator: str
    denominator: str
    source: str
    province: str
    valid_from: str
    valid_to: str
    note: str


@dataclass(frozen=True, slots=True)
class LegalDecision:
    number: str
    date: str
    issuer: str
    title_en: str
    status: str
    replaces: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a data file comes from, and the day it describes."""

    path: str
    title: str
    origin: str
    as_of: date
    note: str


@dataclass(frozen=True, slots=True)
class Province:
    """The province is data: nothing of it stands in the code."""

    name: str
    full_name: str
    code: str
    assistant_name: str
    operator: str
    service_centre: str
    full_name_en: str
    operator_en: str
    link_hosts: tuple[str, ...]
    """Hosts that may be linked; a leading `*.` admits every host below."""
    portal_home: str
    portal_procedure: str
    """Address of a procedure's page, with `{portal_id}`."""
    portal_search: str
    """Address of the portal's search, with `{code}`."""
    identity_help: str
    links_checked: date


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A whole, checked catalogue. Mappings are in the order of their files."""

    province: Province
    version: str
    """Content hash: the same files give the same version."""
    as_of: date
    """The day that the published services describe."""
    procedures: Mapping[str, Procedure]
    services: Mapping[str, tuple[Service, ...]]
    """By procedure code."""
    agencies: Mapping[str, Agency]
    communes: Mapping[str, Commune]
    fields: Mapping[str, Field]
    life_events: tuple[LifeEvent, ...]
    most_used: tuple[MostUsed, ...]
    next_steps: Mapping[str, tuple[str, ...]]
    """By procedure code: what people usually need next, in order."""
    targets: tuple[SatisfactionTarget, ...]
    """Of this province only, whatever else its file records."""
    decisions: tuple[LegalDecision, ...]
    sources: tuple[Source, ...]
    lexicon: Lexicon = field(repr=False)
    help_topics: tuple[HelpTopic, ...] = ()
    """In the order in which they are listed."""
    english: English = field(default=English(), repr=False)
    gone_pages: frozenset[str] = frozenset()
    """Addresses of the portal that were found to be gone. They are no part of the version."""
    editorial: Editorial = NO_EDITORIAL
    """What editors have added since it was published. It is no part of the version."""
