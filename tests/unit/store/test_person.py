"""People are known by a keyed hash; the key is made once and kept to its owner."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot.store.person import KEY_FILE, load_secret, person_key
from tests.log import Log


def test_the_hash_depends_on_key_channel_and_user() -> None:
    hashes = {
        person_key(secret, channel, user)
        for secret in (b"a" * 32, b"b" * 32)
        for channel in ("web", "zalo")
        for user in ("1", "2")
    }
    assert len(hashes) == 8
    assert all(len(name) == 64 and name.isalnum() for name in hashes)
    assert person_key(b"a" * 32, "web", "1") == person_key(b"a" * 32, "web", "1")


def test_any_characters_are_taken() -> None:
    assert len(person_key(b"k", "web", "\ud800 Lan")) == 64


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    first = load_secret(folder)
    assert load_secret(folder) == first
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]


def test_two_folders_have_two_secrets(tmp_path: Path) -> None:
    assert load_secret(tmp_path / "a") != load_secret(tmp_path / "b")


def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert load_secret(tmp_path) == load_secret(tmp_path)


@pytest.mark.parametrize("content", ["", "short"])
def test_a_damaged_secret_is_not_used(tmp_path: Path, content: str, log: Log) -> None:
    (tmp_path / KEY_FILE).write_text(content)
    assert len(load_secret(tmp_path)) == 32
    assert log.events() == ["secret_too_short"]


def test_a_folder_that_cannot_be_used(tmp_path: Path, log: Log) -> None:
    (tmp_path / "file").write_text("")
    assert len(load_secret(tmp_path / "file")) == 32
    assert log.events() == ["secret_not_kept"]
