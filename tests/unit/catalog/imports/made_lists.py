"""Lists that were read, made by hand: the second province's own list, and rows of it made other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from bot.catalog.folder import Contents, read_contents
from bot.catalog.imports.findings import NO_ANSWERS, examine
from bot.catalog.imports.listing import Answers
from bot.catalog.imports.model import Action, Answer, Column, Finding, Listed, ListTier, Part, Reading, Spot
from bot.catalog.imports.settle import Issue
from bot.catalog.model import Catalogue, OnlineLevel, Tier
from bot.catalog.report import Report

SECOND_PROVINCE = Path(__file__).parents[3] / "fixtures" / "second_province"
FILE, SHEET = "danh-muc.xlsx", "Sheet1"
ISSUE = Issue("Danh mục do tỉnh công bố", "12/QĐ-UBND", date(2026, 12, 1), date(2026, 12, 15))
COLUMNS = {Column.CODE: "Mã TTHC", Column.NAME: "Tên TTHC", Column.STATUS: "Trạng thái"}


def contents_of(folder: Path = SECOND_PROVINCE) -> Contents:
    report = Report()
    contents = read_contents(folder, report)
    assert report.problems() == ()
    return contents


def find(
    catalogue: Catalogue, reading: Reading, whole: bool, answers: Answers = NO_ANSWERS
) -> tuple[Finding, ...]:  # fmt: skip
    """What is found alone."""
    return examine(catalogue, reading, whole, answers).findings


def row(
    code: str,
    name: str,
    *agencies: str,
    level: OnlineLevel | None = OnlineLevel.FULL,
    number: int = 3,
    written: str | None = None,
    field: str = "",
    level_written: str = "",
    tier: Tier | None = None,
    list_tier: ListTier = ListTier.UNKNOWN,
    service: str = "",
    trial: bool = False,
) -> Listed:
    """`written`: the code as it stands there, where it stands there otherwise."""
    return Listed(
        Spot(FILE, SHEET, number),
        (code or None) if written is None or code else None,
        code if written is None else written,
        name,
        field,
        agencies,
        level,
        level_written,
        tier,
        list_tier,
        service,
        trial,
    )


def reading(*rows: Listed, tier: ListTier = ListTier.UNKNOWN, columns: Mapping[Column, str] = COLUMNS) -> Reading:
    part = Part(FILE, SHEET, columns, (), tier, len(rows))
    return Reading((part,), rows, (), (FILE,))


def list_of(catalogue: Catalogue) -> tuple[Listed, ...]:
    """What a catalogue's own list says: a row for each service and group of agencies, agencies by name."""
    rows: list[Listed] = []
    for code, services in catalogue.services.items():
        for service in services:
            names = [catalogue.agencies[agency].name for agency in service.agencies]
            rows.append(
                row(
                    code,
                    service.name,
                    *names,
                    level=service.level,
                    number=len(rows) + 3,
                    field=catalogue.fields[catalogue.procedures[code].field_id].name,
                    service=service.service_code,
                    trial=service.trial,
                )
            )
    return tuple(rows)


def accepted(findings: Iterable[Finding]) -> Answers:
    """Every proposal there is."""
    return {f.id: f.proposal for f in findings if f.proposal.action is not Action.ASK}


def use(value: str) -> Answer:
    return Answer(Action.USE, value)
