"""A catalogue in our own format, from a folder or a zip archive: bounded, and nothing outside of it is touched."""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path, PurePosixPath

from bot.catalog.folder import Contents
from bot.catalog.schema import COLUMNS, SOURCES
from bot.errors import MotCuaError
from bot.operations.publishing.served import contents_of

MOST_FILES = 500
MOST_BYTES = 64 * 1024 * 1024
"""Of all files together, unpacked; the shipped catalogue has a twentieth of it."""
ZIP = ".zip"
_PIECE = 64 * 1024


class OwnFormatFault(StrEnum):
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    LOCKED = "locked"
    NO_CATALOGUE = "no_catalogue"


_SAID = {
    OwnFormatFault.BROKEN: "is no zip archive, or a broken one",
    OwnFormatFault.TOO_LARGE: f"holds more than {MOST_FILES} files or {MOST_BYTES // 1024 // 1024} MB",
    OwnFormatFault.LOCKED: "is protected with a password",
    OwnFormatFault.NO_CATALOGUE: f"holds no catalogue: there is no {SOURCES} beside the other files",
}


class OwnFormatError(MotCuaError):
    """`name` cannot be taken as a catalogue."""

    def __init__(self, name: str, fault: OwnFormatFault) -> None:
        self.name = name
        self.fault = fault
        super().__init__(f"{name} {_SAID[fault]}; nothing is changed")


def own_contents(path: Path) -> Contents:
    """The files of a catalogue in a folder or an archive. Raises OwnFormatError, CatalogueError."""
    if path.is_dir():
        return _catalogue(path.name, contents_of(path))
    return contents_of_zip(path.name, path.read_bytes())


def contents_of_zip(name: str, content: bytes) -> Contents:
    """The files in an archive, also where they lie in one folder of it. Raises OwnFormatError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise OwnFormatError(name, OwnFormatFault.TOO_LARGE)
            if any(entry.flag_bits & 1 for entry in entries):
                raise OwnFormatError(name, OwnFormatFault.LOCKED)
            return _catalogue(name, _unpacked(name, archive, entries))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise OwnFormatError(name, OwnFormatFault.BROKEN) from error


def _unpacked(name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """What an entry says of its size is not believed: it is counted as it is unpacked."""
    left = MOST_BYTES
    found: dict[str, bytes] = {}
    for entry in entries:
        pieces: list[bytes] = []
        with archive.open(entry) as packed:
            while piece := packed.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise OwnFormatError(name, OwnFormatFault.TOO_LARGE)
                pieces.append(piece)
        found[entry.filename] = b"".join(pieces)
    return found


def _catalogue(name: str, found: Contents) -> Contents:
    roots = [PurePosixPath(path).parent for path in found if PurePosixPath(path).name == SOURCES]
    if not roots:
        raise OwnFormatError(name, OwnFormatFault.NO_CATALOGUE)
    root = min(roots, key=lambda one: len(one.parts))
    inside = {PurePosixPath(p): content for p, content in found.items() if PurePosixPath(p).is_relative_to(root)}
    contents = {path.relative_to(root).as_posix(): content for path, content in inside.items()}
    kept = {
        path: content
        for path, content in contents.items()
        if path.endswith((".csv", ".toml")) and not any(part.startswith(".") for part in PurePosixPath(path).parts)
    }
    if not kept.keys() & COLUMNS.keys():
        raise OwnFormatError(name, OwnFormatFault.NO_CATALOGUE)
    return kept
