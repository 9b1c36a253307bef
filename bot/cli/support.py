"""What every command needs: the settings, and errors told in a sentence with an exit code."""

from __future__ import annotations

import getpass
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import NoReturn

import click

from bot.errors import CatalogueError, MotCuaError, Problem, SettingsError
from bot.operations.configuration import read_settings
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.registry import Registry
from bot.store.staff import OPERATOR

FAILED = 1
UNUSABLE = 2
MOST_PROBLEMS = 50


def settings_of_process() -> Settings:
    """The settings, with logging set up as they say. Raises SettingsError."""
    settings = read_settings()
    logging.basicConfig(
        stream=sys.stderr, level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    return settings


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The store, which a process beside this one may be using. Raises StoreError."""
    # Here and not above: most commands need no store.
    from bot.store.sqlite.store import SqliteStore

    store = await SqliteStore.open(settings.database_path)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_registry(settings: Settings) -> AsyncIterator[Registry]:
    """What operators set. Raises StoreError."""
    async with open_store(settings) as store:
        yield store.registry


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
