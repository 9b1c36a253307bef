"""`python -m bot privacy erasures`: whose data were deleted, carried over to another machine."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import click

from bot.cli.backup import key_of
from bot.cli.support import open_store, settings_of_process, told
from bot.errors import MotCuaError
from bot.operations.privacy.erasures_file import as_file, from_file
from bot.settings import Settings
from bot.store.erasing import Erasure, Repeated
from bot.store.opening import shown

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def erasures() -> None:
    """Deletions that people asked for, so that they are made again in a backup that is restored elsewhere."""


@erasures.command("export")
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def export_list(file: Path, *, as_json: bool) -> None:
    """Write to FILE whose data were deleted and when: keyed hashes, nothing else. Only its owner may read it.

    With --json: {"deletions"}: how many.
    """
    with told():
        settings = settings_of_process()
        _check_there(settings)
        noted = asyncio.run(_noted(settings))
        _write(file, as_file(noted, key_of(settings)))
        click.echo(json.dumps({"deletions": len(noted)}) if as_json else f"{len(noted):,} deletions written to {file}")


@erasures.command("import")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Say how many deletions are not known here, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def import_list(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """Make the deletions in FILE again that this store does not know of, and note them.

    For right after a restore, before the service is started: all that is held of these people goes, also what came
    after the deletion. It may be run again.

    With --json: {"is_dry_run", "deletions", "unknown", "deleted"}: how many are in FILE, of these not known here, and
    how many people's data were deleted now.
    """
    with told():
        settings = settings_of_process()
        _check_there(settings)
        given = from_file(_read(file), key_of(settings))
        made = asyncio.run(_repeated(settings, given, is_dry=dry_run))
        if as_json:
            counts = {"deletions": len(given), "unknown": made.unknown, "deleted": made.held}
            click.echo(json.dumps({"is_dry_run": dry_run, **counts}))
            return
        click.echo(f"{len(given):,} deletions in the list, {made.unknown:,} of them not known here")
        if not dry_run:
            click.echo(f"{made.held:,} people were held here still: their data are deleted")


async def _noted(settings: Settings) -> tuple[Erasure, ...]:
    async with open_store(settings) as store:
        return await store.office.erasures.noted()


async def _repeated(settings: Settings, given: tuple[Erasure, ...], *, is_dry: bool) -> Repeated:
    async with open_store(settings) as store:
        if is_dry:
            return Repeated(await store.office.erasures.would_repeat(given), 0)
        made = await store.office.erasures.repeat(given)
        await store.let_go()
        return made


def _check_there(settings: Settings) -> None:
    if not settings.has_store:
        raise MotCuaError(f"{shown(settings.database_url)}: there is no database yet; restore the backup first")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise MotCuaError(f"{file} cannot be read: {error.strerror}") from error


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    part = file.with_name(f".{file.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        part.replace(file)
    except OSError as error:
        raise MotCuaError(f"{file} cannot be written: {error.strerror}") from error
