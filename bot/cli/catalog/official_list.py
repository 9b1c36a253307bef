"""`python -m bot catalog list`: the list as a decision prints it, of any catalogue, into a file."""

from __future__ import annotations

import asyncio
import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.cli.support import open_store, settings_of_process, told, write_file
from bot.errors import MotCuaError
from bot.operations.official_list.files import file_name, list_file
from bot.operations.official_list.model import MAX_DECISION_CHARS, Heading, ListFormat, TierChoice
from bot.operations.official_list.versions import catalogue_of_version
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import Settings

CURRENT = "current"
_STANDARD_OUTPUT = "-"


@click.command(name="list")
@click.option(
    "--tier",
    type=click.Choice([choice.value for choice in TierChoice]),
    default=TierChoice.ALL.value,
    show_default=True,
    help="The appendix of one tier, or all.",
)
@click.option(
    "--format", "form", type=click.Choice([form.value for form in ListFormat]), required=True, help="The kind of file."
)
@click.option(
    "--version", default=CURRENT, show_default=True, help="A publication's number, 'current', or a catalogue's FOLDER."
)
@click.option("--decision", default="", help="The number of the decision that the list goes with (12/QĐ-UBND).")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the decision.")
@click.option("--output", type=click.Path(dir_okay=False), help="The file to write; '-' for standard output.")
def official_list(tier: str, form: str, version: str, decision: str, day: datetime | None, output: str | None) -> None:
    """Print the published list as appendices of a decision: by tier and field, with code, bodies and level."""
    with told():
        if len(decision) > MAX_DECISION_CHARS or not (decision.isprintable() or not decision):
            raise MotCuaError(f"--decision takes a number of at most {MAX_DECISION_CHARS} characters")
        catalogue = _catalogue(settings_of_process(), version)
        choice, kind = TierChoice(tier), ListFormat(form)
        made = list_file(catalogue, choice, kind, Heading(decision.strip(), None if day is None else day.date()))
        if made is None:
            raise MotCuaError(f"nothing of this tier ({tier}) is published in version {catalogue.version}")
        _write(made, output or file_name(catalogue, choice, kind), catalogue)


def _catalogue(settings: Settings, version: str) -> Catalogue:
    folder = Path(version)
    if folder.is_dir():
        return load_catalogue(folder)
    if version != CURRENT and not (version.isascii() and version.isdigit()):
        raise MotCuaError(f"--version is {version!r}; expected a publication's number, 'current', or a folder")
    number = None if version == CURRENT else int(version)
    if not settings.has_store:
        # Nothing was ever published here, and looking must not make a database.
        found = load_catalogue(settings.catalog_dir) if number is None else None
    else:
        found = asyncio.run(_published(settings, number, day_of(now())))
    if found is None:
        raise MotCuaError(f"nothing was published as number {version}")
    return found


async def _published(settings: Settings, number: int | None, day: date) -> Catalogue | None:
    async with open_store(settings) as store:
        return await catalogue_of_version(store.office.publications, settings.catalog_dir, number, day)


def _write(made: bytes, output: str, catalogue: Catalogue) -> None:
    if output == _STANDARD_OUTPUT:
        sys.stdout.buffer.write(made)
        return
    write_file(Path(output), made)
    click.echo(f"{output}: {len(made)} bytes, version {catalogue.version}, data of {catalogue.as_of}")
