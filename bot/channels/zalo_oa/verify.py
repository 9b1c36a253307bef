"""The signature of an event: a plain SHA-256 over exactly the bytes that came, not an HMAC.

Which of two keys signs is said differently in different places of the platform, so either is taken.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.header_secret import header_of

HEADER = "X-ZEvent-Signature"
_PREFIX = "mac="
# As it stands in the body, a string or a number: read as a number and written again it could be another text. Within
# a string of the body a quotation mark has a backslash before it, so that nobody's words are taken for the field.
_TIMESTAMP = re.compile(rb'(?<!\\)"timestamp"\s*:\s*(?:"([^"\\]{0,40})"|([0-9.eE+\-]{1,40}))')
_MOST_TIMESTAMPS = 4


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`setting`: the name under which operators know it, for the log; the value never gets there."""

    setting: str
    value: str = field(repr=False)


def mac(app_id: str, body: bytes, timestamp: bytes, key: str) -> str:
    """The signature, in lower-case hexadecimal digits."""
    return hashlib.sha256(app_id.encode() + body + timestamp + key.encode()).hexdigest()


def signature_of(headers: Mapping[str, str]) -> str | None:
    """The header's value, whatever the case of its name; None where there is none, or an empty one."""
    return (header_of(headers, HEADER) or "").strip() or None


class Verifier:
    """Knows the application's number and the keys that may have signed."""

    def __init__(self, app_id: str, keys: tuple[SigningKey, ...]) -> None:
        self._app_id = app_id
        self._keys = keys

    def signed_by(self, signature: str, body: bytes) -> str | None:
        """The setting whose key signed `body`, or None. As long for a wrong signature as for a right one."""
        given = signature.removeprefix(_PREFIX).strip().lower().encode(errors="replace")
        found = [
            key.setting
            for key in self._keys
            for timestamp in _timestamps(body)
            if hmac.compare_digest(given, mac(self._app_id, body, timestamp, key.value).encode())
        ]
        return found[0] if found else None


def _timestamps(body: bytes) -> tuple[bytes, ...]:
    """What may be the event's timestamp: usually one; an inner object may have a field of that name as well."""
    found = [match[1] if match[1] is not None else match[2] for match in _TIMESTAMP.finditer(body)]
    return tuple(dict.fromkeys(found[-_MOST_TIMESTAMPS:])) or (b"",)
