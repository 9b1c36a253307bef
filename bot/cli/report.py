"""`python -m bot report`: the figures of a period in the terminal or as a file, and as open data."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from bot.catalog.model import Catalogue
from bot.cli.support import open_store, served_catalogue, settings_of_process, told
from bot.dialogue.rating_rules import rating_rules_of
from bot.errors import MotCuaError
from bot.operations.figures.desk import FigureDesk
from bot.operations.figures.model import By
from bot.operations.reports.compose import ReportBy
from bot.operations.reports.desk import Reader, make_report
from bot.operations.reports.model import ReportFormat
from bot.operations.reports.open_data import NEVER_PUBLISHED, open_data
from bot.operations.reports.plain_table import plain_table
from bot.operations.reports.writing import write_document
from bot.operations.times import now
from bot.ratings.periods import Period, day_of, parse_period
from bot.settings import Settings
from bot.texts import load_texts

TABLE = "table"
_FOR_A_FILE = {ReportFormat.XLSX, ReportFormat.PDF, ReportFormat.PNG}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody typed. `form`: None for a table in the terminal."""

    period: str | None
    by: ReportBy | None
    form: ReportFormat | None
    output: Path | None
    agency: str | None
    may_replace: bool


@click.command()
@click.option("--period", help="2026-10 (a report month), 2026-Q4, 2026-H2, 2026, two days with .. between.")
@click.option("--by", type=click.Choice([by.value for by in ReportBy]), help="What the table has a row for each of.")
@click.option(
    "--format",
    "form",
    type=click.Choice([TABLE, *(form.value for form in ReportFormat)]),
    default=TABLE,
    show_default=True,
    help="A table in the terminal, or a file.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--agency", help="Only this agency, by its code (H99.05).")
@click.option("--open-data", "is_open", is_flag=True, help="Write the table that may be published, and its columns.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def report(
    *,
    period: str | None,
    by: str | None,
    form: str,
    output: Path | None,
    agency: str | None,
    is_open: bool,
    force: bool,
) -> None:
    """Report how satisfied people were, against the target.

    By default: the report month of today, the whole province, a table in the terminal.

    --open-data writes a CSV file (--output, or a name of its own) and beside it a second one that says what the
    columns mean: the ratings by --by (service, if nothing else is said), without groups of fewer than 5 ratings and
    without what would give them away.
    """
    asked = _Asked(
        period,
        None if by is None else ReportBy(by),
        None if form == TABLE else ReportFormat(form),
        output,
        agency,
        force,
    )
    with told():
        settings = settings_of_process()
        catalogue = served_catalogue(settings)
        if asked.agency is not None and asked.agency not in catalogue.agencies:
            raise click.UsageError(f"{asked.agency!r} is no agency of this catalogue; for example H99.05")
        if is_open:
            asyncio.run(_publish(settings, catalogue, asked, _published_by(asked)))
            return
        if asked.output is None and asked.form in _FOR_A_FILE and sys.stdout.isatty():
            raise click.UsageError(f"{form} is no text: give --output FILE, or send it on to a program")
        asyncio.run(_report(settings, catalogue, asked))


def _published_by(asked: _Asked) -> By:
    by = asked.by or ReportBy.SERVICE
    of = by.of_figures
    if asked.agency is not None:
        raise click.UsageError("--open-data is of the whole province: with --agency the rest could be worked out")
    if of is None or of in NEVER_PUBLISHED:
        raise click.UsageError(f"--open-data is not given by {by.value}")
    if asked.form not in {None, ReportFormat.CSV}:
        raise click.UsageError("--open-data is always CSV")
    return of


async def _report(settings: Settings, catalogue: Catalogue, asked: _Asked) -> None:
    agencies = None if asked.agency is None else frozenset({asked.agency})
    async with _open_desk(settings, catalogue) as desk:
        reader = Reader(desk.texts.get("report.by_command"), agencies)
        document = await make_report(desk, reader, _period(desk, asked), now(), asked.by)
    # A process of its own it is already.
    made = (plain_table(document) + "\n").encode() if asked.form is None else write_document(document, asked.form)
    if asked.output is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    else:
        _write(asked.output, made, may_replace=asked.may_replace)


async def _publish(settings: Settings, catalogue: Catalogue, asked: _Asked, by: By) -> None:
    async with _open_desk(settings, catalogue) as desk:
        made = open_data(desk.texts, await desk.breakdown(by, _period(desk, asked)))
    data = asked.output or Path(made.name)
    columns = data.with_name(made.columns_name)
    for path in (data, columns):
        _refuse_to_replace(path, may_replace=asked.may_replace)
    _write(data, made.data, may_replace=True)
    _write(columns, made.columns, may_replace=True)
    click.echo(f"left out: {made.hidden} group(s)", err=True)


@asynccontextmanager
async def _open_desk(settings: Settings, catalogue: Catalogue) -> AsyncIterator[FigureDesk]:
    if not settings.has_store:
        raise MotCuaError(f"{settings.database_path}: there is no database yet, so there is nothing to report")
    async with open_store(settings) as store:
        yield FigureDesk(store.office.figures, catalogue, load_texts(), rating_rules_of(settings))


def _period(desk: FigureDesk, asked: _Asked) -> Period:
    if asked.period is None:
        return desk.current(day_of(now()))
    try:
        return parse_period(asked.period, desk.rules.period_start)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _write(path: Path, made: bytes, *, may_replace: bool) -> None:
    _refuse_to_replace(path, may_replace=may_replace)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise MotCuaError(f"{path}: cannot be written ({error.strerror})") from error
    click.echo(str(path), err=True)


def _refuse_to_replace(path: Path, *, may_replace: bool) -> None:
    if path.exists() and not may_replace:
        raise MotCuaError(f"{path} is there already; --force writes over it")
