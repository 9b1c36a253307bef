"""Looking at a backup, and putting it back: the store is the old one or the new one, at every moment."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import BackupError
from bot.operations.backup.encrypting import Seal, decrypt, seal_of
from bot.store.backup.checking import Checked, check, held_in
from bot.store.backup.erasures import later_than, noted_at, repeat_in
from bot.store.backup.held import Held
from bot.store.backup.part_file import PartFile, sync_folder
from bot.store.backup.progress import Progress
from bot.store.backup.settling import make_ready
from bot.store.erasing import Erasure
from bot.store.opening import file_of
from bot.store.sqlite.damage import MARK, only_read
from bot.store.sqlite.replacing import nobody_else, put_in_place


@dataclass(frozen=True, slots=True)
class Source:
    """A backup. `identities`: the file with secret keys of age, where it is encrypted by it."""

    file: Path
    identities: Path | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """`address`: of the store. `key`: the fingerprint of the secret key that is set; empty where there is none.

    `earlier`: those of keys before it that are known as well.
    """

    address: str
    key: str
    earlier: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Allowed:
    """`replacing`: what is there may go. `answering`: what was not answered yet is answered. `other_key`: the key may
    be another than the one under which the backup was made."""

    replacing: bool = False
    answering: bool = False
    other_key: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """`now`: what the store has in it; None where there is no store. `damage`: why it cannot be read, if so.

    `obstacles`: why it would not be put back, each as a sentence. `since`: deletions that people asked for after the
    backup was made, and are made in it. `is_other_key`: then who they are cannot be told in it, and none is made.
    """

    checked: Checked
    now: Held | None
    damage: str
    obstacles: tuple[str, ...]
    since: tuple[Erasure, ...] = ()
    is_other_key: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """`closed`: how many messages were not answered when the backup was made, and never will be. `kept`: where the
    database is that was there before. `deleted`: how many people were in the backup whose data were deleted since, and
    are deleted again."""

    outlook: Outlook
    closed: int
    kept: Path | None
    deleted: int = 0


def look_at(source: Source, target: Target, allowed: Allowed, progress: Progress) -> Outlook:
    """Check the backup and say what putting it back would do; nothing is changed. Raises BackupError."""
    place = file_of(target.address)
    if _seal_of(source) is Seal.NONE:
        return _outlook(check(source.file, progress), target, allowed)
    near = place.parent if place is not None and place.parent.is_dir() else None
    with TemporaryDirectory(dir=near) as folder, _unsealed(source, Path(folder) / "store", progress) as part:
        return _outlook(check(part.path, progress), target, allowed)


def restore(
    source: Source, target: Target, allowed: Allowed, clock: Callable[[], datetime], progress: Progress
) -> Restored:
    """Raises BackupError and StoreError; nothing is changed then, but for a server that broke off."""
    place = file_of(target.address)
    try:
        if place is None:
            return _to_server(source, target, allowed, clock, progress)
        place.parent.mkdir(parents=True, exist_ok=True)
        with nobody_else(place), _unsealed(source, place, progress) as part:
            outlook, at = _agreed(part, target, allowed, progress), clock()
            closed = make_ready(part.path, at, is_answering=allowed.answering)
            deleted = repeat_in(part.path, outlook.since)
            part.sync()
            kept = put_in_place(part.path, place, at, is_damaged=bool(outlook.damage))
            sync_folder(place.parent)
            place.with_name(place.name + MARK).unlink(missing_ok=True)
            return Restored(outlook, closed, kept, deleted)
    except OSError as error:
        raise BackupError(f"{place or 'the store'} cannot be replaced: {error.strerror}") from error


def _to_server(
    source: Source, target: Target, allowed: Allowed, clock: Callable[[], datetime], progress: Progress
) -> Restored:
    # Here and not above: a store in a file does without what it needs.
    from bot.store.backup.on_server import copy_to_server, is_served

    if is_served(target.address):
        raise BackupError("another process is running on the database; stop it first")
    with TemporaryDirectory() as folder, _unsealed(source, Path(folder) / "store", progress) as part:
        outlook = _agreed(part, target, allowed, progress)
        closed = make_ready(part.path, clock(), is_answering=allowed.answering)
        deleted = repeat_in(part.path, outlook.since)
        copy_to_server(part.path, target.address, progress)
        return Restored(outlook, closed, None, deleted)


def _agreed(part: PartFile, target: Target, allowed: Allowed, progress: Progress) -> Outlook:
    """Raises BackupError where something is in the way."""
    outlook = _outlook(check(part.path, progress), target, allowed)
    if outlook.obstacles:
        raise BackupError(" ".join(outlook.obstacles))
    return outlook


@contextmanager
def _unsealed(source: Source, place: Path, progress: Progress) -> Iterator[PartFile]:
    """A plain copy of a backup beside `place`, which goes when the block ends."""
    seal = _seal_of(source)
    with PartFile(place, "restored") as part:
        progress("reading", 0, 1)
        with source.file.open("rb") as sealed, part.file as plain:
            if seal is Seal.NONE:
                shutil.copyfileobj(sealed, plain)
            else:
                decrypt(sealed, plain, source.identities)
        progress("reading", 1, 1)
        yield part


def _seal_of(source: Source) -> Seal:
    try:
        with source.file.open("rb") as file:
            return seal_of(file)
    except OSError as error:
        raise BackupError(f"{source.file} cannot be read: {error.strerror}") from error


def _outlook(checked: Checked, target: Target, allowed: Allowed) -> Outlook:
    now, damage = _held(target)
    noted: tuple[Erasure, ...] = ()
    if not damage:
        try:
            noted = noted_at(target.address)
        except BackupError as error:
            # Then they have to be imported from a list, as where the store is gone.
            now, damage = None, str(error)
    obstacles = []
    if (damage or (now is not None and now.rows)) and not allowed.replacing:
        obstacles.append("The database is not empty; --replace puts the backup in its place.")
    is_other_key = checked.manifest.key not in {"", target.key, *target.earlier}
    if is_other_key and not allowed.other_key:
        obstacles.append(
            "The secret key is another than when the backup was made: nobody would be known again, and printed codes "
            "would not work. Set SECRET_KEY, or put person.key beside the database, as it was then; where it is lost, "
            "give --other-key."
        )
    since = () if is_other_key else later_than(checked.noted, noted)
    return Outlook(checked, now, damage, tuple(obstacles), since, is_other_key)


def _held(target: Target) -> tuple[Held | None, str]:
    """What is in the store, which may be in use; and why that cannot be told."""
    place = file_of(target.address)
    if place is None:
        from bot.store.backup.on_server import held_on_server

        return held_on_server(target.address)
    if not place.exists():
        return None, ""
    try:
        connection = sqlite3.connect(only_read(place), uri=True, timeout=1)
        try:
            return held_in(connection), ""
        finally:
            connection.close()
    except sqlite3.Error as error:
        return None, str(error)
