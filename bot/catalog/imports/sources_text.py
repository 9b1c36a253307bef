"""Writing in sources.toml where a file comes from, without touching the rest of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.catalog.imports.spelling import tidied
from bot.catalog.province import covers

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


def blocks_of(text: str) -> dict[str, str]:
    """The entries as they are written, by their path."""
    found = {}
    for block in _BLOCK.finditer(text):
        named = _PATH.search(block[0])
        if named is not None:
            found[named[1]] = block[0].rstrip("\n") + "\n"
    return found


def with_blocks(text: str, theirs: Mapping[str, str], taken: Iterable[str], present: Iterable[str]) -> str:
    """The file with another's entries for the files that were `taken` over from there; `present`: all that there are.

    An entry for one file stands before those with a star, since the first that fits is the one that counts.
    """
    files, all_files = frozenset(taken), frozenset(present)
    mine = blocks_of(text)
    exact = {path: source for path in sorted(files) if (source := _entry_for(path, theirs)) is not None}
    kept = {path: block for path, block in mine.items() if path not in exact and _fits_any(path, all_files - files)}
    new = {path: _PATH.sub(f'path = "{path}"', block, count=1) for path, block in exact.items()}
    starred = {path: block for path, block in kept.items() if "*" in path}
    plain = {path: block for path, block in kept.items() if "*" not in path}
    head = text[: first.start()] if (first := _BLOCK.search(text)) else text
    return head + "\n".join([*plain.values(), *new.values(), *starred.values()])


def _entry_for(path: str, blocks: Mapping[str, str]) -> str | None:
    return next((block for pattern, block in blocks.items() if covers(pattern, path)), None)


def _fits_any(pattern: str, paths: Iterable[str]) -> bool:
    return any(covers(pattern, path) for path in paths)


def _set(block: str, key: str, value: str) -> str:
    return re.sub(_KEY.format(key), lambda _: f"{key} = {value}", block, count=1, flags=re.MULTILINE)


def _quoted(text: str) -> str:
    """As TOML and JSON both write it."""
    return json.dumps("".join(c for c in tidied(text) if c.isprintable()), ensure_ascii=False)
