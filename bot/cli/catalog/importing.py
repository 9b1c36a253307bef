"""`python -m bot catalog import`, and what becomes of the draft that it makes."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import click

from bot.catalog.folder import Contents
from bot.catalog.imports.findings import NO_ANSWERS
from bot.catalog.imports.kept import Content
from bot.catalog.imports.model import Finding, ListTier, Reading
from bot.catalog.imports.own_files import OwnPart, part_of, take_over
from bot.catalog.imports.reading import describe_parts, read_files
from bot.catalog.load import check_contents
from bot.cli.catalog.said import counted
from bot.cli.support import MOST_PROBLEMS, open_store, operator, settings_of_process, tell_problems, told
from bot.errors import MotCuaError
from bot.operations.imports import drafting
from bot.operations.imports.base import Base, served_base
from bot.operations.imports.own_format import ZIP, own_contents
from bot.operations.times import in_vietnam, now
from bot.settings import Settings
from bot.store.drafts import Draft
from bot.store.staff import Act

json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
reason_option = click.option("--reason", default="", help="Why; kept in the log of changes.")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--part",
    type=click.Choice([part.value for part in OwnPart]),
    help="Of a catalogue in our own format (a folder or a .zip).",
)
@click.option(
    "--rows-of",
    type=click.Choice([tier.value for tier in drafting.TIERS]),
    help="Whose list it is, where the files do not say.",
)
@click.option("--whole/--not-whole", default=False, help="The files are the whole list: what they lack is gone.")
@click.option("--dry-run", is_flag=True, help="Only show what is read and found.")
@json_option
def import_(
    files: tuple[Path, ...], part: str | None, rows_of: str | None, *, whole: bool, dry_run: bool, as_json: bool
) -> None:
    """Read published lists (XLSX, DOCX, PDF, CSV), or a part of a catalogue, into a draft; nothing is published."""
    with told():
        content = _read(files, part, rows_of)
        asyncio.run(_import(content, tuple(file.name for file in files), whole, dry_run, as_json))


def _read(files: tuple[Path, ...], part: str | None, rows_of: str | None) -> Content:
    own = [file for file in files if file.is_dir() or file.suffix.lower() == ZIP]
    if own:
        if part is None or len(files) > 1:
            raise MotCuaError("a catalogue in our own format is taken over alone, and with --part lists or words")
        return part_of(own_contents(own[0]), OwnPart(part))
    if part is not None:
        raise MotCuaError("--part goes with a catalogue in our own format: a folder or a .zip")
    names = [file.name for file in files]
    if len(set(names)) < len(names):
        raise MotCuaError("two of the files have one name; nobody could tell their rows apart")
    try:
        contents: Contents = {file.name: file.read_bytes() for file in files}
    except OSError as error:
        raise MotCuaError(f"{error.filename} cannot be read: {error.strerror}") from None
    reading = read_files(contents, _show_progress)
    _end_progress()
    return drafting.of_tier(reading, None if rows_of is None else ListTier(rows_of))


def _show_progress(done: int, total: int | None) -> None:
    if sys.stderr.isatty():
        share = f" of {total}" if total else ""
        bar = f" [{'#' * (20 * done // total):<20}]" if total else ""
        click.echo(f"\r{done}{share} rows{bar}", nl=False, err=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        click.echo(err=True)


async def _import(content: Content, files: tuple[str, ...], whole: bool, dry_run: bool, as_json: bool) -> None:
    settings = settings_of_process()
    async with open_store(settings) as store:
        base = await served_base(store, settings.catalog_dir)
        findings = (await drafting.examined_in(content, whole, base.catalogue, NO_ANSWERS)).findings
        left_out = _fits(content, base)
        act = Act(now(), operator(), drafting.ADD)
        number = None if dry_run else await drafting.add(store.office.drafts, content, files, whole, act)
    if as_json:
        click.echo(json.dumps(_as_json(content, findings, number, left_out), ensure_ascii=False))
        return
    _tell(content, findings, left_out)
    if number is None:
        click.echo("Nothing is kept (--dry-run).")
    else:
        click.echo(f"Draft {number}. `catalog findings {number}` shows what was found, `catalog decide` answers it.")


def _fits(content: Content, base: Base) -> tuple[str, ...]:
    """Lines of words that are left out. What would make a catalogue that cannot be served is refused."""
    if isinstance(content, Reading):
        return ()
    taken = take_over(base.contents, base.catalogue, content)
    if problems := check_contents(taken.contents):
        tell_problems(problems, MOST_PROBLEMS)
        raise MotCuaError("with these files the catalogue could not be served; nothing is changed")
    return taken.left_out


def _tell(content: Content, findings: tuple[Finding, ...], left_out: tuple[str, ...]) -> None:
    if isinstance(content, Reading):
        for line in describe_parts(content.parts, content.notes):
            click.echo(line)
        click.echo(f"{len(content.rows)} rows read, {len(content.unread)} not")
        counts = drafting.counts_of(findings, findings)
        said = counted((kind.value, number) for kind, (number, _) in counts.items())
        click.echo(f"{len(findings)} findings{f': {said}' if said else ''}")
        return
    click.echo(f"{len(content.files) - 1} files of {content.part.value}")
    for line in left_out:
        click.echo(f"left out, for a procedure that is not known here: {line}")


def _as_json(
    content: Content, findings: tuple[Finding, ...], number: int | None, left_out: tuple[str, ...]
) -> dict[str, object]:
    counts = {kind.value: found for kind, (found, _) in drafting.counts_of(findings, findings).items()}
    told: dict[str, object] = {"draft": number, "findings": counts}
    if isinstance(content, Reading):
        parts = [
            {
                "file": part.file,
                "sheet": part.sheet,
                "through": part.through or part.sheet,
                "tier": part.list_tier,
                "rows": part.rows,
                "columns": dict(part.columns),
                "ignored": list(part.ignored),
            }
            for part in content.parts
        ]
        notes = [{"kind": one.kind, "file": one.file, "sheet": one.sheet, "count": one.count} for one in content.notes]
        return told | {"parts": parts, "rows": len(content.rows), "unread": len(content.unread), "notes": notes}
    return told | {"part": content.part, "files": sorted(content.files), "left_out": list(left_out)}


@click.command()
@json_option
def drafts(*, as_json: bool) -> None:
    """Every draft, the newest first."""
    with told():
        listed = asyncio.run(_listed(settings_of_process()))
        if as_json:
            click.echo(json.dumps([_draft_json(draft) for draft in listed], ensure_ascii=False))
            return
        for draft in listed:
            kind = ("whole list" if draft.whole else "list") if draft.part is None else draft.part.value
            files = ", ".join(draft.files)
            click.echo(f"{draft.number}  {draft.state.value}  {kind}: {files}  ({draft.by}, {in_vietnam(draft.at)})")


def _draft_json(draft: Draft) -> dict[str, object]:
    return {
        "number": draft.number,
        "state": draft.state,
        "files": list(draft.files),
        "whole": draft.whole,
        "part": draft.part,
        "by": draft.by,
        "at": draft.at.isoformat(),
    }


async def _listed(settings: Settings) -> tuple[Draft, ...]:
    async with open_store(settings) as store:
        return await store.office.drafts.listed()
