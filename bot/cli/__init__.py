"""The command line: `python -m bot --help`.

Exit codes: 0 done, 1 failed, 2 wrong use, wrong settings or a catalogue that cannot be served.
"""

from __future__ import annotations

import asyncio
import io
import sys
from pathlib import Path

import click

from bot.app import open_assistant
from bot.channels import terminal
from bot.cli import (
    alert,
    backup,
    catalog,
    channel,
    demo_data,
    doctor,
    migrate,
    privacy,
    rating_link,
    report,
    restore,
    share,
    staff,
    store,
    team,
    telegram,
    top,
    webhook,
    zalo,
)
from bot.cli.support import settings_of_process, told, told_catalogue
from bot.operations import search_report
from bot.operations.editorial.serving import pinned
from bot.operations.log_setup import set_up_log, shape_at_first
from bot.search.engine import SearchEngine
from bot.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Một Cửa: a chat assistant that finds an administrative procedure in the citizen's own words.

    Settings come from the environment or from .env; .env.example lists them all.
    """
    set_up_log(shape_at_first())
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a question mark; it must not end the conversation.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command()
def serve() -> None:
    """Serve the web chat and the messengers until stopped (Ctrl-C or SIGTERM)."""
    with told():
        settings = settings_of_process()
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    from bot.app.service import open_service
    from bot.app.web_parts import backing_of, messengers_of
    from bot.web.server import serve as serve_web

    async with open_service(settings) as service:
        await serve_web(service.house.assistant, settings, messengers_of(service), backing_of(service))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Read a message a line, write a JSON object for each.")
@click.option("--user", default="local", show_default=True, help="Whose conversation it is.")
def chat(*, as_json: bool, user: str) -> None:
    """Talk with the assistant in the terminal.

    With --json a line is plain text or an object: {"text": "…"} or {"choice": "…"}, and perhaps "user". Each line,
    an empty one too, is answered by one object: {"status", "text", "choices": [{"id", "label"}],
    "links": [{"label", "url"}]}.
    """
    with told():
        asyncio.run(_chat(settings_of_process(), as_json=as_json, user=user))


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
    with told():
        catalogue = told_catalogue(settings_of_process())
        engine = pinned(SearchEngine(catalogue), catalogue)
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


main.add_command(alert.alert)
main.add_command(backup.backup)
main.add_command(catalog.catalog)
main.add_command(channel.channel)
main.add_command(demo_data.demo_data)
main.add_command(doctor.doctor)
main.add_command(migrate.migrate)
main.add_command(privacy.privacy)
main.add_command(staff.staff)
main.add_command(report.report)
main.add_command(rating_link.rating_link)
main.add_command(restore.restore)
main.add_command(share.share)
main.add_command(store.store)
main.add_command(team.team)
main.add_command(telegram.telegram)
main.add_command(top.top)
main.add_command(webhook.webhook)
main.add_command(zalo.zalo)
