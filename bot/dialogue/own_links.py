"""The address at which a person of a messenger gets their own data: for a quarter of an hour, and naming nobody.

A browser is known by its cookie and needs none. In the address stand the person's keyed hash, covered by a stream that
only the key makes, so that no log of addresses has it to read; until when it holds; and a signature.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta

from bot.dialogue.signed_links import Signer

OWN_DATA_PATH = "/du-lieu-cua-toi"
VALID_FOR = timedelta(minutes=15)
_PURPOSE = "own data"
_NONCE_BYTES = 16
_HASH_BYTES = 32
_SAID = re.compile(r"([A-Za-z0-9_-]{64})\.(\d{1,12})", re.ASCII)


def own_data_token(secret: bytes, person: str, now: datetime) -> str:
    """`person`: a keyed hash of 64 hexadecimal digits."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    covered = base64.urlsafe_b64encode(nonce + _covered(secret, nonce, bytes.fromhex(person))).decode("ascii")
    return Signer(secret).sign(_PURPOSE, f"{covered}.{int((now + VALID_FOR).timestamp())}")


def person_of_token(secret: bytes, token: str, now: datetime) -> str | None:
    """Whose it is; None where it is none of ours, or its time is over."""
    match = _SAID.fullmatch(Signer(secret).read(_PURPOSE, token) or "")
    if match is None or datetime.fromtimestamp(int(match[2]), UTC) < now:
        return None
    written = base64.urlsafe_b64decode(match[1])
    return _covered(secret, written[:_NONCE_BYTES], written[_NONCE_BYTES:]).hex()


def _covered(secret: bytes, nonce: bytes, value: bytes) -> bytes:
    """There and back. A nonce is used once, and the stream is as long as the value."""
    stream = hmac.new(secret, b"own data covered\0" + nonce, hashlib.sha256).digest()
    return bytes(one ^ other for one, other in zip(value, stream[:_HASH_BYTES], strict=True))
