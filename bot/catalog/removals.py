"""Procedures that stand in the province's list no longer. They stay in the catalogue: nobody's link goes nowhere."""

from __future__ import annotations

from bot.catalog.model import Removal
from bot.catalog.report import quote
from bot.catalog.tables import Table
from bot.catalog.values import day


def read_removals(table: Table, procedures: Table) -> dict[str, Removal]:
    """By procedure code; reports codes that are not known, and those that stand twice. Replaced codes may be among
    them: what took their place is told with them."""
    known = {row["code"] for row in procedures.rows}
    removals: dict[str, Removal] = {}
    for row in table.rows:
        code = row["code"]
        if procedures.readable and code not in known:
            row.problem("code", f"procedure {quote(code)} is not known", "a code of procedures.csv")
        if code in removals:
            row.problem("code", f"procedure {code} stands twice", "each procedure once")
        removals.setdefault(code, Removal(day(row, "since"), row["decision"]))
    return removals
