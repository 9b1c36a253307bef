"""From lists that were read, and what people have decided about them, to the files of a new catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.catalog.folder import Contents
from bot.catalog.imports.field_names import new_id
from bot.catalog.imports.findings import open_findings
from bot.catalog.imports.labels_apart import labels_apart
from bot.catalog.imports.lines import Cells, Line, Lines
from bot.catalog.imports.listing import Answers, Examined, Gone, ListedProcedure
from bot.catalog.imports.model import Finding
from bot.catalog.imports.pointing import carried, without
from bot.catalog.imports.services_lines import write_services
from bot.catalog.imports.sources_text import with_source
from bot.catalog.imports.spelling import letters, tidied
from bot.catalog.model import AgencyKind, Catalogue, Tier
from bot.catalog.schema import SOURCES, header_of

_REMOVED = "removed.csv"
_OF_PROVINCE = frozenset({AgencyKind.DEPARTMENT, AgencyKind.PEOPLES_COMMITTEE, AgencyKind.BRANCH})
_SERVICES_TITLE = "Online services and their levels"
_REMOVED_TITLE = "Procedures that stand in the list no longer"
_REMOVED_ORIGIN = "Comparison of one published list with the one before it"


@dataclass(frozen=True, slots=True)
class Issue:
    """What makes a list official. `origin`: a sentence for sources.toml. `as_of`: the day that the list describes;
    `since`: from which what it lacks is gone. `decision`: its number, or empty.
    """

    origin: str
    decision: str
    as_of: date
    since: date


@dataclass(frozen=True, slots=True)
class Settled:
    """`open`: what nobody has answered yet: it stands in `contents` as proposed, and nothing may be published."""

    contents: Contents
    open: tuple[Finding, ...]


def settle(contents: Contents, catalogue: Catalogue, examined: Examined, answers: Answers, issue: Issue) -> Settled:
    """The new files; `catalogue` is what `contents` are, `examined`: what was examined with it and these `answers`.

    Files and lines that nothing is said of stay as they are.
    """
    new = dict(contents)
    fields = _fields(new, catalogue, examined.procedures.values())
    known = catalogue.procedures.keys() | examined.procedures.keys()
    successors = _successors(catalogue, examined, frozenset(known))
    _procedures(new, catalogue, examined, fields, successors, issue)
    new["services.csv"] = write_services(new["services.csv"], catalogue, examined)
    all_gone = [gone for gone in examined.gone if gone.is_all]
    _removed(new, catalogue, examined, all_gone, issue)
    _sources(new, contents, issue)
    final = {code: _last(code, successors) for code in successors}
    moved = carried(new, final)
    new |= moved
    new |= without(new, frozenset(gone.code for gone in all_gone if gone.code not in successors))
    may_clash = bool(moved) or _brings_labels_together(catalogue, examined, fields)
    return Settled(labels_apart(new) if may_clash else new, open_findings(examined.findings, answers))


def _brings_labels_together(catalogue: Catalogue, examined: Examined, fields: Mapping[str, str]) -> bool:
    """Whether a procedure with a label comes to stand in another field. Looking for clashes takes a second."""
    for code, listed in examined.procedures.items():
        procedure = catalogue.procedures.get(code)
        if procedure is not None and procedure.label and listed.field and fields[listed.field] != procedure.field_id:
            return True
    return False


def _fields(new: dict[str, bytes], catalogue: Catalogue, listed: Iterable[ListedProcedure]) -> dict[str, str]:
    """Ids by what the list calls a field; new ones are added, and a topic of ours that is published now is official."""
    lines = Lines(new["fields.csv"])
    ids: dict[str, str] = {}
    by_letters: dict[str, str] = {}
    named = {(one.field, one.is_new_field) for one in listed if one.field}
    for field, is_new in sorted(named):
        if not is_new:
            ids[field] = field
            continue
        free = new_id(field, frozenset(catalogue.fields) | frozenset(by_letters.values()))
        ids[field] = by_letters.setdefault(letters(field), free)
    official = {ids[field] for field, is_new in named if not is_new}
    lines.replace(lambda line: line.changed({"official": "yes"}) if line["id"] in official else line)
    names = {ids[field]: field for field, is_new in sorted(named, reverse=True) if is_new}
    lines.insert_all([{"id": i, "name": name, "name_en": "", "official": "yes"} for i, name in sorted(names.items())])
    new["fields.csv"] = lines.content()
    return ids


def _successors(catalogue: Catalogue, examined: Examined, known: frozenset[str]) -> dict[str, str]:
    """What takes the place of what is gone, where that leads on and not back."""
    links = {p.code: p.superseded_by for p in catalogue.procedures.values() if p.superseded_by}
    links = {code: successor for code, successor in links.items() if code not in examined.procedures}
    found: dict[str, str] = {}
    for gone in examined.gone:
        if gone.successor in known and gone.code not in _chain(gone.successor, links):
            links[gone.code] = found[gone.code] = gone.successor
    return found


def _chain(code: str, links: Mapping[str, str]) -> list[str]:
    chain = [code]
    while chain[-1] in links and links[chain[-1]] not in chain:
        chain.append(links[chain[-1]])
    return chain


def _last(code: str, successors: Mapping[str, str]) -> str:
    return _chain(code, successors)[-1]


def _procedures(
    new: dict[str, bytes],
    catalogue: Catalogue,
    examined: Examined,
    fields: Mapping[str, str],
    successors: Mapping[str, str],
    issue: Issue,
) -> None:
    lines = Lines(new["procedures.csv"])

    def change(line: Line) -> Line:
        code = line["code"]
        listed = examined.procedures.get(code)
        if listed is not None:
            return line.changed(_listed_cells(line, catalogue, listed, fields, issue))
        if code in successors:
            return line.changed({"superseded_by": successors[code]})
        return line

    lines.replace(change)
    added = [one for code, one in examined.procedures.items() if code not in catalogue.procedures]
    lines.insert_all([_new_cells(catalogue, one, fields, issue) for one in added])
    new["procedures.csv"] = lines.content()


def _listed_cells(
    line: Line, catalogue: Catalogue, listed: ListedProcedure, fields: Mapping[str, str], issue: Issue
) -> Cells:
    cells = {"superseded_by": "", "maybe_superseded": ""}
    if listed.offers:
        # Without any, its card goes on naming the national record as its source: that has not become newer.
        cells["as_of"] = max(line["as_of"], issue.as_of.isoformat())
    if listed.name:
        cells["name"] = listed.name
    if listed.field:
        cells |= {"field": fields[listed.field], "field_source": "official"}
    before = {agency for service in catalogue.services.get(listed.code, ()) for agency in service.agencies}
    gained = {agency for agencies in listed.offers.values() for agency in agencies} - before
    tiers = {tier for agency in gained if (tier := _tier(catalogue, agency)) is not Tier.OTHER}
    cells["tiers"] = _letters(tiers | {Tier(letter) for letter in line["tiers"]})
    return cells if cells["tiers"] != _letters({Tier(x) for x in line["tiers"]}) else cells | {"tiers": line["tiers"]}


def _new_cells(catalogue: Catalogue, listed: ListedProcedure, fields: Mapping[str, str], issue: Issue) -> Cells:
    offered = {agency for agencies in listed.offers.values() for agency in agencies}
    tiers = listed.tiers | {_tier(catalogue, agency) for agency in offered}
    return {
        "code": listed.code,
        "name": listed.name,
        "field": fields[listed.field],
        "field_source": "official",
        "tiers": _letters(tiers),
        "ministry": tidied(listed.ministry),
        "audience": "",
        "online_listed": "",
        "portal_id": "",
        "as_of": issue.as_of.isoformat(),
        "superseded_by": "",
        "maybe_superseded": "",
    }


def _tier(catalogue: Catalogue, agency: str) -> Tier:
    kind = catalogue.agencies[agency].kind
    if kind is AgencyKind.COMMUNE:
        return Tier.COMMUNE
    return Tier.PROVINCE if kind in _OF_PROVINCE else Tier.OTHER


def _letters(tiers: Iterable[Tier]) -> str:
    found = set(tiers)
    return "".join(tier.value for tier in Tier if tier in found)


def _removed(
    new: dict[str, bytes], catalogue: Catalogue, examined: Examined, all_gone: list[Gone], issue: Issue
) -> None:
    lines = Lines(new.get(_REMOVED, header_of(_REMOVED)))
    # What stands in the list again is not gone.
    lines.replace(lambda line: None if line["code"] in examined.procedures else line)
    noted = {line["code"] for line in lines}
    rows = [gone.code for gone in all_gone if gone.code not in noted and gone.code in catalogue.procedures]
    lines.insert_all(
        [{"code": code, "since": issue.since.isoformat(), "decision": issue.decision} for code in sorted(rows)]
    )
    if lines.lines or _REMOVED in new:
        # A catalogue that was published before there was such a file gets it with its first row.
        new[_REMOVED] = lines.content()


def _sources(new: dict[str, bytes], before: Contents, issue: Issue) -> None:
    text = new[SOURCES].decode("utf-8")
    if new.get(_REMOVED) != before.get(_REMOVED):
        text = with_source(text, _REMOVED, _REMOVED_TITLE, _REMOVED_ORIGIN, issue.as_of)
    origin = f"{issue.origin} ({issue.decision})" if issue.decision else issue.origin
    new[SOURCES] = with_source(text, "services.csv", _SERVICES_TITLE, origin, issue.as_of).encode("utf-8")
