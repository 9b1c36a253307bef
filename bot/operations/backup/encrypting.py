"""Encrypting a stream for recipients, and reading it again: by age, or by the program `gpg`."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import pyrage

from bot.errors import BackupError

_GPG = "gpg"
_AGE_BEGINS = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----")
_SSH_KEY_BEGINS = "-----BEGIN "
_SQLITE_BEGINS = b"SQLite format 3\0"
_MOST_BEGINNING = 64


class Seal(StrEnum):
    """How a backup is kept from others."""

    NONE = "none"
    AGE = "age"
    GPG = "gpg"


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who can read a backup: public keys of age (`age1…`, `ssh-ed25519 …`, `ssh-rsa …`), or keys that `gpg` knows."""

    age: tuple[str, ...] = ()
    gpg: tuple[str, ...] = ()

    @property
    def seal(self) -> Seal:
        if self.age:
            return Seal.AGE
        return Seal.GPG if self.gpg else Seal.NONE


def recipients_of(given: Sequence[str]) -> tuple[str, ...]:
    """Each a public key of age, or the name of a file with one on each line (`#` begins a remark).

    Raises BackupError.
    """
    found: list[str] = []
    for one in given:
        if one.startswith(("age1", "ssh-")):
            found.append(one)
        else:
            found += _lines(Path(one), "recipients")
    for one in found:
        _recipient(one)
    return tuple(found)


def seal_of(file: BinaryIO) -> Seal:
    """How it is encrypted, by how it begins; the file stands at its beginning again."""
    beginning = file.read(_MOST_BEGINNING)
    file.seek(0)
    if beginning.startswith(_SQLITE_BEGINS):
        return Seal.NONE
    # What an OpenPGP message begins with differs; whatever else it may be, gpg says so.
    return Seal.AGE if beginning.startswith(_AGE_BEGINS) else Seal.GPG


def encrypt(plain: BinaryIO, sealed: BinaryIO, recipients: Recipients) -> None:
    """In pieces, whatever the size. Raises BackupError."""
    if recipients.age:
        try:
            pyrage.encrypt_io(plain, sealed, [_recipient(one) for one in recipients.age])
        except (pyrage.EncryptError, OSError) as error:
            raise BackupError(f"it cannot be encrypted: {error}") from error
    else:
        named = [word for one in recipients.gpg for word in ("--recipient", one)]
        # Who is named is trusted: nobody can be asked.
        _gpg(["--encrypt", "--trust-model", "always", *named], plain, sealed)


def decrypt(sealed: BinaryIO, plain: BinaryIO, identities: Path | None) -> None:
    """`identities`: the file with secret keys of age, which it needs. Raises BackupError, also where a byte is other
    than it was: `plain` is of no use then."""
    if seal_of(sealed) is Seal.GPG:
        try:
            _gpg(["--decrypt"], sealed, plain)
        except BackupError as error:
            raise BackupError(
                f"it is no plain backup and none of age, and as one of gpg it cannot be read: {error}"
            ) from error
        return
    if identities is None:
        raise BackupError("it is encrypted with age; give the file with the secret key by --identity")
    keys = _identities(identities)
    if not keys:
        raise BackupError(f"{identities} has no key in it")
    try:
        pyrage.decrypt_io(sealed, plain, keys)
    except pyrage.DecryptError as error:
        raise BackupError(f"it cannot be decrypted with the keys in {identities}: {error}") from error
    except OSError as error:
        if error.errno is not None:
            raise BackupError(f"it cannot be decrypted: {error.strerror}") from error
        raise BackupError("it cannot be decrypted: it is not whole, or was changed") from error


def _gpg(words: Sequence[str], source: BinaryIO, target: BinaryIO) -> None:
    program = shutil.which(_GPG)
    if program is None:
        raise BackupError("there is no program gpg on this machine")
    # What has been read ahead of it is not known to gpg.
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    done = subprocess.run(  # noqa: S603 - no shell, and the words are ours but for the recipients
        [program, "--batch", "--yes", "--quiet", *words, "--output", "-"],
        stdin=source,
        stdout=target,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BackupError(f"gpg failed: {said[-1] if said else f'exit code {done.returncode}'}")


def _lines(file: Path, what: str) -> list[str]:
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    except (OSError, UnicodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is no text"
        raise BackupError(f"the {what} in {file} cannot be read: {said}") from error
    return [line for line in lines if line and not line.startswith("#")]


def _recipient(told: str) -> pyrage.x25519.Recipient | pyrage.ssh.Recipient:
    kind = pyrage.ssh.Recipient if told.startswith("ssh-") else pyrage.x25519.Recipient
    try:
        return kind.from_str(told)
    except pyrage.RecipientError as error:
        raise BackupError(f"{told} is no public key of age: {error}") from error


def _identities(file: Path) -> list[pyrage.x25519.Identity | pyrage.ssh.Identity]:
    lines = _lines(file, "identities")
    if not lines or not lines[0].startswith(_SSH_KEY_BEGINS):
        return [_identity(line) for line in lines]
    try:
        return [pyrage.ssh.Identity.from_buffer(file.read_bytes())]
    except pyrage.IdentityError as error:
        raise BackupError(f"{file} is no key of ssh that can be used; it must have no passphrase: {error}") from error


def _identity(told: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(told)
    except pyrage.IdentityError as error:
        # Not the line itself: it is a secret.
        raise BackupError(f"a line of the identities is no secret key of age: {error}") from error
