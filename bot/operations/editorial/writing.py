"""What an editor has written, as fields of a form or words of a command, read as something to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.catalog.codes import parse_code
from bot.catalog.editorial import Benefit, Hiding, Item, ItemKind, Notice, PartialReason, Pin, Scope
from bot.catalog.editorial_check import Fault, FaultKind
from bot.operations.aliases import tidy


@dataclass(frozen=True, slots=True)
class Written:
    """Words as they came. Days in ISO form. What the kind, and of a notice its `scope`, does not need is not read."""

    kind: str
    code: str = ""
    text: str = ""
    phrase: str = ""
    source: str = ""
    agency: str = ""
    scope: str = ""
    field: str = ""
    first: str = ""
    last: str = ""


def read_item(written: Written, today: date) -> Item | Fault:
    """What is to be said, not yet checked. A first day that is not given is today."""
    try:
        kind = ItemKind(written.kind)
    except ValueError:
        return Fault(FaultKind.UNKNOWN_KIND, written.kind)
    code, text, source = parse_code(written.code) or written.code.strip(), _line(written.text), _line(written.source)
    agency = written.agency.strip()
    match kind:
        case ItemKind.PIN:
            return Pin(tidy(written.phrase), code)
        case ItemKind.HIDING:
            return Hiding(code, text, today, agency)
        case ItemKind.PARTIAL_REASON:
            return PartialReason(code, text, source, agency)
        case ItemKind.NOTICE | ItemKind.BENEFIT:
            first, last = (today if not written.first.strip() else _day(written.first)), _day(written.last)
            if first is None or last is None:
                return Fault(FaultKind.NO_DAY)
            if kind is ItemKind.BENEFIT:
                return Benefit(code, text, source, first, last)
            return _notice(written, code, text, first, last)


def _notice(written: Written, code: str, text: str, first: date, last: date) -> Item | Fault:
    try:
        scope = Scope(written.scope)
    except ValueError:
        return Fault(FaultKind.UNKNOWN_KIND, written.scope)
    targets = {Scope.PROCEDURE: code, Scope.FIELD: written.field.strip(), Scope.ALL: ""}
    return Notice(scope, targets[scope], text, first, last)


def _line(words: str) -> str:
    """On one line: a field of a form may have been broken into several."""
    return " ".join(words.split())


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip()) if len(written.strip()) == len("2026-11-22") else None
    except ValueError:
        return None
