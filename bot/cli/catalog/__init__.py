"""`python -m bot catalog`: a file for each of its commands; here are those that only look."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bot.catalog.guide import Guide
from bot.catalog.load import check_catalogue, load_catalogue
from bot.channels import terminal
from bot.cli.catalog import aliases, deciding, differing, freshness, importing, links, official_list, publishing, say
from bot.cli.support import UNUSABLE, settings_of_process, tell_problems, told, told_catalogue
from bot.errors import MotCuaError
from bot.operations.show import card_of
from bot.texts import load_texts


@click.group()
def catalog() -> None:
    """The catalogue: looked into, kept up to date, published."""


@catalog.command()
@click.argument("directory", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object with the problems.")
def check(directory: Path | None, *, as_json: bool) -> None:
    """Read the catalogue in DIRECTORY (by default CATALOG_DIR) and tell every problem."""
    with told():
        folder = directory or settings_of_process().catalog_dir
        problems = check_catalogue(folder)
        if as_json:
            rows = [
                {"path": p.path, "line": p.line, "column": p.column, "what": p.what, "expected": p.expected}
                for p in problems
            ]
            click.echo(json.dumps({"directory": str(folder), "problems": rows}, ensure_ascii=False))
        elif problems:
            tell_problems(problems, len(problems))
        else:
            loaded = load_catalogue(folder)
            click.echo(
                f"{folder}: no problems; version {loaded.version}, {len(loaded.procedures)} procedures, "
                f"{len(loaded.services)} with services, {len(loaded.communes)} communes, data of {loaded.as_of}"
            )
        if problems:
            sys.exit(UNUSABLE)


@catalog.command()
@click.argument("code")
def show(code: str) -> None:
    """Print the procedure with this CODE as a citizen sees it."""
    with told():
        settings = settings_of_process()
        guide = Guide.of(told_catalogue(settings))
        reply = card_of(guide, load_texts(), code, old_days=settings.data_old_days)
        if reply is None:
            raise MotCuaError(f"{code!r} is not in this catalogue; it may still exist, codes change often")
        click.echo(terminal.render(reply, terminal.style_for(sys.stdout)))


for command in (
    aliases.aliases,
    links.check_links_command,
    freshness.review,
    freshness.stale,
    say.say,
    importing.import_,
    importing.drafts,
    deciding.findings,
    deciding.decide,
    deciding.drop,
    deciding.reopen,
    differing.diff,
    official_list.official_list,
    *publishing.COMMANDS,
):
    catalog.add_command(command)
