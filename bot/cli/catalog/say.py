"""`python -m bot catalog say`: what editors say beside the published catalogue, at once and until it is taken back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import click

from bot.catalog.editorial import ItemKind, Scope
from bot.catalog.editorial_check import MAX_SOURCE_CHARS, MOST_DAYS, Fault
from bot.catalog.editorial_record import as_record
from bot.catalog.guide import Guide
from bot.catalog.taught import with_taught
from bot.cli.support import catalogue_of, open_store, operator, settings_of_process, told
from bot.dialogue.commands import Commands
from bot.dialogue.personal_data import masker_of
from bot.dialogue.turn import Searches
from bot.errors import MotCuaError
from bot.operations.aliases import as_alias
from bot.operations.editorial.desk import EditorialDesk, Listed, Seen
from bot.operations.editorial.writing import Written
from bot.operations.show import NoSearch
from bot.operations.times import in_vietnam, now
from bot.ratings.periods import day_of
from bot.search.engine import SearchEngine
from bot.store.editorial import KeptItem
from bot.store.staff import Act
from bot.texts import LANGUAGES, load_texts

_Command = TypeVar("_Command", bound=Callable[..., object])
_REFUSED = {
    "unknown_code": "there is no procedure {detail} in the catalogue",
    "replaced_code": "{detail} has taken the place of this procedure",
    "removed_code": "procedure {detail} left the list: only a notice can be told of it",
    "unknown_field": "there is no field {detail!r} in the catalogue",
    "unknown_agency": "{detail} does not decide on this procedure",
    "not_partial": "no service that this is said of is partial",
    "taken": "this is said already; `catalog say list` shows it",
    "empty": "there is no word in it",
    "too_long": "it is longer than {detail} characters",
    "characters": "it holds characters or blanks that may not stand in it",
    "no_source": "its source is missing",
    "link": "{detail} is not on the province's list of hosts",
    "private": "it holds a number that says who somebody is",
    "no_day": "a day is missing, or is none (YYYY-MM-DD)",
    "dates": "its last day is before its first",
    "too_long_span": f"it would hold for more than {MOST_DAYS} days",
    "over": "its last day is gone",
    "long": "it has a sentence of {detail} words",
    "officialese": "it says {detail!r}, which few people understand",
    "abbreviation": "it does not explain {detail!r}",
    "double_negation": "it denies twice: {detail!r}",
    "questions": "it asks more than one question",
    "code": "it holds a code, and a code is always the code",
    "command": "it is a command of the assistant",
    "understood": "the assistant understands it as something else already",
    "danger": "it is a call for help",
    "unknown_kind": "{detail!r} is nothing that can be said",
    "no_reason": "it has to be said why (--reason)",
}


def _saying(command: _Command) -> _Command:
    """The options of every command that says something."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Write a JSON object."),
        click.option("--dry-run", is_flag=True, help="Only show what citizens would read."),
        click.option("--reason", default="", help="Why; for colleagues, and for the log of changes."),
    ):
        command = option(command)
    return command


def _for_days(command: _Command) -> _Command:
    for option in (
        click.option("--to", "last", required=True, metavar="YYYY-MM-DD", help="The last day, in Vietnam."),
        click.option("--from", "first", default="", metavar="YYYY-MM-DD", help="The first day; today."),
    ):
        command = option(command)
    return command


_source = click.option("--source", required=True, help=f"Where it is published; at most {MAX_SOURCE_CHARS} characters.")
_agency = click.option("--agency", default="", metavar="CODE", help="Only at this agency.")


@click.group()
def say() -> None:
    """What editors say beside the published list. Processes that answer take it up within seconds."""


@say.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array.")
def list_(*, as_json: bool) -> None:
    """What holds, what will, what is over, and what does not fit the list any more; the newest first."""
    with told():
        listed = asyncio.run(_listed())
        if as_json:
            click.echo(json.dumps([_as_json(one) for one in listed], ensure_ascii=False))
            return
        for one in listed:
            words = ", ".join(f"{name} {value}" for name, value in as_record(one.kept.item).items() if value)
            click.echo(f"{one.kept.number}  {_state(one)}: {words}  ({one.kept.by}, {in_vietnam(one.kept.at)})")


@say.command()
@click.argument("phrase")
@click.argument("code")
@_saying
def pin(phrase: str, code: str, reason: str, *, dry_run: bool, as_json: bool) -> None:
    """Answer messages that are PHRASE with the procedure CODE, whatever they are answered with now."""
    _say(Written(ItemKind.PIN, code, phrase=phrase), reason, dry_run=dry_run, as_json=as_json)


@say.command()
@click.argument("code")
@click.argument("text")
@_agency
@_saying
def hide(code: str, text: str, agency: str, reason: str, *, dry_run: bool, as_json: bool) -> None:
    """Say nothing of the procedure CODE but that it is being looked into; TEXT tells citizens why."""
    _say(Written(ItemKind.HIDING, code, text, agency=agency), reason, dry_run=dry_run, as_json=as_json)


