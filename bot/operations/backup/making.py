"""Making a backup: checked, on the disk, and perhaps encrypted, before it bears its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.errors import BackupError
from bot.operations.backup.encrypting import Recipients, Seal, encrypt
from bot.store.backup.making import copy_file, seal
from bot.store.backup.manifest import Manifest
from bot.store.backup.part_file import PartFile
from bot.store.backup.progress import Progress
from bot.store.opening import file_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """`address`: of the store. `key`: the fingerprint of the secret key; empty where there is none."""

    address: str
    file: Path
    key: str
    recipients: Recipients = field(default_factory=Recipients)
    is_overwritten: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """`size`: of the file, in bytes."""

    manifest: Manifest
    size: int


def back_up(wanted: Wanted, clock: Callable[[], datetime], progress: Progress) -> Made:
    """Others may go on writing to the store. Where it fails no file is left. Raises BackupError and StoreError."""
    file = wanted.file
    check_place(wanted)
    try:
        if wanted.recipients.seal is Seal.NONE:
            with PartFile(file) as part:
                manifest = _copy(wanted, part.path, clock(), progress)
                check_place(wanted)
                part.finish()
        else:
            with PartFile(file, "plain") as plain, PartFile(file) as part:
                manifest = _copy(wanted, plain.path, clock(), progress)
                plain.vanish()
                progress("encrypting", 0, 1)
                with plain.file as source, part.file as target:
                    encrypt(source, target, wanted.recipients)
                progress("encrypting", 1, 1)
                check_place(wanted)
                part.finish()
        return Made(manifest, file.stat().st_size)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}") from error


def check_place(wanted: Wanted) -> None:
    """Raises BackupError where something is in the way of the file."""
    file, source = wanted.file, file_of(wanted.address)
    if source is not None and file.resolve() in {
        source.resolve().with_name(f"{source.name}{end}") for end in ("", "-wal", "-shm", "-lock")
    }:
        raise BackupError(f"{file} is the database itself")
    if file.is_dir() or not file.parent.is_dir():
        raise BackupError(f"{file} cannot be written: {'it is a folder' if file.is_dir() else 'there is no folder'}")
    if file.exists() and not wanted.is_overwritten:
        raise BackupError(f"{file} is there already; --overwrite puts the new backup in its place")


def _copy(wanted: Wanted, target: Path, at: datetime, progress: Progress) -> Manifest:
    source = file_of(wanted.address)
    if source is None:
        # Here and not above: a store in a file does without what it needs.
        from bot.store.backup.on_server import copy_from_server

        copy_from_server(wanted.address, target, progress)
    else:
        copy_file(source, target, progress)
    return seal(target, at, "postgresql" if source is None else "sqlite", wanted.key, progress)
