"""The command line: `python -m bot --help`.

Exit codes: 0 done, 1 failed, 2 wrong use, wrong settings or a catalogue that cannot be served.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from bot.app import open_assistant
from bot.catalog.guide import Guide
from bot.catalog.load import check_catalogue, load_catalogue
from bot.channels import terminal
from bot.errors import CatalogueError, MotCuaError, Problem, SettingsError
from bot.operations import search_report
from bot.operations.configuration import read_settings
from bot.operations.show import card_of
from bot.search.engine import SearchEngine
from bot.settings import Settings
from bot.texts import load_texts

FAILED = 1
UNUSABLE = 2
MOST_PROBLEMS = 50


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Một Cửa: a chat assistant that finds an administrative procedure in the citizen's own words.

    Settings come from the environment or from .env; .env.example lists them all.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a question mark; it must not end the conversation.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command()
def serve() -> None:
    """Serve the web chat until stopped (Ctrl-C or SIGTERM)."""
    with _told():
        settings = _settings()
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    from bot.web.server import serve as serve_web

    async with open_assistant(settings) as assistant:
        await serve_web(assistant, settings)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Read a message a line, write a JSON object for each.")
@click.option("--user", default="local", show_default=True, help="Whose conversation it is.")
def chat(*, as_json: bool, user: str) -> None:
    """Talk with the assistant in the terminal.

    With --json a line is plain text or an object: {"text": "…"} or {"choice": "…"}, and perhaps "user". Each line,
    an empty one too, is answered by one object: {"status", "text", "choices": [{"id", "label"}],
    "links": [{"label", "url"}]}.
    """
    with _told():
        asyncio.run(_chat(_settings(), as_json=as_json, user=user))


async def _chat(settings: Settings, *, as_json: bool, user: str) -> None:
    async with open_assistant(settings) as assistant:
        if as_json:
            await terminal.chat_json(assistant, sys.stdin.buffer, sys.stdout.buffer, user)
        elif sys.stdin.isatty():
            await terminal.chat(assistant, sys.stdout, user)
        else:
            await terminal.chat_lines(assistant, sys.stdin.buffer, sys.stdout, user)


@main.command()
@click.argument("question", required=False)
@click.option("--explain", is_flag=True, help="Show the reasons for each candidate.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the column `query` of this CSV file, write one JSON object a line.",
)
def search(question: str | None, batch: Path | None, *, explain: bool, as_json: bool) -> None:
    """Search the catalogue for QUESTION, or for every question of a file (--batch)."""
    if (question is None) == (batch is None):
        raise click.UsageError("give either a question or --batch FILE")
    if batch is not None and (explain or not as_json):
        raise click.UsageError("--batch writes JSON: give --json with it, and no --explain")
    with _told():
        catalogue = load_catalogue(_settings().catalog_dir)
        engine = SearchEngine(catalogue)
        if batch is not None:
            for line in search_report.batch(engine, batch):
                click.echo(line)
            return
        result = engine.search(question or "")
        if as_json:
            click.echo(search_report.as_json(result, question or ""))
            return
        for line in search_report.as_lines(catalogue, result, explain=explain):
            click.echo(line)


@main.group()
def catalog() -> None:
    """Look into a catalogue."""


@catalog.command()
@click.argument("directory", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object with the problems.")
def check(directory: Path | None, *, as_json: bool) -> None:
    """Read the catalogue in DIRECTORY (by default CATALOG_DIR) and tell every problem."""
    with _told():
        folder = directory or _settings().catalog_dir
        problems = check_catalogue(folder)
        if as_json:
            rows = [
                {"path": p.path, "line": p.line, "column": p.column, "what": p.what, "expected": p.expected}
                for p in problems
            ]
            click.echo(json.dumps({"directory": str(folder), "problems": rows}, ensure_ascii=False))
        elif problems:
            _tell_problems(problems, len(problems))
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
    with _told():
        catalogue = load_catalogue(_settings().catalog_dir)
        reply = card_of(Guide.of(catalogue), load_texts(), code)
        if reply is None:
            raise MotCuaError(f"{code!r} is not in this catalogue; it may still exist, codes change often")
        click.echo(terminal.render(reply, terminal.style_for(sys.stdout)))


def _settings() -> Settings:
    """The settings, with logging set up as they say. Raises SettingsError."""
    settings = read_settings()
    logging.basicConfig(
        stream=sys.stderr, level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    return settings


@contextmanager
def _told() -> Iterator[None]:
    """Errors made on purpose become a sentence on standard error and an exit code; others stay visible faults."""
    try:
        yield
    except CatalogueError as error:
        _tell_problems(error.problems, MOST_PROBLEMS)
        _leave("The catalogue cannot be served. `python -m bot catalog check` tells every problem.", UNUSABLE)
    except SettingsError as error:
        _leave(str(error), UNUSABLE)
    except MotCuaError as error:
        _leave(str(error), FAILED)
    except BrokenPipeError:
        # Whoever read our output is gone: nothing may be written any more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except KeyboardInterrupt:
        sys.exit(130)


def _tell_problems(problems: tuple[Problem, ...], most: int) -> None:
    for problem in problems[:most]:
        click.echo(str(problem), err=True)
    if len(problems) > most:
        click.echo(f"… and {len(problems) - most} more", err=True)
    click.echo(f"{len(problems)} problem(s)", err=True)


def _leave(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)
