"""`python -m bot catalog check-links`: whether the pages that people are led to are still there."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta

import click

from bot.catalog.model import Catalogue
from bot.cli.support import FAILED, open_store, served_catalogue, settings_of_process, told
from bot.operations.links.checking import Round, check_links, manners_of
from bot.operations.links.told import as_json as json_of
from bot.operations.links.told import as_lines, is_any_gone, plan_lines
from bot.operations.links.wanted import WantedLink, due_links, wanted_links
from bot.operations.times import now
from bot.settings import Settings
from bot.store.freshness import LinkChecks

_INTERRUPTED = 130


@click.command("check-links")
@click.option("--limit", type=click.IntRange(1), help="Ask for so many, those that were asked for longest ago.")
@click.option(
    "--older-than", "days", type=click.IntRange(0), default=0, help="Only those without an answer for so many days."
)
@click.option("--host", help="Only the addresses of this host.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked for, and ask for nothing.")
def check_links_command(limit: int | None, days: int, host: str | None, *, as_json: bool, dry_run: bool) -> None:
    """Ask for every page that people are led to, and keep what was answered.

    Only hosts of the province's allow-list are asked, once a second each, through HTTPS_PROXY where it is set. Exit
    code 1 where a page is gone; a page that could not be checked is no fault.
    """
    with told():
        settings = settings_of_process()
        catalogue = served_catalogue(settings)
        done = Round()
        due: list[WantedLink] = []
        try:
            asyncio.run(_run(settings, catalogue, (limit, days, host), due, done, is_dry=dry_run))
        except KeyboardInterrupt:
            click.echo("stopped; what was answered is kept", err=True)
            _tell(done, due, as_json=as_json)
            sys.exit(_INTERRUPTED)
        if dry_run:
            _tell_plan(due, as_json=as_json)
            return
        _tell(done, due, as_json=as_json)
        if is_any_gone(done):
            sys.exit(FAILED)


async def _run(
    settings: Settings,
    catalogue: Catalogue,
    which: tuple[int | None, int, str | None],
    due: list[WantedLink],
    done: Round,
    *,
    is_dry: bool,
) -> None:
    """`due` and `done` are filled on the way, so that whoever stops it sees them."""
    limit, days, host = which
    async with open_store(settings) as store:
        links: LinkChecks = store.office.links
        known = {check.address: check for check in await links.listed()}
        older_than = timedelta(days=days)
        due += due_links(wanted_links(catalogue), known, now(), older_than=older_than, host=host, limit=limit)
        if is_dry:
            return
        manners = manners_of(settings, catalogue.province.link_hosts, now)
        with click.progressbar(length=len(due), label="addresses", show_pos=True, file=sys.stderr) as bar:
            await check_links(due, known, manners, links.keep, done, lambda _: bar.update(1))


def _tell_plan(due: list[WantedLink], *, as_json: bool) -> None:
    if as_json:
        rows = [{"address": link.address, "kind": link.kind.value, "codes": link.codes} for link in due]
        click.echo(json.dumps({"due": rows}, ensure_ascii=False))
        return
    for line in plan_lines(due):
        click.echo(line)


def _tell(done: Round, due: list[WantedLink], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(json_of(done, due), ensure_ascii=False))
        return
    for line in as_lines(done, due):
        click.echo(line)
