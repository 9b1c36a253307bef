"""Writing in sources.toml where a file comes from, without touching the rest of it."""

from __future__ import annotations

import json
import re
from datetime import date

from bot.catalog.imports.spelling import tidied

_BLOCK = re.compile(r"^\[\[source\]\][^\n]*\n(?:(?!\[).*\n?)*", re.MULTILINE)
_PATH = re.compile(r'^path\s*=\s*"([^"]*)"', re.MULTILINE)
_KEY = r"^{}\s*=.*$"


def with_source(text: str, path: str, title: str, origin: str, as_of: date) -> str:
    """The file with a new origin and day for `path`; where it had no entry of its own, it gets one, before all others.

    Title and note of an entry stay.
    """
    for block in _BLOCK.finditer(text):
        named = _PATH.search(block[0])
        if named is not None and named[1] == path:
            new = _set(_set(block[0], "origin", _quoted(origin)), "as_of", as_of.isoformat())
            return text[: block.start()] + new + text[block.end() :]
    first = _BLOCK.search(text)
    place = len(text) if first is None else first.start()
    lines = ("[[source]]", f"path = {_quoted(path)}", f"title = {_quoted(title)}", f"origin = {_quoted(origin)}")
    entry = "\n".join([*lines, f"as_of = {as_of.isoformat()}", 'note = ""', "", ""])
    return text[:place] + entry + text[place:]


def _set(block: str, key: str, value: str) -> str:
    return re.sub(_KEY.format(key), lambda _: f"{key} = {value}", block, count=1, flags=re.MULTILINE)


def _quoted(text: str) -> str:
    """As TOML and JSON both write it."""
    return json.dumps("".join(c for c in tidied(text) if c.isprintable()), ensure_ascii=False)
