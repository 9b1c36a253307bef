"""What editors may say beside a catalogue, and what of it fits the catalogue that is served. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.catalog.codes import find_codes
from bot.catalog.editorial import (
    MAX_TEXT_CHARS,
    NO_EDITORIAL,
    Benefit,
    Editorial,
    Hiding,
    Item,
    Notice,
    PartialReason,
    Pin,
    Scope,
    is_over,
    with_item,
)
from bot.catalog.hosts import host_of, is_allowed
from bot.catalog.model import Catalogue, OnlineLevel
from bot.catalog.phrases import PhraseBook
from bot.catalog.tables import wrong_characters
from bot.catalog.taught import MAX_PHRASE_CHARS
from bot.texts.plain import FlawKind, flaws

MAX_SOURCE_CHARS = 200
MOST_DAYS = 366
_ADDRESS = re.compile(r"[a-z]+://\S+", re.IGNORECASE)
_HOST = re.compile(r"(?<![\w.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE | re.ASCII)
_BEHIND_AN_ADDRESS = '.,;:!?)”"'


class FaultKind(StrEnum):
    """Why something cannot be said. Of those of wording, `Fault.detail` names the words."""

    UNKNOWN_CODE = "unknown_code"
    REPLACED_CODE = "replaced_code"
    REMOVED_CODE = "removed_code"
    """It left the list: only a notice can be told of it."""
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_AGENCY = "unknown_agency"
    """The agency does not decide on the procedure."""
    NOT_PARTIAL = "not_partial"
    """No service that it is said of is partial."""
    TAKEN = "taken"
    """The phrase is pinned, the service is hidden, or the same is said already."""
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"
    """Not NFC, invisible characters, or more than one line."""
    NO_SOURCE = "no_source"
    LINK = "link"
    """An address that is not on the province's list of hosts."""
    PRIVATE = "private"
    """It holds a number that says who somebody is."""
    NO_DAY = "no_day"
    """A day is missing, or is none."""
    DATES = "dates"
    """The last day is before the first."""
    TOO_LONG_SPAN = "too_long_span"
    OVER = "over"
    """Its last day is gone."""
    LONG = FlawKind.LONG.value
    OFFICIALESE = FlawKind.OFFICIALESE.value
    ABBREVIATION = FlawKind.ABBREVIATION.value
    DOUBLE_NEGATION = FlawKind.DOUBLE_NEGATION.value
    QUESTIONS = FlawKind.QUESTIONS.value
    CODE = "code"
    """A pinned phrase with a code in it: a code is always the code."""
    COMMAND = "command"
    UNDERSTOOD = "understood"
    """A pinned phrase that is understood as something else before anything is searched for: yes, no, a list."""
    DANGER = "danger"
    """A pinned phrase that is a call for help."""
    UNKNOWN_KIND = "unknown_kind"
    """No kind of thing that can be said."""
    NO_REASON = "no_reason"
    """It is not said why something is taken back."""


@dataclass(frozen=True, slots=True)
class Fault:
    kind: FaultKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """`place`: among the items, from 0."""

    place: int
    item: Item
    fault: Fault


def fault_of(catalogue: Catalogue, said: Editorial, item: Item, day: date) -> Fault | None:
    """What keeps the item from being said beside `said`; the first fault found, None where there is none.

    Private numbers, commands and calls for help are seen where there is a masker and a search.
    """
    return _unfit(catalogue, item) or _taken(said, item) or _days_fault(item, day) or _wording_fault(catalogue, item)


def with_editorial(catalogue: Catalogue, items: Iterable[Item]) -> tuple[Catalogue, tuple[LeftOut, ...]]:
    """The catalogue with what fits it, and what does not: another one may have been published since it was said.

    Its version stays that of its files, and no index has to be built anew.
    """
    said, left_out = NO_EDITORIAL, []
    for place, item in enumerate(items):
        fault = _unfit(catalogue, item) or _taken(said, item)
        if fault is None:
            said = with_item(said, item)
        else:
            left_out.append(LeftOut(place, item, fault))
    return replace(catalogue, editorial=said), tuple(left_out)


