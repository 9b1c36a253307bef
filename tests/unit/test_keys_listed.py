"""docs/keys.md names every setting that is secret, and every algorithm that the code names."""

from __future__ import annotations

import re
from pathlib import Path

from bot.operations.staff.passwords import Passwords
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "keys.md").read_text("utf-8")
SECRETS, ALGORITHMS = TEXT.split("## Algorithms")
WRITTEN = {"sha256": "SHA-256", "blake2b": "BLAKE2b", "hmac": "HMAC-SHA256", "argon2": "argon2id"}
WRITTEN |= {"pyotp": "TOTP (RFC 6238): HMAC-SHA1", "pyrage": "age (X25519", "secrets": "`secrets`"}
"""How the list writes what the code imports."""
_IMPORTED = re.compile(
    r"^(?:from|import) (hashlib|hmac|argon2|pyotp|pyrage|secrets|cryptography|nacl|ssl)\b", re.MULTILINE
)
_HASH = re.compile(r"\bhashlib\.(\w+)|^from hashlib import (\w+)", re.MULTILINE)


def sources() -> list[str]:
    return [path.read_text("utf-8") for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")]


def test_every_secret_setting_has_its_row() -> None:
    kept = {name.upper() for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    rows = [line for line in SECRETS.splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row.split("|")[1])}
    assert len(kept) > 10
    assert named == kept | {"DATABASE_URL"}


def test_every_algorithm_has_its_row() -> None:
    code = sources()
    used = {one or other for text in code for one, other in _HASH.findall(text)}
    used |= {name for text in code for name in _IMPORTED.findall(text)} - {"hashlib", "ssl"}
    assert used == WRITTEN.keys()
    assert [name for name in WRITTEN.values() if name not in ALGORITHMS] == []


async def test_passwords_are_hashed_as_it_says() -> None:
    made = await Passwords().hash("a password to be hashed")
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert "argon2id, 64 MiB, 3 passes, 4 lanes" in ALGORITHMS
