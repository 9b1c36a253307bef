"""Whether a backup is what it was when it was made, and what is in it; what is in a store that it would replace."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from bot.errors import BackupError
from bot.store.backup.erasures import noted_in
from bot.store.backup.held import NEWEST, OPEN, Held
from bot.store.backup.making import check_whole
from bot.store.backup.manifest import Manifest, read_manifest
from bot.store.backup.progress import Progress
from bot.store.backup.sums import counts_of, sums_of
from bot.store.erasing import Erasure
from bot.store.moving.identity import APART, NO_DATA
from bot.store.planning import planned
from bot.store.sqlite import migrations
from bot.store.sqlite.damage import only_read

BEGIN_WITH_ROWS = APART | NO_DATA | {"_sqlite_migrations", "editorial_version", "taught_version"}
"""Tables that have rows before anybody has used the store."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`new_steps`: how many steps this release makes its tables up by. `noted`: whose data had been deleted from it."""

    manifest: Manifest
    held: Held
    new_steps: int
    noted: tuple[Erasure, ...] = ()


def check(path: Path, progress: Progress) -> Checked:
    """Look at everything in a plain backup; nothing is changed. Raises BackupError."""
    try:
        with reading(path) as connection:
            manifest = read_manifest(connection)
            check_whole(connection)
            plan = planned(migrations.all_steps(), migrations.made(Database(connection, execute_plugins=False)))
            if plan.newer:
                named = ", ".join(sorted(plan.newer))
                raise BackupError(
                    f"it was made by a later release of this program, which has steps unknown to it: {named}"
                )
            _check_sums(connection, manifest, progress)
            return Checked(manifest, held_in(connection), len(plan.missing), noted_in(connection))
    except sqlite3.Error as error:
        raise BackupError(f"it is damaged: {error}") from error


def _check_sums(connection: sqlite3.Connection, manifest: Manifest, progress: Progress) -> None:
    found = {one.table: one for one in sums_of(connection, manifest.rows, progress)}
    meant = {one.table: one for one in manifest.sums}
    wrong = sorted(name for name in found.keys() | meant.keys() if found.get(name) != meant.get(name))
    if wrong:
        raise BackupError(f"it is not what was backed up: {', '.join(wrong)}")


def held_in(connection: sqlite3.Connection) -> Held:
    """Raises sqlite3.Error."""
    counts = counts_of(connection)
    rows = sum(count for name, count in counts.items() if name not in BEGIN_WITH_ROWS)
    newest = connection.execute(NEWEST).fetchone()[0] if "events" in counts else ""
    waiting = int(connection.execute(OPEN).fetchone()[0]) if "inbox" in counts else 0
    return Held(rows, newest, waiting)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A file that nobody writes to; nothing is made beside it. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{only_read(path)}&immutable=1", uri=True)) as connection:
        connection.execute("pragma cell_size_check = on")
        yield connection