def _unfit(catalogue: Catalogue, item: Item) -> Fault | None:
    """What it is about is not there, or is something else than what is said of it."""
    if isinstance(item, Notice) and item.scope is not Scope.PROCEDURE:
        known = not item.target if item.scope is Scope.ALL else item.target in catalogue.fields
        return None if known else Fault(FaultKind.UNKNOWN_FIELD, item.target)
    code = item.target if isinstance(item, Notice) else item.code
    procedure = catalogue.procedures.get(code)
    if procedure is None:
        return Fault(FaultKind.UNKNOWN_CODE, code)
    if procedure.superseded_by is not None:
        return Fault(FaultKind.REPLACED_CODE, procedure.superseded_by)
    if procedure.is_gone and not isinstance(item, Notice):
        return Fault(FaultKind.REMOVED_CODE, code)
    if not isinstance(item, Hiding | PartialReason):
        return None
    services = [s for s in catalogue.services.get(code, ()) if not item.agency or item.agency in s.agencies]
    if item.agency and not services:
        return Fault(FaultKind.UNKNOWN_AGENCY, item.agency)
    if isinstance(item, PartialReason) and not any(service.level is OnlineLevel.PARTIAL for service in services):
        return Fault(FaultKind.NOT_PARTIAL)
    return None


def _taken(said: Editorial, item: Item) -> Fault | None:
    match item:
        case Pin():
            book = PhraseBook()
            for pin in said.pins:
                book.add(pin.phrase, pin.code)
            other = book.add(item.phrase, item.code)
            return None if other is None else Fault(FaultKind.TAKEN, other)
        case Hiding():
            is_taken = any(other.code == item.code and other.agency in ("", item.agency) for other in said.hidings)
        case Notice():
            is_taken = item in said.notices
        case Benefit():
            is_taken = item in said.benefits
        case PartialReason():
            of = (item.code, item.agency)
            is_taken = any((other.code, other.agency) == of for other in said.partial_reasons)
    return Fault(FaultKind.TAKEN) if is_taken else None


def _days_fault(item: Item, day: date) -> Fault | None:
    if not isinstance(item, Notice | Benefit):
        return None
    if item.last < item.first:
        return Fault(FaultKind.DATES)
    if (item.last - item.first).days >= MOST_DAYS:
        return Fault(FaultKind.TOO_LONG_SPAN)
    return Fault(FaultKind.OVER) if is_over(item, day) else None


def _wording_fault(catalogue: Catalogue, item: Item) -> Fault | None:
    match item:
        case Pin(phrase=phrase):
            if not any(letter.isalpha() for letter in phrase):
                return Fault(FaultKind.EMPTY)
            return _form_fault(phrase, MAX_PHRASE_CHARS) or (Fault(FaultKind.CODE) if find_codes(phrase) else None)
        case Hiding(reason=reason):
            return _text_fault(catalogue, reason)
        case Notice(text=text):
            return _text_fault(catalogue, text)
        case Benefit(text=text, source=source) | PartialReason(text=text, source=source):
            return _text_fault(catalogue, text) or _source_fault(catalogue, source)


def _text_fault(catalogue: Catalogue, text: str) -> Fault | None:
    if not any(letter.isalpha() for letter in text):
        return Fault(FaultKind.EMPTY)
    fault = _form_fault(text, MAX_TEXT_CHARS) or _link_fault(catalogue, text)
    if fault is not None:
        return fault
    flaw = next(iter(flaws(text)), None)
    return None if flaw is None else Fault(FaultKind(flaw.kind.value), flaw.what)


def _source_fault(catalogue: Catalogue, source: str) -> Fault | None:
    """A source has the name that the law gives it, however that reads."""
    if not any(letter.isalpha() for letter in source):
        return Fault(FaultKind.NO_SOURCE)
    return _form_fault(source, MAX_SOURCE_CHARS) or _link_fault(catalogue, source)


def _form_fault(text: str, most_chars: int) -> Fault | None:
    if len(text) > most_chars:
        return Fault(FaultKind.TOO_LONG, str(most_chars))
    if wrong_characters(text) or text != " ".join(text.split()):
        return Fault(FaultKind.CHARACTERS)
    return None


def _link_fault(catalogue: Catalogue, text: str) -> Fault | None:
    """The first address that may not be linked. Messengers make a link of whatever looks like a host."""
    hosts = catalogue.province.link_hosts
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_BEHIND_AN_ADDRESS)
        if not is_allowed(host_of(address), hosts):
            return Fault(FaultKind.LINK, address)
    for match in _HOST.finditer(_ADDRESS.sub(" ", text)):
        if not is_allowed(match[0].lower(), hosts):
            return Fault(FaultKind.LINK, match[0])
    return None
