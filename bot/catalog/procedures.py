"""Fields and procedures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog.codes import is_public_code
from bot.catalog.model import Audience, EnglishName, Field, Procedure, Removal, Tier
from bot.catalog.report import quote
from bot.catalog.tables import Row, Table
from bot.catalog.titles import tidy
from bot.catalog.values import day, filled, letters, slug, word_of

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ONLINE_LISTED = {"": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class LabelTexts:
    """What labels.csv says of one procedure."""

    short_name: str | None = None
    label: str | None = None
    difference: str | None = None


def read_fields(table: Table) -> dict[str, Field]:
    """Fields by id."""
    fields: dict[str, Field] = {}
    for row in table.rows:
        field_id = slug(row, "id")
        if field_id in fields:
            row.problem("id", f"field {field_id} stands twice", "each field once")
        official = word_of(row, "official", "yes", "no") == "yes"
        fields.setdefault(field_id, Field(field_id, filled(row, "name"), official, row["name_en"]))
    return fields


def procedure_codes(table: Table) -> dict[str, str]:
    """`file:line` of every procedure code; reports codes that are not public ones, and codes given twice."""
    places: dict[str, str] = {}
    for row in table.rows:
        code = row["code"]
        if not is_public_code(code):
            row.problem("code", f"code is {quote(code)}", "N.NNNNNN that begins with 1 to 4 (5 and 6 are internal)")
        if code in places:
            row.problem("code", f"procedure {code} stands already at {places[code]}", "each code once")
        places.setdefault(code, row.place)
    return places


def read_procedures(
    table: Table,
    fields: Mapping[str, Field] | None,
    labels: Mapping[str, LabelTexts],
    english: Mapping[str, EnglishName],
    removals: Mapping[str, Removal],
) -> dict[str, Procedure]:
    """Procedures by code. `fields` is None when fields.csv could not be read: then they are not checked."""
    codes = procedure_codes(table)
    procedures: dict[str, Procedure] = {}
    portal_ids: dict[str, str] = {}
    for row in table.rows:
        if fields is not None:
            _check_field(row, fields)
        _check_portal_id(row, portal_ids)
        successor = row["superseded_by"]
        if successor and successor not in codes:
            row.problem("superseded_by", f"procedure {quote(successor)} is not known", "a code of this file")
        code = row["code"]
        procedure = _procedure(row, labels.get(code, LabelTexts()), english.get(code), removals.get(code))
        procedures.setdefault(code, procedure)
    _check_successors(table, procedures)
    return procedures


def _procedure(row: Row, label: LabelTexts, english: EnglishName | None, removal: Removal | None) -> Procedure:
    name = filled(row, "name")
    return Procedure(
        code=row["code"],
        name=name,
        title=tidy(name),
        field_id=row["field"],
        field_is_official=word_of(row, "field_source", "official", "assigned") == "official",
        tiers=letters(row, "tiers", Tier),
        ministry=row["ministry"],
        audience=letters(row, "audience", Audience),
        online_listed=_ONLINE_LISTED[word_of(row, "online_listed", "", "yes", "no")],
        portal_id=row["portal_id"] or None,
        as_of=day(row, "as_of"),
        superseded_by=row["superseded_by"] or None,
        maybe_superseded=word_of(row, "maybe_superseded", "", "yes") == "yes",
        short_name=label.short_name,
        label=label.label,
        difference=label.difference,
        english=english,
        removal=removal,
    )


def _check_field(row: Row, fields: Mapping[str, Field]) -> None:
    field = fields.get(row["field"])
    if field is None:
        row.problem("field", f"field {quote(row['field'])} is not known", "an id of fields.csv")
    elif row["field_source"] == "official" and not field.official:
        row.problem("field_source", f"{field.id} is a topic of ours", "assigned, or an official field")


def _check_portal_id(row: Row, places: dict[str, str]) -> None:
    portal_id = row["portal_id"]
    if not portal_id:
        return
    if not _UUID.fullmatch(portal_id):
        row.problem("portal_id", f"portal id {quote(portal_id)}", "a UUID in small letters")
    if portal_id in places:
        row.problem("portal_id", f"portal id {portal_id} stands already at {places[portal_id]}", "each id once")
    places.setdefault(portal_id, row.place)


def _check_successors(table: Table, procedures: Mapping[str, Procedure]) -> None:
    for row in table.rows:
        seen, code = {row["code"]}, row["superseded_by"]
        while code in procedures and code not in seen:
            seen.add(code)
            code = procedures[code].superseded_by or ""
        if code == row["code"]:
            row.problem("superseded_by", f"{code} is its own successor, in the end", "successors without a circle")
