"""The decision by which a catalogue is published, written into its files: what it replaces, and whose data it is."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

from bot.catalog.folder import Contents
from bot.catalog.imports.sources_text import with_source
from bot.catalog.model import Catalogue, LegalDecision
from bot.catalog.province import source_of
from bot.catalog.schema import COLUMNS, SOURCES

DECISIONS = "decisions.csv"
SERVICES = "services.csv"
_TITLE = "List of administrative procedures and their online services"
_SERVICES_TITLE = "Online services and their levels"


@dataclass(frozen=True, slots=True)
class Decision:
    """Number ("12/QĐ-UBND") and day of a decision that holds from `since`. `supersedes`: another's number, or empty.

    `issuer`: empty: as it stands in the files already, or as that of the one it supersedes.
    """

    number: str
    on: date
    since: date
    issuer: str = ""
    supersedes: str = ""


class UnknownDecisionError(Exception):
    """The superseded decision stands nowhere in the files."""


def with_decision(contents: Contents, decision: Decision, usual_issuer: str) -> dict[str, bytes]:
    """The files with the decision among the others, and as the source of the list; what it supersedes is history.

    Files that are missing or cannot be read stay as they are: whoever checks the catalogue tells. Raises
    UnknownDecisionError.
    """
    found = dict(contents)
    for path, change in ((DECISIONS, _decisions), (SOURCES, _sources)):
        try:
            text = contents[path].decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
        found[path] = change(text, decision, usual_issuer).encode("utf-8")
    return found


def decision_of_list(catalogue: Catalogue) -> LegalDecision | None:
    """The decision by which the list of services was published, where its source names one that is known."""
    source = source_of(catalogue.sources, SERVICES)
    origin = "" if source is None else source.origin
    named = (one for one in catalogue.decisions if re.search(rf"(?<!\w){re.escape(one.number)}(?!\w)", origin))
    return next(named, None)


def _decisions(text: str, decision: Decision, usual_issuer: str) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    columns = list(COLUMNS[DECISIONS])
    if not rows or rows[0] != columns or any(len(row) != len(columns) for row in rows):
        return text
    by_number = {row[0]: dict(zip(columns, row, strict=True)) for row in rows[1:]}
    old = by_number.get(decision.supersedes)
    if decision.supersedes and (old is None or decision.supersedes == decision.number):
        raise UnknownDecisionError
    was = by_number.get(decision.number, {})
    by_number[decision.number] = {
        "number": decision.number,
        "date": decision.on.isoformat(),
        "issuer": decision.issuer or was.get("issuer") or (old or {}).get("issuer") or usual_issuer,
        "title_en": was.get("title_en") or _TITLE,
        "status": f"in force since {decision.since}",
        "replaces": decision.supersedes or was.get("replaces", ""),
    }
    if old is not None:
        old["status"] = f"replaced by {decision.number} on {decision.since}"
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(by_number.values())
    return written.getvalue()


def _sources(text: str, decision: Decision, usual_issuer: str) -> str:
    origin = f"{decision.number}, {decision.issuer or usual_issuer}, {decision.on}"
    return with_source(text, SERVICES, _SERVICES_TITLE, origin, decision.on)
