"""How long the reports of a month take over a made-up year, from asking for the figures to the last byte."""

from __future__ import annotations

import time
from datetime import date

from bot.catalog.model import Catalogue
from bot.operations.figures.desk import FigureDesk
from bot.operations.reports.compose import ReportBy
from bot.operations.reports.desk import Reader, make_report
from bot.operations.reports.model import ReportFormat
from bot.operations.reports.writing import write_document
from bot.operations.times import now
from bot.ratings.periods import previous, report_month_of
from bot.store.figures import Figures
from bot.texts import load_texts

XLSX_SECONDS = 10.0
"""For the largest monthly table, that of the services."""


async def measure_reports(figures: Figures, catalogue: Catalogue, day: date) -> bool:
    """Print the seconds of processor time of each file for the last whole report month; whether the floor holds."""
    desk = FigureDesk(figures, catalogue, load_texts())
    month = previous(report_month_of(day))
    print(f"reports of {month.name} by service, figures and file (XLSX: at most {XLSX_SECONDS:.0f} s):")
    is_quick = True
    for form in ReportFormat:
        start = time.process_time()
        document = await make_report(desk, Reader("bench"), month, now(), ReportBy.SERVICE)
        made = write_document(document, form)
        seconds = time.process_time() - start
        rows = 0 if document.table is None else len(document.table.rows)
        told = ""
        if form is ReportFormat.XLSX:
            is_quick = seconds <= XLSX_SECONDS
            told = "holds" if is_quick else "BELOW THE FLOOR"
        print(f"  {f'{form.value}, {rows} rows, {len(made) / 1000:.0f} kB':<34}{seconds:8.1f} s  {told}".rstrip())
    return is_quick
