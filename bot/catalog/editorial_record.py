"""What editors say as JSON can: for the store, the log of changes and scripts.

`{"kind": "notice", "scope": "field", "target": "ho-tich", "text": …, "first": "2026-11-22", "last": "2026-11-30"}`
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from bot.catalog.editorial import Benefit, Hiding, Item, ItemKind, Notice, PartialReason, Pin, Scope, kind_of


def as_record(item: Item) -> dict[str, object]:
    """Days in ISO form; in the order of the item's fields, its kind first."""
    written = {"kind": kind_of(item).value}
    for field in fields(item):
        value = getattr(item, field.name)
        written[field.name] = value.isoformat() if isinstance(value, date) else str(value)
    return {**written}


def read_record(record: Mapping[str, object]) -> Item:
    """What `as_record` wrote. Raises KeyError and ValueError for anything else."""

    def text(name: str) -> str:
        return str(record[name])

    def day(name: str) -> date:
        return date.fromisoformat(text(name))

    match ItemKind(text("kind")):
        case ItemKind.PIN:
            return Pin(text("phrase"), text("code"))
        case ItemKind.HIDING:
            return Hiding(text("code"), text("reason"), day("since"), text("agency"))
        case ItemKind.NOTICE:
            return Notice(Scope(text("scope")), text("target"), text("text"), day("first"), day("last"))
        case ItemKind.BENEFIT:
            return Benefit(text("code"), text("text"), text("source"), day("first"), day("last"))
        case ItemKind.PARTIAL_REASON:
            return PartialReason(text("code"), text("text"), text("source"), text("agency"))
