"""A store with people, messages and staff in it, and its backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operations.backup.encrypting import Recipients
from bot.operations.backup.making import Made, Wanted, back_up
from bot.store.backup.progress import silent
from bot.store.backup.sums import tables
from bot.store.inbox import Kind
from bot.store.interface import Record
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import NOW, event, opinion, update

KEY = "0123456789abcdef"


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """Of the store's file: nobody has it open."""
    file = tmp_path / "house" / "data.sqlite"
    store = await SqliteStore.open(file)
    for number in range(50):
        await store.record(Record(event(number, f"p{number % 7}"), f"state {number}", opinion(number)))
    for number, kind in enumerate([Kind.MESSAGE, Kind.TAP, Kind.WITHDRAWN, Kind.LEFT, Kind.NOTICE]):
        await store.inbox.accept(replace(update(str(number), f"p{number}"), kind=kind), NOW)
    await store.inbox.claim("test", "me", NOW, NOW + timedelta(seconds=60), 2)
    await store.close()
    return file


def address(path: Path) -> str:
    return f"sqlite:///{path}"


def made(path: Path, file: Path, *, recipients: Recipients | None = None, is_overwritten: bool = False) -> Made:
    """A backup of the store at `path`."""
    wanted = Wanted(address(path), file, KEY, recipients or Recipients(), is_overwritten)
    return back_up(wanted, lambda: NOW, silent)


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All there is, table by table."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: sorted(connection.execute(f'select * from "{name}"').fetchall(), key=repr)  # noqa: S608
            for name in tables(connection)
        }


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def changed(file: Path, place: Callable[[int], int]) -> None:
    """One byte of the file is other than it was; `place`: where, of so many bytes."""
    content = bytearray(file.read_bytes())
    content[place(len(content))] ^= 0x55
    file.write_bytes(content)