@say.command()
@click.argument("text")
@click.option("--code", default="", help="Of this procedure.")
@click.option("--field", default="", metavar="ID", help="Of the procedures of this field.")
@click.option("--all", "of_all", is_flag=True, help="Of all, and on the first screen.")
@_for_days
@_saying
def notice(
    text: str, code: str, field: str, first: str, last: str, reason: str, *, of_all: bool, dry_run: bool, as_json: bool
) -> None:
    """Show TEXT from one day to another."""
    if bool(code) + bool(field) + of_all != 1:
        raise click.UsageError("give one of --code, --field and --all")
    scope = Scope.PROCEDURE if code else Scope.FIELD if field else Scope.ALL
    written = Written(ItemKind.NOTICE, code, text, scope=scope, field=field, first=first, last=last)
    _say(written, reason, dry_run=dry_run, as_json=as_json)


@say.command()
@click.argument("code")
@click.argument("text")
@_source
@_for_days
@_saying
def benefit(
    code: str, text: str, source: str, first: str, last: str, reason: str, *, dry_run: bool, as_json: bool
) -> None:
    """What filing CODE online brings (a lower fee, a shorter time), and by what decision."""
    written = Written(ItemKind.BENEFIT, code, text, source=source, first=first, last=last)
    _say(written, reason, dry_run=dry_run, as_json=as_json)


@say.command("reason")
@click.argument("code")
@click.argument("text")
@_source
@_agency
@_saying
def partial_reason(
    code: str, text: str, source: str, agency: str, reason: str, *, dry_run: bool, as_json: bool
) -> None:
    """Why CODE is only partial, as it is published."""
    written = Written(ItemKind.PARTIAL_REASON, code, text, source=source, agency=agency)
    _say(written, reason, dry_run=dry_run, as_json=as_json)


@say.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; for colleagues, and for the log of changes.")
@click.option("--dry-run", is_flag=True, help="Only show what would be taken back.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def remove(number: int, reason: str, *, dry_run: bool, as_json: bool) -> None:
    """Take back what has this NUMBER in `list`."""
    with told():
        gone = asyncio.run(_removed(number, reason, dry_run=dry_run))
        if isinstance(gone, Fault):
            raise MotCuaError(_why(gone))
        if gone is None:
            raise MotCuaError(f"there is no number {number}; `catalog say list` shows what there is")
        if as_json:
            record = {"number": number, "dry_run": dry_run, "item": as_record(gone.item)}
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(f"{number} would be taken back" if dry_run else f"{number} is taken back")


def _say(written: Written, reason: str, *, dry_run: bool, as_json: bool) -> None:
    with told():
        seen = asyncio.run(_said(written, reason, dry_run=dry_run))
        if seen.fault is not None:
            raise MotCuaError(f"not taken: {_why(seen.fault)}")
        if as_json:
            record = None if seen.item is None else as_record(seen.item)
            answer = {"number": seen.number, "dry_run": dry_run, "item": record, "shown": list(seen.shown)}
            click.echo(json.dumps(answer, ensure_ascii=False))
            return
        if seen.before is not None:
            click.echo(f"before: {seen.before.status} {', '.join(seen.before.codes)}".rstrip())
        for line in seen.shown:
            click.echo(f"| {line}")
        click.echo("nothing was changed" if seen.number is None else f"said as number {seen.number}")


def _why(fault: Fault) -> str:
    return _REFUSED[fault.kind].format(detail=fault.detail)


def _state(one: Listed) -> str:
    return one.state.value if one.fault is None else f"{one.state.value} ({_why(one.fault)})"


def _as_json(one: Listed) -> dict[str, object]:
    kept = one.kept
    return {
        "number": kept.number,
        "state": one.state.value,
        "fault": None if one.fault is None else one.fault.kind.value,
        "by": kept.by,
        "at": kept.at.isoformat(),
        "reason": kept.reason,
        "item": as_record(kept.item),
    }


@asynccontextmanager
async def _desk(*, with_search: bool = False) -> AsyncIterator[EditorialDesk]:
    """`with_search`: with what the search was taught; building it takes a second."""
    languages = [load_texts(language) for language in LANGUAGES]
    settings = settings_of_process()
    async with open_store(settings) as store:
        catalogue = await catalogue_of(settings, store.office)
        taught = await store.office.learning.aliases() if with_search else ()
        served = with_taught(catalogue, map(as_alias, taught))[0]
        engine: Searches = SearchEngine(served) if with_search else NoSearch()
        yield EditorialDesk(
            store.office.editorial,
            Guide.of(served),
            engine,
            masker_of(languages),
            Commands(languages),
            load_texts(),
        )


async def _listed() -> tuple[Listed, ...]:
    async with _desk() as desk:
        return await desk.listed(day_of(now()))


async def _said(written: Written, reason: str, *, dry_run: bool) -> Seen:
    today = day_of(now())
    async with _desk(with_search=written.kind == ItemKind.PIN) as desk:
        if dry_run:
            return await desk.preview(written, today)
        return await desk.add(written, Act(now(), operator(), "editorial_add", reason), today)


async def _removed(number: int, reason: str, *, dry_run: bool) -> KeptItem | Fault | None:
    async with _desk() as desk:
        if dry_run:
            return next((one.kept for one in await desk.listed(day_of(now())) if one.kept.number == number), None)
        return await desk.remove(number, Act(now(), operator(), "editorial_remove", reason))
