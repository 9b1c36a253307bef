"""The page's scripts, styles and pictures, read once and served from memory.

An address carries the hash of all of them together (`/static/1f0c…/chat.js`): a browser may keep a file for good and
still gets the new one at once, and scripts that import one another by relative names always fit together. An address
with an older hash is answered with the file of today, not to be kept.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

CONTENT_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HASH_CHARS = 12


@dataclass(frozen=True, slots=True)
class Asset:
    name: str
    content_type: str
    body: bytes = field(repr=False)
    zipped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Assets:
    """Every asset by name, and the hash of them all."""

    by_name: Mapping[str, Asset]
    hash: str

    def url(self, name: str) -> str:
        """The address of an asset. Raises KeyError for one that does not exist."""
        return f"/static/{self.hash}/{self.by_name[name].name}"


@cache
def load_assets() -> Assets:
    """What lies in `static/` beside this module."""
    found: dict[str, Asset] = {}
    digest = hashlib.sha256()
    for file in sorted(resources.files(__package__).joinpath("static").iterdir(), key=lambda entry: entry.name):
        body = file.read_bytes()
        digest.update(f"{file.name} {len(body)}\n".encode() + body)
        content_type = CONTENT_TYPES[file.name[file.name.rindex(".") :]]
        found[file.name] = Asset(file.name, content_type, body, gzip.compress(body, mtime=0))
    return Assets(found, digest.hexdigest()[:_HASH_CHARS])
