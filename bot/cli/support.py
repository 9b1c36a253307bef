"""What every command needs: the settings, and errors told in a sentence with an exit code."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click
import structlog

from bot.catalog.load import load_catalogue, read_catalogue
from bot.catalog.model import Catalogue
from bot.catalog.taught import with_taught
from bot.errors import CatalogueError, MotCuaError, Problem, SettingsError, StoreError
from bot.operations.aliases import as_alias
from bot.operations.configuration import read_settings, tell_unknown_settings
from bot.operations.editorial.serving import said_beside
from bot.operations.log_setup import set_up_log, shape_of
from bot.operations.publishing.served import files_of, not_served, read_instead
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import Settings
from bot.store import opening
from bot.store.interface import Store
from bot.store.office import Office
from bot.store.registry import Registry
from bot.store.staff import OPERATOR

_log = structlog.get_logger(__name__)
FAILED = 1
UNUSABLE = 2
MOST_PROBLEMS = 50


def settings_of_process() -> Settings:
    """The settings, with logging set up as they say. Raises SettingsError."""
    settings = read_settings()
    set_up_log(shape_of(settings))
    tell_unknown_settings()
    return settings


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The store, which a process beside this one may be using. Raises StoreError."""
    store = await opening.open_store(settings.database_url)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_registry(settings: Settings) -> AsyncIterator[Registry]:
    """What operators set. Raises StoreError."""
    async with open_store(settings) as store:
        yield store.registry


async def catalogue_of(settings: Settings, office: Office) -> Catalogue:
    """What is served, as its files have it: what is in force, else what is shipped. Raises CatalogueError.

    Where that cannot be had, the newest before it that can is used, and the log says so: as a service that starts does.
    """
    publications, shipped, day = office.publications, settings.catalog_dir, day_of(now())
    try:
        current = await publications.in_force(day)
    except StoreError as error:
        _log.error("publications_not_read", error=str(error), used="what is shipped")
        current = None
    if current is None:
        return load_catalogue(shipped)
    try:
        return read_catalogue(await files_of(current, publications, shipped))
    except (StoreError, CatalogueError) as error:
        instead, catalogue = await read_instead(publications, current, shipped, day)
        wrong, mend = not_served(current, error, instead)
        _log.error("publication_not_served", error=wrong, hint=mend)
        return catalogue


def served_catalogue(settings: Settings) -> Catalogue:
    """The same for a command that has not opened the store. Nothing is made where there is no database."""
    return _read_of_store(settings, catalogue_of)


def told_catalogue(settings: Settings) -> Catalogue:
    """What citizens are answered from today: what is served, with the words taught, what editors say, and pages gone.

    What of it cannot be read is left out, and the log says so: as the service does it.
    """
    return _read_of_store(settings, _told_of)


def _read_of_store(settings: Settings, read: Callable[[Settings, Office], Awaitable[Catalogue]]) -> Catalogue:
    """What is shipped where there is no store, or none that can be opened."""

    async def opened() -> Catalogue:
        try:
            if settings.has_store:
                async with open_store(settings) as store:
                    return await read(settings, store.office)
        except StoreError as error:
            _log.error("publications_not_read", error=str(error), used="what is shipped")
        return load_catalogue(settings.catalog_dir)

    return asyncio.run(opened())


async def _told_of(settings: Settings, office: Office) -> Catalogue:
    catalogue = await catalogue_of(settings, office)
    try:
        taught = with_taught(catalogue, map(as_alias, await office.learning.aliases()))[0]
        said = said_beside(taught, await office.editorial.items())
        return replace(said, gone_pages=await office.links.surely_gone())
    except StoreError as error:
        _log.error("editorial_not_read", error=str(error), used="the list alone")
        return catalogue


def operator() -> str:
    """Who works at the machine, for the log of changes; a container may have no account."""
    try:
        return f"{OPERATOR}{getpass.getuser()}"
    except (OSError, KeyError):
        return f"{OPERATOR}unknown"


@contextmanager
def told() -> Iterator[None]:
    """Errors made on purpose become a sentence on standard error and an exit code; others stay visible faults."""
    try:
        yield
    except CatalogueError as error:
        tell_problems(error.problems, MOST_PROBLEMS)
        leave("The catalogue cannot be served. `python -m bot catalog check` tells every problem.", UNUSABLE)
    except SettingsError as error:
        leave(str(error), UNUSABLE)
    except MotCuaError as error:
        leave(str(error), FAILED)
    except BrokenPipeError:
        # Whoever read our output is gone: nothing may be written any more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except KeyboardInterrupt:
        sys.exit(130)


def write_file(file: Path, content: bytes) -> None:
    """Raises MotCuaError."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise MotCuaError(f"{file} cannot be written: {error.strerror}") from error


def tell_problems(problems: tuple[Problem, ...], most: int) -> None:
    for problem in problems[:most]:
        click.echo(str(problem), err=True)
    if len(problems) > most:
        click.echo(f"… and {len(problems) - most} more", err=True)
    click.echo(f"{len(problems)} problem(s)", err=True)


def leave(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)
