"""JSON: the same report for programs, with ids that are the same in every language. Shares are within 0..1."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from bot.operations.reports.model import ReportDocument, Table, Value


def json_file(document: ReportDocument) -> bytes:
    period = document.period
    said: dict[str, Any] = {
        "title": document.title,
        "place": document.place,
        "period": {
            "kind": period.kind.value,
            "name": period.name,
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
        },
        "made": document.made,
        "made_at": document.made_at.isoformat(),
        "is_demonstration": bool(document.demo),
        "facts": {fact.id: _value(fact.value) for fact in document.facts},
        "table": None if document.table is None else _table(document.table),
        "months": _table(document.trend),
        "notes": list(document.notes),
        "definitions": dict(document.definitions),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _table(table: Table) -> dict[str, Any]:
    ids = [column.id for column in table.columns]
    return {
        "by": table.by,
        "columns": {column.id: column.heading for column in table.columns},
        "rows": [dict(zip(ids, map(_value, row), strict=True)) for row in table.rows],
    }


def _value(value: Value) -> str | int | float | None:
    return round(float(value), 6) if isinstance(value, Fraction) else value
