"""Encrypted backups: for whom they are they are what was backed up, for others nothing; no plain file is left."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BackupError
from bot.operations.backup.encrypting import Recipients, Seal, decrypt, encrypt, recipients_of, seal_of
from bot.operations.backup.restoring import Allowed, Source, Target, look_at, restore
from bot.store.backup.progress import silent
from tests.unit.operations.backup.conftest import KEY, address, changed, made, names_in, rows_of
from tests.unit.store.samples import NOW

GPG_NAME = "Backup of a test <backup@example.gov.vn>"


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    file = tmp_path / "identity.txt"
    file.write_text(f"# made for a test\n{pyrage.x25519.Identity.generate()}\n")
    return file


def public(identity: Path) -> str:
    return str(pyrage.x25519.Identity.from_str(identity.read_text().splitlines()[-1]).to_public())


@given(st.binary(max_size=200_000))
def test_what_is_encrypted_is_decrypted(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    key = pyrage.x25519.Identity.generate()
    identities = tmp_path_factory.mktemp("keys") / "identity.txt"
    identities.write_text(str(key))
    sealed, plain = io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(content), sealed, Recipients((str(key.to_public()),)))
    sealed.seek(0)
    assert seal_of(sealed) is Seal.AGE
    decrypt(sealed, plain, identities)
    assert plain.getvalue() == content


def test_a_backup_for_a_recipient(path: Path, tmp_path: Path, identity: Path) -> None:
    folder, new = tmp_path / "backups", tmp_path / "new" / "data.sqlite"
    folder.mkdir()
    made(path, folder / "b.age", recipients=Recipients((public(identity),)))
    assert names_in(folder) == ["b.age"]
    assert b"SQLite format" not in (folder / "b.age").read_bytes()
    outlook = look_at(Source(folder / "b.age", identity), Target(address(new), KEY), Allowed(), silent)
    assert outlook.obstacles == ()
    assert not new.exists()
    restore(Source(folder / "b.age", identity), Target(address(new), KEY), Allowed(), lambda: NOW, silent)
    assert rows_of(new)["events"] == rows_of(path)["events"]
    assert names_in(new.parent) == ["data.sqlite", "data.sqlite-lock"]


def test_a_byte_that_is_other_or_missing_is_found(path: Path, tmp_path: Path, identity: Path) -> None:
    file, new = tmp_path / "b.age", tmp_path / "new" / "data.sqlite"
    made(path, file, recipients=Recipients((public(identity),)))
    whole = file.read_bytes()

    def told() -> str:
        with pytest.raises(BackupError) as raised:
            restore(Source(file, identity), Target(address(new), KEY), Allowed(), lambda: NOW, silent)
        assert names_in(new.parent) == ["data.sqlite-lock"]
        return str(raised.value)

    changed(file, lambda size: size // 2)
    assert told() == "it cannot be decrypted: it is not whole, or was changed"
    file.write_bytes(whole[: len(whole) // 2])
    assert told() == "it cannot be decrypted: it is not whole, or was changed"
    file.write_bytes(whole)
    identity.write_text(str(pyrage.x25519.Identity.generate()))
    assert told() == f"it cannot be decrypted with the keys in {identity}: No matching keys found"
    identity.write_text("AGE-SECRET-KEY-1NOT")
    assert told().startswith("a line of the identities is no secret key of age")
    identity.write_text("# nothing\n")
    assert told() == f"{identity} has no key in it"


def test_where_it_cannot_be_encrypted_nothing_is_left(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(BackupError, match="is no public key of age"):
        made(path, folder / "b.age", recipients=Recipients(("age1nobody",)))
    assert names_in(folder) == []


def test_recipients_are_given_or_stand_in_a_file(tmp_path: Path) -> None:
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(3)]
    file = tmp_path / "recipients.txt"
    file.write_text(f"# two of us\n{keys[0]}\n\n  {keys[1]}\n")
    assert recipients_of([str(file), keys[2]]) == tuple(keys)
    with pytest.raises(BackupError, match="cannot be read: No such file"):
        recipients_of(["nowhere.txt"])
    file.write_text("something else\n")
    with pytest.raises(BackupError, match="something else is no public key of age"):
        recipients_of([str(file)])


@pytest.fixture
def gpg_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A key ring with one key; its agent ends with the test."""
    home = tmp_path_factory.mktemp("gpg")
    home.chmod(0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    made_up = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", GPG_NAME, "default", "default"]
    subprocess.run(made_up, check=True, capture_output=True, env=os.environ)
    yield
    subprocess.run([shutil.which("gpgconf") or "", "--kill", "all"], check=True, capture_output=True, env=os.environ)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs the program ssh-keygen")
def test_a_backup_for_a_key_of_ssh(path: Path, tmp_path: Path) -> None:
    key, file = tmp_path / "id", tmp_path / "b.age"
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(words, check=True)
    made(path, file, recipients=Recipients(recipients_of([str(key.with_suffix(".pub"))])))
    new = tmp_path / "new" / "data.sqlite"
    restore(Source(file, key), Target(address(new), KEY), Allowed(), lambda: NOW, silent)
    assert rows_of(new)["events"] == rows_of(path)["events"]
    key.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nbroken\n")
    with pytest.raises(BackupError, match="is no key of ssh that can be used; it must have no passphrase"):
        look_at(Source(file, key), Target(address(new), KEY), Allowed(), silent)


@pytest.mark.skipif(shutil.which("gpg") is None, reason="needs the program gpg")
@pytest.mark.usefixtures("gpg_home")
def test_a_backup_by_gpg(path: Path, tmp_path: Path) -> None:
    file, new = tmp_path / "backups" / "b.gpg", tmp_path / "new" / "data.sqlite"
    file.parent.mkdir()
    made(path, file, recipients=Recipients(gpg=("backup@example.gov.vn",)))
    assert names_in(file.parent) == ["b.gpg"]
    restore(Source(file), Target(address(new), KEY), Allowed(), lambda: NOW, silent)
    assert rows_of(new)["events"] == rows_of(path)["events"]
    changed(file, lambda size: size // 2)
    with pytest.raises(BackupError, match="gpg failed"):
        restore(Source(file), Target(address(new), KEY), Allowed(replacing=True), lambda: NOW, silent)
    with pytest.raises(BackupError, match=r"gpg failed: gpg: .*encryption failed"):
        made(path, file.with_name("c.gpg"), recipients=Recipients(gpg=("nobody@example.gov.vn",)))
    assert names_in(file.parent) == ["b.gpg"]


def test_without_gpg_it_is_said_so(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="there is no program gpg on this machine"):
        made(path, tmp_path / "b.gpg", recipients=Recipients(gpg=("a@example.gov.vn",)))
