"""A catalogue from a folder or an archive: whole, or refused with a reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bot.catalog.folder import read_contents
from bot.catalog.report import Report
from bot.operations.imports.own_format import (
    MOST_BYTES,
    MOST_FILES,
    OwnFormatError,
    OwnFormatFault,
    contents_of_zip,
    own_contents,
)
from tests.unit.catalog.conftest import SECOND_PROVINCE


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def fault(content: bytes) -> OwnFormatFault:
    with pytest.raises(OwnFormatError) as told:
        contents_of_zip("a.zip", content)
    assert str(told.value).startswith("a.zip ")
    return told.value.fault


@pytest.mark.parametrize("folder", ["", "release-2/data/"])
def test_an_archive_holds_what_its_folder_holds(tmp_path: Path, folder: str) -> None:
    contents = dict(read_contents(SECOND_PROVINCE, Report()))
    more = {f"{folder}README.md": b"x", f"{folder}.git/x.csv": b"x", f"{folder}a/../../b.py": b"x"}
    # None of them leads out of the folder into which a catalogue is written again.
    more |= {f"{folder}../../evil.csv": b"x", f"{folder}a/../../evil.csv": b"x", "/etc/evil.csv": b"x"}
    file = tmp_path / "release.zip"
    file.write_bytes(packed({f"{folder}{path}": content for path, content in contents.items()} | more))
    assert own_contents(file) == contents == own_contents(SECOND_PROVINCE)


def test_what_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    assert fault(packed({"a.csv": b"x"})) is OwnFormatFault.NO_CATALOGUE
    assert fault(packed({"sources.toml": b"x"})) is OwnFormatFault.NO_CATALOGUE
    assert fault(b"not a zip") is OwnFormatFault.BROKEN
    assert fault(packed({"sources.toml": b"x" * 900})[:60]) is OwnFormatFault.BROKEN
    with pytest.raises(OwnFormatError):
        own_contents(tmp_path)


def test_bombs_are_refused_before_they_go_off() -> None:
    assert fault(packed({"sources.toml": b"\0" * (MOST_BYTES + 1)})) is OwnFormatFault.TOO_LARGE
    assert fault(packed({f"{number}.csv": b"" for number in range(MOST_FILES + 1)})) is OwnFormatFault.TOO_LARGE


def test_an_archive_with_a_password_is_refused() -> None:
    content = bytearray(packed({"sources.toml": b"x"}, zipfile.ZIP_STORED))
    # The flag stands in the entry and in the directory at the end.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert fault(bytes(content)) is OwnFormatFault.LOCKED
