"""What editors say beside the published list, as their page shows it: rows in words, in sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.catalog.editorial import Benefit, Hiding, Item, Notice, PartialReason, Pin, Scope, kind_of
from bot.catalog.editorial_check import Fault
from bot.catalog.model import Catalogue
from bot.operations.aliases import Answer
from bot.operations.editorial.desk import Listed, State
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.staff.names import agency_name, procedure_name

_ORDER = (State.LEFT_OUT, State.NOW, State.AHEAD, State.OVER)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`about`: whose it is. `source`, `days`, `wrong`: empty where there is nothing of it."""

    number: int
    kind: str
    about: str
    text: str
    source: str
    days: str
    by: str
    at: datetime
    reason: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Section:
    """`id`: plain ASCII."""

    id: str
    title: str
    rows: tuple[ItemRow, ...]


def sections_of(catalogue: Catalogue, texts: Texts, listed: Sequence[Listed]) -> tuple[Section, ...]:
    """What has to be looked after first; none that is empty, but for what holds now."""
    found = ((state, [one for one in listed if one.state is state]) for state in _ORDER)
    return tuple(
        Section(state.value, texts.find(f"web.staff.editorial.state.{state}") or "", rows_of(catalogue, texts, those))
        for state, those in found
        if those or state is State.NOW
    )


def rows_of(catalogue: Catalogue, texts: Texts, listed: Sequence[Listed]) -> tuple[ItemRow, ...]:
    return tuple(_row(catalogue, texts, one) for one in listed)


def fault_words(texts: Texts, fault: Fault) -> str:
    return texts.find(f"web.staff.editorial.wrong.{fault.kind}", detail=fault.detail) or fault.kind


def answer_words(catalogue: Catalogue, texts: Texts, answer: Answer) -> str:
    """An answer of the search in a few words."""
    shown = answer.codes[:1] if answer.status == "answered" else answer.codes[:5]
    names = "; ".join(procedure_name(catalogue, code) for code in shown)
    return texts.find(f"web.staff.words.status.{answer.status}", names=names) or answer.status


def _row(catalogue: Catalogue, texts: Texts, one: Listed) -> ItemRow:
    kept = one.kept
    return ItemRow(
        number=kept.number,
        kind=texts.find(f"web.staff.value.{kind_of(kept.item)}") or "",
        about=_about(catalogue, texts, kept.item),
        text=_text(kept.item),
        source=kept.item.source if isinstance(kept.item, Benefit | PartialReason) else "",
        days=_days(texts, kept.item),
        by=kept.by,
        at=kept.at,
        reason=kept.reason,
        wrong="" if one.fault is None else fault_words(texts, one.fault),
    )


def _about(catalogue: Catalogue, texts: Texts, item: Item) -> str:
    if isinstance(item, Notice) and item.scope is not Scope.PROCEDURE:
        field = catalogue.fields.get(item.target)
        if item.scope is Scope.ALL:
            return texts.get("web.staff.editorial.of_all")
        return texts.get("web.staff.editorial.of_field", name=item.target if field is None else field.name)
    code = item.target if isinstance(item, Notice) else item.code
    name = procedure_name(catalogue, code)
    if isinstance(item, Hiding | PartialReason) and item.agency:
        return texts.get("web.staff.editorial.of_agency", name=name, agency=agency_name(catalogue, item.agency))
    return name


def _text(item: Item) -> str:
    match item:
        case Pin(phrase=text) | Hiding(reason=text):
            return text
        case Notice(text=text) | Benefit(text=text) | PartialReason(text=text):
            return text


def _days(texts: Texts, item: Item) -> str:
    def written(day: date) -> str:
        return day_written(texts.language, day)

    match item:
        case Notice(first=first, last=last) | Benefit(first=first, last=last):
            return texts.get("web.staff.editorial.span", first=written(first), last=written(last))
        case Hiding(since=since):
            return texts.get("web.staff.editorial.since", day=written(since))
        case _:
            return ""
