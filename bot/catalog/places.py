"""Agencies, communes, and the communes as they were before 1 July 2025."""

from __future__ import annotations

import re
from collections import defaultdict

from bot.catalog.model import Agency, AgencyKind, Commune, FormerUnit
from bot.catalog.ranges import is_agency_code
from bot.catalog.report import quote
from bot.catalog.tables import Table
from bot.catalog.values import filled, listed, one_of, word_of

_STATISTICS = re.compile(r"[0-9]{5}")


def read_agencies(table: Table) -> dict[str, Agency]:
    """Agencies by code. Parents are agencies too and lead to no circle."""
    agencies: dict[str, Agency] = {}
    places: dict[str, str] = {}
    for row in table.rows:
        code = row["code"]
        if not is_agency_code(code):
            row.problem("code", f"code is {quote(code)}", "an agency code such as H99.05")
        if code in places:
            row.problem("code", f"agency {code} stands already at {places[code]}", "each agency once")
            continue
        places[code] = row.place
        agencies[code] = Agency(
            code=code,
            name=filled(row, "name"),
            parent=row["parent"] or None,
            kind=one_of(row, "kind", AgencyKind, AgencyKind.OTHER),
            work=row["work"],
            names_before_2025=listed(row, "names_before_2025"),
        )
    _check_parents(table, agencies)
    return agencies


def _check_parents(table: Table, agencies: dict[str, Agency]) -> None:
    for row in table.rows:
        parent = row["parent"]
        if parent and parent not in agencies:
            row.problem("parent", f"agency {parent} is not known", "a code of this file")
            continue
        seen = {row["code"]}
        while parent in agencies and parent not in seen:
            seen.add(parent)
            parent = agencies[parent].parent or ""
        if parent == row["code"]:
            row.problem("parent", f"agency {row['code']} is its own parent, in the end", "parents without a circle")


def read_communes(table: Table, before: Table, agencies: dict[str, Agency]) -> dict[str, Commune]:
    """Communes by agency code, each with the units it was formed from."""
    former = _read_former_units(table, before)
    communes: dict[str, Commune] = {}
    places: dict[str, str] = {}
    for row in table.rows:
        code, statistics = row["agency_code"], row["statistics_code"]
        if agencies and (code not in agencies or agencies[code].kind is not AgencyKind.COMMUNE):
            row.problem("agency_code", f"{code} is no agency of kind commune", "a code of agencies.csv")
        if not _STATISTICS.fullmatch(statistics):
            row.problem("statistics_code", f"statistics code {quote(statistics)}", "five digits")
        for column in ("agency_code", "statistics_code"):
            if row[column] in places:
                row.problem(column, f"{row[column]} stands already at {places[row[column]]}", "each commune once")
            places.setdefault(row[column], row.place)
        communes.setdefault(
            code,
            Commune(
                agency_code=code,
                statistics_code=statistics,
                name=filled(row, "name"),
                kind=word_of(row, "kind", "commune", "ward"),
                formed_from=row["formed_from"],
                former_units=tuple(former[statistics]),
            ),
        )
    return communes


def check_commune_agencies(table: Table, communes: dict[str, Commune]) -> None:
    """Every agency of kind commune is described in communes.csv."""
    for row in table.rows:
        if row["kind"] == AgencyKind.COMMUNE and row["code"] not in communes:
            row.problem("code", f"commune {row['code']} is not in communes.csv", "a row there, or another kind")


def _read_former_units(table: Table, before: Table) -> dict[str, list[FormerUnit]]:
    known = {row["statistics_code"] for row in table.rows}
    units: defaultdict[str, list[FormerUnit]] = defaultdict(list)
    places: dict[tuple[str, str], list[str]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for row in before.rows:
        if table.readable and row["new_statistics_code"] not in known:
            what = f"commune {quote(row['new_statistics_code'])} is not known"
            row.problem("new_statistics_code", what, "a statistics code of communes.csv")
        whole = word_of(row, "whole", "", "yes") == "yes"
        if row.cells[:3] in seen:
            row.problem("old_name", f"the same unit stands at {seen[row.cells[:3]]}", "each part of a unit once")
        seen.setdefault(row.cells[:3], row.place)
        places.setdefault((row["old_name"], row["old_district"]), []).append(row["whole"])
        unit = FormerUnit(filled(row, "old_name"), filled(row, "old_district"), whole)
        units[row["new_statistics_code"]].append(unit)
    for row in before.rows:
        parts = places[row["old_name"], row["old_district"]]
        if len(parts) > 1 and row["whole"]:
            row.problem("whole", f"{quote(row['old_name'])} went to {len(parts)} communes", "empty: it was split")
    return units
