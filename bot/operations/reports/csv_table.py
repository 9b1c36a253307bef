"""CSV for the spreadsheets of this country: a semicolon between cells, a comma in numbers, a byte order mark.

Where Windows is set to Vietnamese the comma is the decimal separator, so Excel opens a file at a double click only if
its cells are parted by semicolons, and takes `94,73%` for a number. Programs read the JSON or the open data instead.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from math import ceil

from bot.operations.reports.model import Kind, ReportDocument, Value
from bot.texts import Texts, load_texts
from bot.texts.cells import BYTE_ORDER_MARK, as_text, harmless


def csv_table(document: ReportDocument) -> bytes:
    """The table, or the months where there is none; each line says of which place and period it is."""
    texts = load_texts(document.language)
    table = document.table or document.trend
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    heads = [texts.get("report.csv.place"), texts.get("report.csv.period"), *(c.heading for c in table.columns)]
    writer.writerow([*heads, *([texts.get("report.csv.demo")] if document.demo else [])])
    for row in table.rows:
        cells = [
            _code(value) if column.id == "code" else _cell(texts, column.kind, value)
            for column, value in zip(table.columns, row, strict=True)
        ]
        whose = [harmless(document.place), harmless(document.period_words)]
        writer.writerow([*whose, *cells, *([document.demo] if document.demo else [])])
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def _code(value: Value) -> str:
    return as_text(harmless(str(value))) if value else ""


def _cell(texts: Texts, kind: Kind, value: Value) -> str:
    if value is None:
        return texts.get("report.none") if kind is Kind.SHARE else ""
    if isinstance(value, str):
        return harmless(value)
    return str(value) if isinstance(value, int) else _percent(texts.language, kind, value)


def _percent(language: str, kind: Kind, share: Fraction) -> str:
    hundredths = ceil(share * 10_000) if kind is Kind.HIGH else int(share * 10_000)
    written = f"{hundredths // 100}.{hundredths % 100:02}%"
    return written.replace(".", ",") if language == "vi" else written
