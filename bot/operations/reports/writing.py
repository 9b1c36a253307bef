"""One writer for each kind of file. Loads what it needs when it is asked: most of a process never writes a report."""

from __future__ import annotations

from collections.abc import Mapping

from bot.operations.reports.model import ReportDocument, ReportFormat
from bot.ratings.charts.model import Chart, Format
from bot.texts import load_texts

MEDIA_TYPES: Mapping[ReportFormat, str] = {
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.CSV: "text/csv",
    ReportFormat.PDF: "application/pdf",
    ReportFormat.PNG: "image/png",
    ReportFormat.JSON: "application/json",
}


def write_document(document: ReportDocument, form: ReportFormat) -> bytes:
    """The file. Takes up to seconds: see `bot.operations.reports.reporting`."""
    if form is ReportFormat.XLSX:
        from bot.operations.reports.xlsx import xlsx

        return xlsx(document)
    if form is ReportFormat.CSV:
        from bot.operations.reports.csv_table import csv_table

        return csv_table(document)
    if form is ReportFormat.PDF:
        from bot.operations.reports.pdf import pdf

        return pdf(document)
    if form is ReportFormat.PNG:
        return write_chart(document.picture, Format.PNG, document.language)
    from bot.operations.reports.json_file import json_file

    return json_file(document)


def write_chart(chart: Chart, form: Format, language: str) -> bytes:
    from bot.ratings.charts.draw import draw

    return draw(chart, form, load_texts(language))
