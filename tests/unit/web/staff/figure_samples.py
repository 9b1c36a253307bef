"""Ratings of the second province for the pages of figures, and how a page is taken apart."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from itertools import count
from urllib.parse import urlencode

from bot.ratings.model import Subject, Survey
from bot.ratings.periods import report_month_of
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.ratings_samples import rating, record

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
BIRTH, LAND = "1.900001", "1.900003"
DEPARTMENT, WARD, COMMUNE = "H99.05", "H99.100", "H99.101"
_PEOPLE = count()
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


async def rate(
    store: SqliteStore, subject: Subject, satisfied: int, others: int = 0, at: datetime = AT, **more: object
) -> None:
    for level in (3,) * satisfied + (1,) * others:
        person, period = f"p{next(_PEOPLE)}", report_month_of(at.date()).name
        given = rating(person, level, subject=subject, at=at, period=period, **more)
        await store.record(record(Survey(rating=given), person, at))


def births(agency: str = WARD) -> Subject:
    return Subject(BIRTH, "", agency, agency)


def land() -> Subject:
    return Subject(LAND, "", DEPARTMENT, COMMUNE)


def table(html: str, caption: str) -> list[list[str]]:
    """The cells of the table whose caption has this id, row by row, as they are read."""
    part = html[html.index(f'<caption id="{caption}"') :]
    rows = _ROW.findall(part[: part.index("</table>")])
    return [[" ".join(unescape(_TAG.sub("", cell)).split()) for cell in _CELL.findall(row)] for row in rows]


def address(path: str, **parameters: str) -> str:
    return f"{path}?{urlencode(parameters)}"
