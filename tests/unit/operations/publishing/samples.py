"""Catalogues to be published: the small second province, and the same with other names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.catalog.folder import Contents, read_contents
from bot.catalog.load import version_of
from bot.catalog.report import Report
from bot.store.publications import Publication, PublicationKind
from bot.store.staff import Act
from tests.unit.store.samples import NOW

SECOND_PROVINCE = Path(__file__).resolve().parents[3] / "fixtures" / "second_province"
TODAY = date(2026, 11, 21)
SHIPPED: Contents = read_contents(SECOND_PROVINCE, Report())
ACT = Act(NOW, "chi.lan", "catalog_publish", "danh mục quý IV")
TITLE = "Tách thửa hoặc hợp thửa đất"
LAND = "1.900003"


def renamed(name: str, contents: Contents = SHIPPED) -> dict[str, bytes]:
    """The catalogue in which the land procedure bears another name."""
    return changed(contents, "procedures.csv", TITLE, name)


def changed(contents: Contents, path: str, old: str, new: str) -> dict[str, bytes]:
    assert old.encode() in contents[path]
    return {**contents, path: contents[path].replace(old.encode(), new.encode())}


def publication(contents: Mapping[str, bytes], since: date = TODAY, number: int = 0) -> Publication:
    return Publication(
        number=number,
        version=version_of(contents),
        kind=PublicationKind.PUBLISHED,
        since=since,
        decision="12/QĐ-UBND",
        decided_on=date(2026, 11, 20),
        by="chi.lan",
        at=NOW,
        reason="danh mục quý IV",
    )
