"""People are known by a keyed hash of the channel and its id; the id itself is never stored."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import structlog

_log = structlog.get_logger(__name__)

KEY_FILE = "person.key"
_SECRET_BYTES = 32


def person_key(secret: bytes, channel: str, user: str) -> str:
    """The hash, 64 hexadecimal digits. Any characters are taken, lone surrogates too."""
    name = f"{channel}:{user}".encode("utf-8", "surrogatepass")
    return hmac.new(secret, name, hashlib.sha256).hexdigest()


def fingerprint(secret: bytes) -> str:
    """Tells one secret from another and nothing else of it: 16 hexadecimal digits."""
    return hmac.new(secret, b"fingerprint of the key", hashlib.sha256).hexdigest()[:16]


def kept_secret(folder: Path) -> bytes | None:
    """The secret kept in `folder`; None where there is none that is used. Nothing is made."""
    try:
        kept = (folder / KEY_FILE).read_bytes()
    except OSError:
        return None
    return kept if len(kept) >= _SECRET_BYTES else None


def load_secret(folder: Path) -> bytes:
    """The secret kept in `folder`, made on first use and readable by its owner only.

    Where the folder cannot be used, a secret for this process alone: people are then new after a restart.
    """
    path = folder / KEY_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _create_once(path)
        kept = path.read_bytes()
        if len(kept) >= _SECRET_BYTES:
            return kept
        _log.error("secret_too_short", file=str(path), fewest_bytes=_SECRET_BYTES)
    except OSError as error:
        _log.error("secret_not_kept", file=str(path), error=error.strerror)
    return secrets.token_bytes(_SECRET_BYTES)


def _create_once(path: Path) -> None:
    """Make the file unless it is there; whole or not at all, also when two processes start at once."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_SECRET_BYTES))
        try:
            os.link(draft, path)
        except FileExistsError:
            _log.debug("secret_made_by_another")
        except OSError:
            # A file system without hard links.
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
