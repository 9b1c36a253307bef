"""Targets, and the decisions that set them."""

from __future__ import annotations

from bot.catalog.model import LegalDecision, SatisfactionTarget
from bot.catalog.report import quote
from bot.catalog.tables import Row, Table
from bot.catalog.values import filled, partial_day, slug, word_of


def read_targets(table: Table, province: str) -> tuple[SatisfactionTarget, ...]:
    """The targets of this province. Rows of other provinces may stand in the file as a record; nobody is shown them."""
    seen: set[str] = set()
    targets = []
    for row in table.rows:
        target_id = slug(row, "id")
        if target_id in seen:
            row.problem("id", f"target {target_id} stands twice", "each id once")
        seen.add(target_id)
        targets.append(_target(row, target_id))
    return tuple(target for target in targets if target.province == province)


def _target(row: Row, target_id: str) -> SatisfactionTarget:
    valid_from, valid_to = partial_day(row, "valid_from"), partial_day(row, "valid_to")
    if valid_to and valid_from > valid_to:
        row.problem("valid_to", f"valid until {valid_to}, before it begins", f"a day after {valid_from}")
    return SatisfactionTarget(
        id=target_id,
        what=filled(row, "what"),
        comparator=word_of(row, "comparator", ">=", ">", "<=", "<"),
        value=_share(row),
        scope=filled(row, "scope"),
        object=filled(row, "object"),
        numerator=row["numerator"],
        denominator=row["denominator"],
        source=filled(row, "source"),
        province=filled(row, "province"),
        valid_from=valid_from,
        valid_to=valid_to,
        note=row["note"],
    )


def _share(row: Row) -> float:
    try:
        share = float(row["value"])
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        row.problem("value", f"value is {quote(row['value'])}", "a share from 0 to 1, such as 0.95")
    return share


def read_decisions(table: Table) -> tuple[LegalDecision, ...]:
    """The decisions, in the order of their file."""
    seen: set[str] = set()
    decisions = []
    for row in table.rows:
        number = filled(row, "number")
        if number in seen:
            row.problem("number", f"decision {number} stands twice", "each number once")
        seen.add(number)
        decisions.append(
            LegalDecision(
                number=number,
                date=partial_day(row, "date"),
                issuer=filled(row, "issuer"),
                title_en=filled(row, "title_en"),
                status=filled(row, "status"),
                replaces=row["replaces"],
            )
        )
    return tuple(decisions)
