"""`python -m bot privacy`: what is stored of whom, why, and for how long; what is held now; what has outlived it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.cli.erasures import erasures
from bot.cli.rotate_key import rotate_key
from bot.cli.support import open_store, own_signer, settings_of_process, told, write_file
from bot.dialogue.receipts import number_in, receipt_of
from bot.errors import MotCuaError
from bot.operations.privacy.document import document
from bot.operations.privacy.report import HeldTable, PrivacyReport, privacy_report
from bot.operations.retention import due_now, forget_old, keeping_of
from bot.operations.times import in_vietnam, now
from bot.settings import Settings
from bot.store.holdings import Due, Erased
from bot.store.opening import shown
from bot.store.register import ROW, load_register

_NOT_KEPT = (
    "how long each took is not kept: it is done in the turn in which it is confirmed, before the person is told so",
    "who asked, and requests by letter, are not kept either",
)


_COUNTED = {
    "remembered": "rows of what was remembered, deleted",
    "accounts": "ids of messengers, deleted",
    "words": "remarks, deleted",
    "ratings": "ratings, nobody's since",
    "uses": "events, opinions and answers, nobody's since",
}


@click.group()
def privacy() -> None:
    """Personal data: what is stored of whom, why, for how long, and what is held now."""


privacy.add_command(rotate_key)
privacy.add_command(erasures)


@privacy.command("register")
@click.option("--write", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
def show_register(file: Path | None) -> None:
    """Print the privacy register: of each column why it is kept, how long, who sees it, how it goes (Markdown)."""
    with told():
        made = document(load_register())
        if file is None:
            click.echo(made, nl=False)
        else:
            write_file(file, made.encode())


@privacy.command()
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def report(*, as_json: bool) -> None:
    """Tell what is held, what was asked to be deleted, and what the daily round would delete now. Changes nothing.

    With --json: {"tables": [{"table", "rows", "oldest", "of_a_person": [], "ends": [{"after", "takes": []}], "due"}],
    "erased": [{"channel", "times", "first", "last", "time_taken": null}], "shown": the same, "due": [{"table", "term",
    "takes": [], "rows"}]}. "ends" is empty where it is kept for good, "first" and "last" are hours in Vietnam; how long
    it took to delete is not kept.
    """
    with told():
        made = asyncio.run(_report(settings_of_process()))
        if as_json:
            click.echo(json.dumps(_object(made), ensure_ascii=False))
            return
        asked = _requests(made.erased, made.shown)
        for line in (*_table(made.tables), "", *asked, "", *_due(made.due, "would go now")):
            click.echo(line)


@privacy.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def forget(*, dry_run: bool, as_json: bool) -> None:
    """Delete what has outlived its time, as the daily round does, while the service runs or not.

    With --json: {"is_dry_run", "due": [{"table", "term", "takes": [], "rows"}], "changed"}; "due" is what had outlived
    its time, "changed" how many rows were deleted or emptied.
    """
    with told():
        due, changed = asyncio.run(_forget(settings_of_process(), is_dry=dry_run))
        if as_json:
            told_due = [asdict(one) for one in due if one.rows]
            click.echo(json.dumps({"is_dry_run": dry_run, "due": told_due, "changed": changed}, ensure_ascii=False))
            return
        for line in _due(due, "would go" if dry_run else "had outlived its time"):
            click.echo(line)
        if not dry_run:
            click.echo(f"{changed:,} rows deleted or emptied")


@privacy.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def receipt(number: str, *, as_json: bool) -> None:
    """Tell whether NUMBER is the receipt of a deletion that this installation has given, and what it says.

    A receipt says when somebody's data were deleted and how much, and nothing of whom. The store is not asked.

    With --json: {"number", "at", "remembered", "accounts", "words", "ratings", "uses"}, "at" in UTC. Leaves with 1
    where it is none of ours, or not copied rightly.
    """
    with told():
        letters = number_in(number)
        found = None if letters is None else receipt_of(own_signer(settings_of_process()), letters)
        if found is None:
            raise MotCuaError(f"{number} is no receipt of this installation; a letter may be missing or wrong")
        counts = asdict(found.deleted)
        if as_json:
            click.echo(json.dumps({"number": found.number, "at": found.at.isoformat(), **counts}))
            return
        click.echo(f"{found.number} is genuine: deleted at {in_vietnam(found.at)}")
        for name, count in counts.items():
            click.echo(f"  {_COUNTED[name]}: {count:,}")


async def _report(settings: Settings) -> PrivacyReport:
    _check_there(settings)
    async with open_store(settings) as store:
        return await privacy_report(store, load_register(), settings, now())


async def _forget(settings: Settings, *, is_dry: bool) -> tuple[tuple[Due, ...], int]:
    _check_there(settings)
    keeping, at = keeping_of(settings), now()
    async with open_store(settings) as store:
        due = await due_now(store, keeping, at)
        return due, 0 if is_dry else await forget_old(store, keeping, at)


def _check_there(settings: Settings) -> None:
    """Raises MotCuaError. A file is not made only to say that nothing is in it."""
    if not settings.has_store:
        raise MotCuaError(f"{shown(settings.database_url)}: there is no database yet, so nothing is held")


def _object(made: PrivacyReport) -> dict[str, object]:
    tables = [
        {
            **asdict(table.held),
            "of_a_person": [nature.value for nature in table.of_a_person],
            "ends": [{"after": after.replace("`", ""), "takes": takes} for after, takes in table.ends],
            "due": table.due,
        }
        for table in made.tables
    ]
    erased, shown = ([{**asdict(one), "time_taken": None} for one in asked] for asked in (made.erased, made.shown))
    return {"tables": tables, "erased": erased, "shown": shown, "due": [asdict(one) for one in made.due if one.rows]}


def _table(tables: Sequence[HeldTable]) -> Iterator[str]:
    used = [table for table in tables if table.held.rows]
    width = max((len(table.held.table) for table in used), default=0)
    yield f"{'table':<{width}}{'rows':>12}  {'oldest':<10}{'due now':>9}  goes after"
    for table in used:
        held = table.held
        yield f"{held.table:<{width}}{held.rows:>12,}  {held.oldest:<10}{table.due:>9,}  {_ends(table)}"
    if len(used) < len(tables):
        yield f"and {len(tables) - len(used)} tables without rows"


def _ends(table: HeldTable) -> str:
    told_ends = (f"{after.replace('`', '')}{_of(takes)}" for after, takes in table.ends)
    return "; ".join(told_ends) or "kept for good"


def _of(takes: Sequence[str]) -> str:
    return "" if ROW in takes else f": {', '.join(takes)}"


def _requests(erased: Sequence[Erased], shown: Sequence[Erased]) -> Iterator[str]:
    """The counts are in the table `event_counts`."""
    if not erased:
        yield "no deletion on request is counted (those after a backup that was restored stand in `erasures`)"
    yield from (f"{one.channel}: {one.times:,} had their data deleted, {_when(one)}" for one in erased)
    if not shown:
        yield "nobody has asked what is held of them"
    yield from (f"{one.channel}: {one.times:,} asked what is held of them, {_when(one)}" for one in shown)
    yield from _NOT_KEPT


def _when(asked: Erased) -> str:
    first, last = (f"{hour.replace('T', ' ')}h" for hour in (asked.first, asked.last))
    return f"first at {first}, last at {last} (Vietnam)"


def _due(due: Sequence[Due], what: str) -> Iterator[str]:
    some = [one for one in due if one.rows]
    for one in some:
        yield f"{one.table}: {one.rows:,} rows by the term `{one.term}`{_of(one.takes)}"
    yield f"{sum(one.rows for one in some):,} rows {what}"
