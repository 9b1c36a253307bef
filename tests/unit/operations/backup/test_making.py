"""Backups are whole, of one moment and nobody else's; where one cannot be made there is none."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import BackupError
from bot.operations.backup.making import Made
from bot.store.backup.checking import BEGIN_WITH_ROWS, Checked, check
from bot.store.backup.held import Held
from bot.store.backup.part_file import PartFile
from bot.store.backup.progress import silent
from tests.unit.operations.backup.conftest import KEY, made, names_in, rows_of
from tests.unit.store.samples import NOW

NEWEST = "2026-11-21T08:00:49+00:00"


def test_what_is_in_it(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite"
    done = made(path, file)
    rows = rows_of(path)
    assert rows_of(file) == rows
    manifest = done.manifest
    assert (manifest.made_at, manifest.engine, manifest.key, manifest.newest) == (NOW, "sqlite", KEY, NEWEST)
    assert {one.table: one.rows for one in manifest.sums} == {name: len(found) for name, found in rows.items()}
    held = Held(sum(len(found) for name, found in rows.items() if name not in BEGIN_WITH_ROWS), NEWEST, 5)
    assert check(file, silent) == Checked(manifest, held, 0)
    assert done == Made(manifest, file.stat().st_size)


def test_only_its_owner_may_read_it_and_nothing_lies_beside_it(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made(path, folder / "b.sqlite")
    assert names_in(folder) == ["b.sqlite"]
    assert stat.S_IMODE((folder / "b.sqlite").stat().st_mode) == 0o600


def test_what_is_there_already_stays(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite"
    file.write_bytes(b"mine")
    with pytest.raises(BackupError, match="is there already; --overwrite puts the new backup in its place"):
        made(path, file)
    assert file.read_bytes() == b"mine"
    made(path, file, is_overwritten=True)
    assert check(file, silent).manifest.key == KEY


@pytest.mark.parametrize("end", ["", "-wal", "-lock"])
def test_the_database_itself_is_no_place_for_it(path: Path, end: str) -> None:
    with pytest.raises(BackupError, match="is the database itself"):
        made(path, path.with_name(path.name + end), is_overwritten=True)


def test_a_folder_that_is_not_there(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="there is no folder"):
        made(path, tmp_path / "nowhere" / "b.sqlite")


def test_of_a_damaged_database_there_is_none(path: Path, tmp_path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 4 * 4096] = bytes(4096)
    path.write_bytes(content)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(BackupError, match=r"damaged|malformed"):
        made(path, folder / "b.sqlite")
    assert names_in(folder) == []


def test_what_a_killed_process_has_left_is_taken_over(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / ".b.sqlite.part").write_bytes(b"half of it")
    made(path, folder / "b.sqlite")
    assert names_in(folder) == ["b.sqlite"]


def test_two_at_once_do_not_write_the_same_file(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.sqlite"
    with PartFile(file), pytest.raises(BackupError, match="is being written by another process"):
        made(path, file)
    made(path, file)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("delete from events where id = 3", "it is not what was backed up: events"),
        ("update conversations set state = 'other' where person = 'p3'", "it is not what was backed up: conversations"),
        ("create table more (n)", "it is not what was backed up: more"),
        ("drop table backup_tables", "it is no backup"),
        ("update backup_manifest set value = '2' where name = 'format'", "by a later release"),
        (
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('mot_cua', 'tomorrow', '')",
            "by a later release of this program, which has steps unknown to it: mot_cua.tomorrow",
        ),
    ],
)
def test_what_was_changed_since_is_found(path: Path, tmp_path: Path, statement: str, said: str) -> None:
    file = tmp_path / "b.sqlite"
    made(path, file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(BackupError, match=said):
        check(file, silent)


def test_no_byte_of_a_page_may_be_other(path: Path, tmp_path: Path) -> None:
    file, broken = tmp_path / "b.sqlite", tmp_path / "broken.sqlite"
    made(path, file)
    size = file.stat().st_size
    for page in range(0, size, 4096):
        shutil.copy(file, broken)
        with broken.open("r+b") as opened:
            opened.seek(page)
            opened.write(bytes(4096))
        with pytest.raises(BackupError):
            check(broken, silent)
    for length in (0, 50, 4096, size // 2, size - 4096):
        broken.write_bytes(file.read_bytes()[:length])
        with pytest.raises(BackupError):
            check(broken, silent)
