"""Whether what editors write to be shown can be read by everyone, and told apart at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.catalog.model import LifeEvent, Procedure
from bot.catalog.phrases import canonical
from bot.catalog.tables import Row, Table
from bot.texts.plain import MOST_LABEL_CHARS, faults

TOLD_APART_BY = 12
"""Two labels of one list must differ within so many characters: the eye goes down the beginnings of the lines."""
_SHOWN = ("short_name", "label", "difference")


def check_plain_language(labels: Table, events: Table) -> None:
    """Reports long sentences, abbreviations without an explanation, officialese and the like."""
    for table, columns in ((labels, _SHOWN), (events, ("title",))):
        for row in table.rows:
            for column in columns:
                for fault in faults(row[column]):
                    row.problem(column, f"{column} {fault}", "plain language")
    for row in events.rows:
        if len(row["title"]) > MOST_LABEL_CHARS:
            row.problem("title", f"title has {len(row['title'])} characters", f"at most {MOST_LABEL_CHARS}")


def check_beginnings(labels: Table, procedures: Mapping[str, Procedure], events: Sequence[LifeEvent]) -> None:
    """Reports labels that begin alike where they may stand in one list: a situation in life, or a field."""
    rows = {row["code"]: row for row in labels.rows if row["label"]}
    fields: dict[str, list[str]] = {}
    for code in rows:
        if code in procedures:
            fields.setdefault(procedures[code].field_id, []).append(code)
    for event in events:
        _check_list(f"under {event.id}", [rows[code] for code in event.codes if code in rows])
    for field, codes in fields.items():
        _check_list(f"in the field {field}", [rows[code] for code in codes])


def _check_list(where: str, rows: Iterable[Row]) -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        beginning = canonical(row["label"])[:TOLD_APART_BY]
        earlier = seen.setdefault(beginning, row)
        # Labels that are the same from end to end are reported where labels are read.
        if earlier is not row and canonical(earlier["label"]) != canonical(row["label"]):
            row.problem(
                "label",
                f"label begins like the one at {earlier.place}, {where}",
                f"labels that differ within {TOLD_APART_BY} characters",
            )
